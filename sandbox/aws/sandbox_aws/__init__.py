"""The local AWS: moto's server with the gaps closed that matter to fleets of static-address nodes.

moto answers most calls as AWS does. Where it does not, and where that would let a bug of ours pass
or make Terraform plan changes for ever, `patches/` replaces the answer by AWS's own. Around moto
stand one lock (moto is not thread-safe), a fault table, a log of calls, a timeline of instance
events, and a control API below `/_sandbox/`.
"""
