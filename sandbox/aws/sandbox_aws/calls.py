"""The log of AWS calls: what was asked, in order, and how often."""

from __future__ import annotations

import json
from collections import Counter, deque
from typing import Any, Deque, Dict, List

from .clock import now
from .requests import AwsRequest

# A deploy of a hundred PoPs makes a few thousand calls; the counts stay exact when older entries go.
_KEPT_CALLS = 20_000


class CallLog:
    def __init__(self) -> None:
        self.total = 0
        # Since the start, whatever is forgotten: no test may pass over one.
        self.refused = 0
        self._counts: Counter = Counter()
        self._throttled: Counter = Counter()
        self._calls: Deque[Dict[str, Any]] = deque(maxlen=_KEPT_CALLS)

    def record(
        self,
        request: AwsRequest,
        status: int,
        fault: str | None = None,
        refused: bool = False,
        dropped: str = "",
        asked: Dict[str, Any] | None = None,
    ) -> None:
        """`asked`: what AWS would look at to allow it or not (authorization.py). `refused`: AWS's models or its prose allow no such request; `dropped`: what moto passed over, in words."""
        self.total += 1
        self._counts[(request.service, request.action)] += 1
        entry: Dict[str, Any] = {
            "at": now(),
            "service": request.service,
            "action": request.action,
            "region": request.region,
            "mutating": request.mutating,
            "status": status,
        }
        if fault:
            entry["fault"] = fault
        if refused:
            self.refused += 1
            entry["refused"] = True
        if dropped:
            entry["dropped"] = dropped
        if asked:
            entry["asked"] = asked
        if fault == "throttle":
            self._throttled[(request.service, request.action)] += 1
        self._calls.append(entry)

    def describe(self) -> Dict[str, Any]:
        """`{total, refused, counts, throttled, calls}`: the next to last two `{service: {action: n}}`, the last
        oldest first."""
        return {
            "total": self.total,
            "refused": self.refused,
            "counts": _by_service(self._counts),
            "throttled": _by_service(self._throttled),
            "calls": [{key: entry[key] for key in entry if key != "asked"} for entry in self._calls],
        }

    def describe_asked(self) -> List[Dict[str, Any]]:
        """`{service, action, region, asked}` of each call that moto carried out, oldest first. Not of those of EC2 that
        failed: what isn't there has no tags that AWS could look at."""
        members = ("service", "action", "region", "asked")
        asked = [{key: entry[key] for key in members} for entry in self._calls if _was_asked(entry)]
        # What isn't of JSON (an object's content, a time) is of no interest here.
        return json.loads(json.dumps(asked, default=str))

    def clear(self) -> None:
        refused = self.refused
        self.__init__()  # type: ignore[misc]
        self.refused = refused


def _was_asked(entry: Dict[str, Any]) -> bool:
    return bool(entry.get("asked")) and not (entry["service"] == "ec2" and entry["status"] >= 400)


def _by_service(counter: Counter) -> Dict[str, Dict[str, int]]:
    counts: Dict[str, Dict[str, int]] = {}
    for (service, action), count in sorted(counter.items()):
        counts.setdefault(service, {})[action] = count
    return counts
