"""The account's default EBS key: what EC2 encrypts volumes with that name no key of their own."""

from __future__ import annotations

from typing import Any, Dict, Optional

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.instances import InstanceBackend, StateReason
from moto.ec2.responses import EC2Response
from moto.ec2.responses.instances import InstanceResponse
from moto.kms.models import kms_backends

from .replace import wrap

_AWS_MANAGED = "alias/aws/ebs"
_CODE = "Client.InvalidKMSKey.InvalidState"


def patch_default_key(_: Any) -> None:
    """AWS tells the account's default key; moto can only be given one."""

    def get_ebs_default_kms_key_id(self: Any) -> ActionResult:
        return ActionResult({"KmsKeyId": _own_key(self.ec2_backend) or _AWS_MANAGED})

    def reset_ebs_default_kms_key_id(self: Any) -> ActionResult:
        self.ec2_backend.default_kms_key_id = ""
        return ActionResult({"KmsKeyId": _AWS_MANAGED})

    for method in (get_ebs_default_kms_key_id, reset_ebs_default_kms_key_id):
        assert not hasattr(EC2Response, method.__name__), "moto has it now"
        setattr(EC2Response, method.__name__, method)


def patch_launches(_: Any) -> None:
    """AWS takes the launch of an instance whose volumes' key can't be used, and ends it before it has run."""

    @wrap(InstanceBackend, "run_instances")
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        reservation = original(self, *args, **kwargs)
        if any(_uses_default(self, each) for each in kwargs.get("block_device_mappings") or []) and not _is_usable(self):
            _doomed(self).update({instance.id: instance for instance in reservation.instances})
        return reservation

    for name in ("describe_instances", "describe_instance_status"):

        @wrap(InstanceResponse, name)
        def describe(original: Any, self: Any) -> Any:
            doomed = _doomed(self.ec2_backend)
            while doomed:
                _, instance = doomed.popitem()
                instance.terminate()
                instance.state_reason = StateReason(f"{_CODE}: The KMS key provided is in an incorrect state", _CODE)
            return original(self)


def _own_key(backend: EC2Backend) -> Optional[str]:
    """The ARN of the key that the account has chosen; None for AWS's, which moto makes at the first encrypted volume."""
    chosen = backend.default_kms_key_id
    keys = kms_backends[backend.account_id][backend.region_name]
    return None if not chosen or keys.get_key_id_from_alias(_AWS_MANAGED) == chosen.rsplit("/", 1)[-1] else chosen


def _uses_default(backend: EC2Backend, mapping: Dict[str, Any]) -> bool:
    volume = mapping.get("Ebs") or {}
    return not volume.get("KmsKeyId") and (
        str(volume.get("Encrypted")).lower() == "true" or backend.ebs_encryption_by_default
    )


def _is_usable(backend: EC2Backend) -> bool:
    chosen = _own_key(backend)
    key = kms_backends[backend.account_id][backend.region_name].keys.get((chosen or "").rsplit("/", 1)[-1])
    return chosen is None or (key is not None and key.key_state == "Enabled")


def _doomed(backend: EC2Backend) -> Dict[str, Any]:
    doomed: Dict[str, Any] = backend.__dict__.setdefault("sandbox_doomed", {})
    return doomed
