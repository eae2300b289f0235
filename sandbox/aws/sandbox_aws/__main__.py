"""`python3 -m sandbox_aws --port 4566`: serves until interrupted, or until its parent is gone."""

from __future__ import annotations

import argparse
import logging
import os
import signal
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox_aws", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) picks a free one")
    parser.add_argument("--port-file", help='where to write {"port": N} once it serves')
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end when standard input does, as it does with the parent"
    )
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    # Set before moto is imported: it reads them then.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # years old, and slow to load
    os.environ["MOTO_ENABLE_AMI_VALIDATION"] = "true"
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # roles attach AmazonSSMManagedInstanceCore
    os.environ["MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION"] = "true"
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "sandbox")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "sandbox")

    from .patches import apply_patches
    from .serve import serve
    from .world import world

    apply_patches(world)
    signal.signal(signal.SIGTERM, _exit)
    signal.signal(signal.SIGINT, _exit)
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for forks
    serve(world, args.port_file, args.host, args.port, args.until_stdin_closes)


def _exit(*_: Any) -> None:
    os._exit(0)


if __name__ == "__main__":
    main()
