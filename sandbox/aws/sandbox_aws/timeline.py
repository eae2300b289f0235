"""What happened to each instance, whoever did it: Terraform, an SDK or the control API."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from .clock import now

Subscriber = Callable[[str, Any], None]


class Timeline:
    """Events of instances in order; tags are read when asked for, for they come after the launch."""

    def __init__(self) -> None:
        self._events: List[Dict[str, Any]] = []
        self._instances: Dict[str, Any] = {}
        self._subscribers: List[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Calls `subscriber(event, instance)` for each event from now on, with the lock held."""
        self._subscribers.append(subscriber)

    def record(self, event: str, instance: Any) -> None:
        """`event` is launched, stopped, started, terminated, impaired or repaired."""
        self._instances[instance.id] = instance
        self._events.append(
            {
                "at": now(),
                "event": event,
                "instanceId": instance.id,
                "imageId": instance.image_id,
                "instanceType": instance.instance_type,
                "networkInterfaceId": next((nic.id for nic in instance.network_interfaces), None),
            }
        )
        for subscriber in self._subscribers:
            subscriber(event, instance)

    def describe(self) -> List[Dict[str, Any]]:
        return [{**event, **_owner(self._instances[event["instanceId"]])} for event in self._events]


def _owner(instance: Any) -> Dict[str, Any]:
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    slot = tags.get("routed:node")
    return {
        "environment": tags.get("routed:environment"),
        "slot": int(slot) if slot is not None and slot.isdigit() else None,
    }
