"""Target groups: a target is an instance and a port, and its health is that of the task behind it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.elbv2.exceptions import InvalidTargetError, TargetNotRunning
from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup

from .replace import wrap


def patch_targets(_: Any) -> None:
    """AWS knows a target by instance and port; moto by instance alone, one port on each."""

    def key(group: Any, target: Dict[str, Any]) -> Any:
        return (target["Id"], int(target.get("Port") or group.port or 0))

    def target_of(self: Any, target: Dict[str, Any]) -> Optional[Dict[str, Any]]:
        return self.targets.get(key(self, target))

    FakeTargetGroup.target_of = target_of  # type: ignore[attr-defined]

    @wrap(FakeTargetGroup, "register")
    def register(_original: Any, self: Any, targets: List[Dict[str, Any]]) -> None:
        for target in targets:
            instance = self.ec2_backend.get_instance_by_id(target["Id"])
            if instance and instance.state != "running":
                raise TargetNotRunning(instance_id=target["Id"])
            _, port = known = key(self, target)
            self.targets[known] = {"Id": target["Id"], "Port": port}
            self.deregistered_targets.pop(target["Id"], None)

    @wrap(FakeTargetGroup, "deregister")
    def deregister(_original: Any, self: Any, targets: List[Dict[str, Any]]) -> None:
        for target in targets:
            removed = self.targets.pop(key(self, target), None)
            if not removed:
                raise InvalidTargetError()
            self.deregistered_targets[target["Id"]] = removed

    @wrap(FakeTargetGroup, "deregister_terminated_instances")
    def deregister_terminated_instances(_original: Any, self: Any, instance_ids: List[str]) -> None:
        for known in [each for each in self.targets if each[0] in instance_ids]:
            self.terminated_targets[known[0]] = self.targets.pop(known)

    @wrap(FakeTargetGroup, "health_for")
    def health_for(original: Any, self: Any, target: Dict[str, Any], ec2_backend: Any) -> FakeHealthStatus:
        registered = self.target_of(target)
        if registered is None:
            return original(self, target, ec2_backend)
        state, reason, description = _health(registered, ec2_backend)
        return FakeHealthStatus(
            registered["Id"], registered["Port"], self.health_check_port, state, reason, description
        )


def _health(registered: Dict[str, Any], ec2_backend: Any) -> Any:
    instance = ec2_backend.get_instance_by_id(registered["Id"])
    if instance is not None and instance.state == "stopped":
        return "unused", "Target.InvalidState", "Target is in the stopped state"
    task = registered.get("Task")
    if task is None or (task.healthy and not task.silent):
        return "healthy", None, None
    if not task.kept:
        return "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"
    if task.silent or task.checked == "UNHEALTHY":
        return "unhealthy", "Target.FailedHealthChecks", "Health checks failed"
    return "initial", "Elb.InitialHealthChecking", "Initial health checks in progress"
