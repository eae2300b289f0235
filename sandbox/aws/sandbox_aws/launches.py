"""What an account can't launch, to order: no capacity, a type that a zone lacks, a launch that a policy denies."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional

# Each kind, and the names that a limit of it must and may give.
KINDS = {
    "no-capacity": ((), ("instanceType", "availabilityZone")),
    "not-offered": (("instanceType", "availabilityZone"), ()),
    "denied-without-tag": (("tag",), ("value",)),
}


@dataclass(frozen=True)
class LaunchLimit:
    id: str
    kind: str
    instance_type: Optional[str] = None
    availability_zone: Optional[str] = None
    tag: Optional[str] = None
    value: Optional[str] = None

    def meets(self, instance_type: str, availability_zone: str) -> bool:
        return self.instance_type in (None, instance_type) and self.availability_zone in (None, availability_zone)


class LaunchLimits:
    """Limits last until they are taken back."""

    def __init__(self) -> None:
        self._limits: List[LaunchLimit] = []

    def add(self, spec: Dict[str, Any]) -> LaunchLimit:
        """Adds a limit from its JSON form. Raises ValueError with what is wrong."""
        kind = spec.get("kind")
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
        needed, possible = KINDS[kind]
        given = {name: value for name, value in spec.items() if name != "kind" and value is not None}
        for name in needed:
            if name not in given:
                raise ValueError(f"{kind} must name {name}")
        for name, value in given.items():
            if name not in needed + possible:
                raise ValueError(f"{name} means nothing to {kind}; it names {', '.join(needed + possible)}")
            if not isinstance(value, str):
                raise ValueError(f"{name} must be a text, got {value!r}")
        limit = LaunchLimit(
            id=uuid.uuid4().hex[:8],
            kind=kind,
            instance_type=given.get("instanceType"),
            availability_zone=given.get("availabilityZone"),
            tag=given.get("tag"),
            value=given.get("value"),
        )
        self._limits.append(limit)
        return limit

    def clear(self) -> None:
        self._limits.clear()

    def describe(self) -> List[Dict[str, Any]]:
        names = {"instance_type": "instanceType", "availability_zone": "availabilityZone"}
        return [{names.get(name, name): value for name, value in vars(limit).items()} for limit in self._limits]

    def has_capacity(self, instance_type: str, availability_zone: str) -> bool:
        return not any(limit.meets(instance_type, availability_zone) for limit in self._of("no-capacity"))

    def offers(self, instance_type: str, availability_zone: str) -> bool:
        return not any(limit.meets(instance_type, availability_zone) for limit in self._of("not-offered"))

    def denies(self, tags: Dict[str, str]) -> bool:
        """Whether a service control policy denies the launch of an instance with these tags."""
        return any(
            limit.tag not in tags or limit.value not in (None, tags[limit.tag])
            for limit in self._of("denied-without-tag")
        )

    def _of(self, kind: str) -> Iterator[LaunchLimit]:
        return (limit for limit in self._limits if limit.kind == kind)
