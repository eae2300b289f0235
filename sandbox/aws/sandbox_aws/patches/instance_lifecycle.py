"""What stopping, starting and ending an instance does to it and to its interfaces."""

from __future__ import annotations

import copy
from typing import Any, Dict, List, Optional

from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance
from moto.ec2.models.elastic_network_interfaces import NetworkInterface

from .network_interfaces import release_from
from .replace import replace_property, wrap


def patch_termination_frees_interfaces(world: Any) -> None:
    """AWS frees an interface whose delete-on-termination is off; in moto the dead instance keeps it. An instance
    can hang in shutting-down for long, and holds its interface meanwhile."""

    @wrap(Instance, "terminate")
    def terminate(original: Any, self: Any) -> Any:
        if self.state == "terminated":
            return original(self)
        if self.id in world.hanging:
            previous = copy.copy(self._state)
            self._state.name, self._state.code = "shutting-down", 32
            world.ecs.wake()
            return previous
        world.timeline.record("terminated", self)
        world.impaired.pop(self.id, None)
        # moto deletes the interface itself where that is asked for, and AWS only a free one.
        nics = list(self.nics.values())
        previous = original(self)
        self._subnet_id = None
        release_from(self)
        for nic in nics:
            nic.instance = None
        return previous


def patch_terminated_instance_has_no_address(_: Any) -> None:
    """AWS shows a terminated instance without network; moto looks for interface 0 and fails."""

    @replace_property(Instance, "private_ip")
    def private_ip(original: Any, self: Any) -> Optional[str]:
        return original(self) if 0 in self.nics else None

    @replace_property(Instance, "private_ip_address")
    def private_ip_address(original: Any, self: Any) -> Optional[str]:
        return original(self) if 0 in self.nics else None

    @replace_property(Instance, "public_ip")
    def public_ip(original: Any, self: Any) -> Optional[str]:
        return original(self) if 0 in self.nics else None

    @replace_property(Instance, "public_ip_address")
    def public_ip_address(original: Any, self: Any) -> Optional[str]:
        return original(self) if 0 in self.nics else None

    @replace_property(Instance, "private_dns_name")
    def private_dns_name(original: Any, self: Any) -> str:
        return original(self) if 0 in self.nics else ""

    @replace_property(Instance, "subnet_id")
    def subnet_id(original: Any, self: Any) -> Optional[str]:
        return original(self) if self._subnet_id or 0 in self.nics else None


def patch_stop_and_start(world: Any) -> None:
    """AWS counts the launch time from the latest start; the timeline notes both."""

    @wrap(Instance, "stop")
    def stop(original: Any, self: Any) -> Any:
        was_running = self.state == "running"
        previous = original(self)
        if was_running:
            world.timeline.record("stopped", self)
        return previous

    @wrap(Instance, "start")
    def start(original: Any, self: Any) -> Any:
        was_running = self.state == "running"
        previous = original(self)
        if not was_running:
            self.launch_time = utcnow()
            world.timeline.record("started", self)
        return previous


def patch_security_groups_of_interface(_: Any) -> None:
    """AWS: an instance on a ready-made interface has that interface's security groups, always."""

    def ready_made(instance: Any) -> Optional[NetworkInterface]:
        return getattr(instance, "ready_made_interface", None)

    def get(self: Any) -> List[Any]:
        eni = ready_made(self)
        return list(eni._group_set) if eni is not None else self.__dict__.get("_own_security_groups", [])

    def set_(self: Any, groups: List[Any]) -> None:
        eni = ready_made(self)
        if eni is not None:
            eni._group_set = list(groups)
        else:
            self.__dict__["_own_security_groups"] = groups

    Instance.security_groups = property(get, set_)  # type: ignore[assignment]


STATUS_CHECKS = ("instance", "system", "attachedEbs")


def patch_status_checks(world: Any) -> None:
    """AWS fails a status check of an instance that is out of order; moto's pass, and it lacks the third."""

    def result(original: Any, self: Any, own_check: str) -> Dict[str, Any]:
        check, since = world.impaired.get(self.id, (None, None))
        if check != own_check or self.state != "running":
            return original(self)
        return {
            "Details": [{"Name": "reachability", "Status": "failed", "ImpairedSince": since}],
            "Status": "impaired",
        }

    passing = Instance.system_status.fget

    @replace_property(Instance, "instance_status")
    def instance_status(original: Any, self: Any) -> Dict[str, Any]:
        return result(original, self, "instance")

    @replace_property(Instance, "system_status")
    def system_status(original: Any, self: Any) -> Dict[str, Any]:
        return result(original, self, "system")

    Instance.attached_ebs_status = property(lambda self: result(passing, self, "attachedEbs"))  # type: ignore[attr-defined]
