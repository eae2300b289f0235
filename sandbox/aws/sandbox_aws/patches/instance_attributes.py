"""ModifyInstanceAttribute: what can be changed only while the instance is stopped."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import InstanceBackend

from .replace import wrap

_STOPPED_ONLY = {"instance_type", "user_data", "kernel", "ramdisk", "ebs_optimized", "sriov_net_support"}


def patch_modify_running_instance(_: Any) -> None:
    """AWS changes type and user data of stopped instances only; moto changes running ones."""

    @wrap(InstanceBackend, "modify_instance_attribute")
    def modify_instance_attribute(original: Any, self: Any, instance_id: str, key: str, value: Any) -> Any:
        if key in _STOPPED_ONLY and self.get_instance(instance_id).state != "stopped":
            raise EC2ClientError(
                "IncorrectInstanceState", f"The instance '{instance_id}' is not in the 'stopped' state."
            )
        return original(self, instance_id, key, value)
