"""How long things take on the emulated nodes, and what is ordered to go wrong there."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, fields
from typing import Any, Dict, List, Optional

# What each setting that is a word may be.
_WORDS = {"ghosts": ("never", "if-disconnected", "always"), "stoppedHosts": ("last-heard", "lost"), "taskHealth": ("documented", "observed")}
_JSON_NAMES = {
    "boot_seconds": "bootSeconds",
    "pull_seconds": "pullSeconds",
    "rebuild_seconds": "rebuildSeconds",
    "stop_seconds": "stopSeconds",
    "deregister_seconds": "deregisterSeconds",
    "unhealthy_seconds": "unhealthySeconds",
    "ghosts": "ghosts",
    "stopped_hosts": "stoppedHosts",
    "task_health": "taskHealth",
    "daemon_circuit_breaker": "daemonCircuitBreaker",
}


@dataclass
class Settings:
    """Changes apply to what is under way, too: a node that boots now boots by the new time."""

    # From an instance's start until its ECS agent registers.
    boot_seconds: float = 1
    # From a task's placement until it runs.
    pull_seconds: float = 0
    # From a task's start until its health check passes.
    rebuild_seconds: float = 2
    # From the order to stop a task until it is stopped.
    stop_seconds: float = 0.5
    # From an instance's end until ECS forgets its container instance.
    deregister_seconds: float = 1
    # From a task's start until a check that never passes makes it UNHEALTHY; None: it stays UNKNOWN.
    unhealthy_seconds: Optional[float] = None
    # Which terminated instances stay behind as container instances. AWS: "if-disconnected", those
    # whose agent was not connected any more when they were terminated. They keep their tasks as they were.
    ghosts: str = "never"
    # What AWS tells of the tasks of an instance that was stopped: "last-heard", what their agent said last,
    # until it is back or the instance terminated; "lost": that they are stopped.
    stopped_hosts: str = "last-heard"
    # A task's health where an essential container has no check. AWS documents UNKNOWN; "observed": what
    # those say that have one, as was seen on Fargate (amazon-ecs-agent #4094).
    task_health: str = "documented"
    # Whether a circuit breaker acts on DAEMON services, which is undocumented (aws-cdk #38102 says no).
    daemon_circuit_breaker: bool = False

    def change(self, changes: Dict[str, Any]) -> None:
        """Takes the JSON form, any part of it. Raises ValueError with what is wrong; then changes nothing."""
        by_json_name = {name: attribute for attribute, name in _JSON_NAMES.items()}
        for name, value in changes.items():
            if name not in by_json_name:
                raise ValueError(f"no setting {name!r}; there are {', '.join(by_json_name)}")
            if name in _WORDS:
                if value not in _WORDS[name]:
                    raise ValueError(f"{name} must be one of {', '.join(_WORDS[name])}, got {value!r}")
            elif name == "daemonCircuitBreaker":
                if not isinstance(value, bool):
                    raise ValueError(f"{name} must be true or false, got {value!r}")
            elif not (_is_duration(value) or (value is None and name == "unhealthySeconds")):
                raise ValueError(f"{name} must be a number of seconds from 0, got {value!r}")
        for name, value in changes.items():
            setattr(self, by_json_name[name], value)

    def describe(self) -> Dict[str, Any]:
        return {_JSON_NAMES[field.name]: getattr(self, field.name) for field in fields(self)}


def _is_duration(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0


NEVER_BOOTS = "never-boots"
AGENT_DISCONNECTED = "agent-disconnected"
NEVER_HEALTHY = "never-healthy"
UNHEALTHY = "unhealthy"
KINDS = (NEVER_BOOTS, AGENT_DISCONNECTED, NEVER_HEALTHY, UNHEALTHY)


@dataclass(frozen=True)
class NodeFault:
    """Meets every instance, or task on one, that all of its given fields name."""

    id: str
    kind: str
    instance_id: Optional[str] = None
    image_id: Optional[str] = None
    service_name: Optional[str] = None
    container_image: Optional[str] = None

    def matches(self, instance: Any, task: Optional[Any]) -> bool:
        images = [spec.get("image") for spec in task.definition.container_definitions] if task else []
        return (
            self.instance_id in (None, instance.id)
            and self.image_id in (None, instance.image_id)
            and (self.service_name is None or (task is not None and task.service.name == self.service_name))
            and (self.container_image is None or self.container_image in images)
        )


class NodeFaults:
    """Faults last until they are taken back."""

    def __init__(self) -> None:
        self._faults: List[NodeFault] = []

    def add(self, spec: Dict[str, Any]) -> NodeFault:
        """Adds a fault from its JSON form. Raises ValueError with what is wrong."""
        kind = spec.get("kind")
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
        names = {
            "instanceId": "instance_id",
            "imageId": "image_id",
            "serviceName": "service_name",
            "containerImage": "container_image",
        }
        given = {name: spec[key] for key, name in names.items() if spec.get(key) is not None}
        if not given:
            raise ValueError(f"a fault names at least one of {', '.join(names)}")
        for key in ("serviceName", "containerImage"):
            if names[key] in given and kind in (NEVER_BOOTS, AGENT_DISCONNECTED):
                raise ValueError(f"{kind} is of instances: {key} means nothing to it")
        fault = NodeFault(uuid.uuid4().hex[:8], kind, **given)
        self._faults.append(fault)
        return fault

    def meets(self, kind: str, instance: Any, task: Optional[Any] = None) -> bool:
        return any(fault.kind == kind and fault.matches(instance, task) for fault in self._faults)

    def remove(self, fault_id: str) -> bool:
        """False if there is none with this id."""
        kept = [fault for fault in self._faults if fault.id != fault_id]
        removed = len(kept) < len(self._faults)
        self._faults = kept
        return removed

    def clear(self) -> None:
        self._faults.clear()

    def describe(self) -> List[Dict[str, Any]]:
        names = {"instance_id": "instanceId", "image_id": "imageId", "service_name": "serviceName"}
        return [{names.get(key, key): value for key, value in asdict(fault).items()} for fault in self._faults]
