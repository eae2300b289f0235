"""What happened to each instance and to each task on it, whoever did it: Terraform, an SDK, ECS or the control API."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from .clock import now

Subscriber = Callable[[str, Any], None]


class Timeline:
    """Events in order; an instance's tags are read when asked for, for they come after the launch."""

    def __init__(self) -> None:
        self._events: List[Dict[str, Any]] = []
        self._instances: Dict[str, Any] = {}
        self._subscribers: List[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Calls `subscriber(event, instance)` for each event from now on, with the lock held."""
        self._subscribers.append(subscriber)

    def record(self, event: str, instance: Any) -> None:
        """`event` is launched, stopped, started, terminated, impaired or repaired; or, of its ECS agent,
        registered, agent-connected, agent-disconnected, draining, active or deregistered.
        """
        self._add(event, instance, {})
        for subscriber in self._subscribers:
            subscriber(event, instance)

    def record_task(self, event: str, instance: Any, task: Dict[str, Any]) -> None:
        """`event` is task-started, -healthy, -unhealthy, -stopping or -stopped; `task` tells which and whose."""
        self._add(event, instance, task)

    def describe(self) -> List[Dict[str, Any]]:
        return [{**event, **owner_of(self._instances[event["instanceId"]])} for event in self._events]

    def _add(self, event: str, instance: Any, more: Dict[str, Any]) -> None:
        self._instances[instance.id] = instance
        self._events.append(
            {
                "at": now(),
                "event": event,
                "instanceId": instance.id,
                "imageId": instance.image_id,
                "instanceType": instance.instance_type,
                "networkInterfaceId": next((nic.id for nic in instance.network_interfaces), None),
                **more,
            }
        )


def owner_of(instance: Any) -> Dict[str, Any]:
    """`{environment, slot}`, by the instance's tags; None without them."""
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    slot = tags.get("routed:node")
    return {
        "environment": tags.get("routed:environment"),
        "slot": int(slot) if slot is not None and slot.isdigit() else None,
    }
