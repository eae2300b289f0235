"""Which members of a request moto never looked at: it would drop them silently, and AWS would not.

moto reads the members that it knows by name. A structure of which it reads some members drops the others; one of
which it reads none is kept whole. What it is known to drop is listed in texts/dropped.json, with the reason.
"""

from __future__ import annotations

import functools
import json
from typing import Any, Dict, Iterator, List, Set

from .models import Operation
from .rules import TEXTS


class Reads:
    """The places, such as `a.b` without indexes, of members that were read during one call."""

    def __init__(self) -> None:
        self.places: Set[str] = set()
        # Whether moto reads this call's members in a way that can be watched.
        self.watched = False

    def watch(self, parameters: Any) -> Any:
        self.watched = True
        return self._watch(parameters, "")

    def _watch(self, value: Any, place: str) -> Any:
        if isinstance(value, list):
            return [self._watch(item, place) for item in value]
        if not isinstance(value, dict):
            return value
        inner = {key: self._watch(item, f"{place}.{key}".lstrip(".")) for key, item in value.items()}
        return Watched(inner, self, place)

    def answered_before(self) -> None:
        """The call repeats an earlier one, whose answer it gets: there is nothing to read."""
        self.watched = False

    def read(self, place: str, key: Any) -> None:
        self.places.add(f"{place}.{key}".lstrip("."))


class Watched(dict):  # type: ignore[type-arg]
    """Tells `Reads` of each member that is asked for."""

    def __init__(self, content: Dict[str, Any], reads: Reads, place: str) -> None:
        super().__init__(content)
        self._reads, self._place = reads, place

    def __getitem__(self, key: Any) -> Any:
        self._reads.read(self._place, key)
        return super().__getitem__(key)

    def __contains__(self, key: Any) -> bool:
        self._reads.read(self._place, key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[Any]:
        return super().__iter__()  # defined, so that dict(watched) asks for each member

    def get(self, key: Any, default: Any = None) -> Any:
        self._reads.read(self._place, key)
        return super().get(key, default)

    def pop(self, key: Any, *default: Any) -> Any:
        self._reads.read(self._place, key)
        return super().pop(key, *default)

    def items(self) -> Any:
        for key in super().keys():
            self._reads.read(self._place, key)
        return super().items()

    def values(self) -> Any:
        for key in super().keys():
            self._reads.read(self._place, key)
        return super().values()

    def __reduce_ex__(self, _: Any) -> Any:
        return dict, (dict(self),)  # a copy that moto keeps is watched no more


def dropped_members(operation: Operation, sent: Dict[str, Any], reads: Reads) -> List[str]:
    """The places of members that were sent, not read, and aren't listed as such."""
    if not reads.watched:
        return []
    service = operation.model.service
    known = {*_listed().get(f"{service}:*", ()), *_listed().get(f"{service}:{operation.name}", ())}
    return sorted(set(_unread(sent, "", reads.places)) - known)


def _unread(value: Any, place: str, read: Set[str]) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _unread(item, place, read)
    elif isinstance(value, dict):
        inner = {key: f"{place}.{key}".lstrip(".") for key in value}
        if place and not any(each in read for each in inner.values()):
            return  # kept whole
        for key, item in value.items():
            if item in ({}, []):
                continue  # says nothing
            if inner[key] in read:
                yield from _unread(item, inner[key], read)
            else:
                yield inner[key]


@functools.lru_cache(maxsize=None)
def _listed() -> Dict[str, Dict[str, str]]:
    return json.loads((TEXTS / "dropped.json").read_text("utf-8"))["dropped"]
