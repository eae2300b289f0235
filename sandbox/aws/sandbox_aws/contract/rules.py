"""What AWS says only in its prose, as texts/rules.json has it: of members, and of members among each other."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path as File
from typing import Any, Dict, Iterator, List, Optional, Tuple

from .check import Check, constraints_of
from .models import Model, find_operation
from .problems import Path, Problem, Problems, step

TEXTS = File(__file__).parents[2] / "texts"
Row = Dict[str, Any]


@functools.lru_cache(maxsize=None)
def table() -> Dict[str, Any]:
    return json.loads((TEXTS / "rules.json").read_text("utf-8"))


def member_rules(model: Model) -> Dict[Tuple[str, str], Check]:
    """By a structure's name and its member's: a rule holds in every call that sends the structure."""
    rules: Dict[Tuple[str, str], List[Check]] = {}
    for member, name in table()["members"].items():
        api, _, inner = member.partition(" > ")
        service, action, path = re.split("[: ]", api)
        operation = find_operation(service, action) if service == model.service and name else None
        if operation is None:
            continue
        rule = table()["rules"][name]
        check = _all(constraints_of(rule, "rule", rule.get("code", ""), rule.get("status", 400)))
        for place, steps in _places(model, operation.input or "", path):
            rules.setdefault(place, []).append(_within(steps, _in_document(inner, check) if inner else check))
    return {place: _all(checks) for place, checks in rules.items()}


def _places(model: Model, shape: str, path: str) -> Iterator[Tuple[Tuple[str, str], int]]:
    """The structure and member that a path ends in, and how many lists lie between the member and the text."""
    place, lists = ("", ""), 0
    for each in re.findall(r"[^.\[\]]+|\[\]", path):
        if each == "[]":
            shape, lists = model.shapes[shape]["member"]["shape"], lists + 1
        else:
            place, lists = (shape, each), 0
            shape = model.shapes[shape]["members"][each]["shape"]
    yield place, lists


def _all(checks: List[Check]) -> Check:
    def check(value: Any, path: Path, problems: Problems) -> None:
        for each in checks:
            each(value, path, problems)

    return check


def _within(lists: int, check: Check) -> Check:
    if lists == 0:
        return check

    def check_items(value: Any, path: Path, problems: Problems) -> None:
        for index, item in enumerate(value):
            check(item, step(path, index), problems)

    return _within(lists - 1, check_items)


def _in_document(inner: str, check: Check) -> Check:
    def check_document(value: Any, path: Path, problems: Problems) -> None:
        try:
            document = json.loads(value)
        except ValueError:
            problems.append(Problem("rule", path, "Member must be JSON", value))
            return
        for where, found in select(document, inner):
            check(found, f"{path} > {where}", problems)

    return check_document


def select(value: Any, path: str, where: Path = "") -> Iterator[Tuple[Path, Any]]:
    """What lies at a path such as `a[].b`, each with its place; nothing where a member isn't there."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    found = value.get(name) if isinstance(value, dict) else None
    if found is None:
        return
    place = step(where, name)
    items = [(place, found)]
    if head.endswith("[]"):
        items = [(step(place, index), item) for index, item in enumerate(found)] if isinstance(found, list) else []
    for at, item in items:
        if rest:
            yield from select(item, rest, at)
        else:
            yield at, item


def relations_of(model: Model, action: str) -> List[Row]:
    actions = {f"{model.service}:{action}", f"{model.service}:*"}
    return [row for row in table()["relations"] if actions.intersection(row["actions"])]


def check_relation(row: Row, value: Any, problems: Problems) -> None:
    """Tells of each place at which a call breaks a row of the table's `relations`."""
    if not _meets(value, row.get("where", {})):
        return
    if any(_meets(value, {member: allowed}) for member, allowed in row.get("unless", {}).items()):
        return
    for where, target in select(value, row["each"]) if "each" in row else [("", value)]:
        if _meets(target, row.get("whereEach", {})):
            for member in row["members"]:
                for place, found in _breaches(row, target, member):
                    path = f"{where}.{place}" if where else place
                    problems.append(Problem("rule", path, row["says"], found, row.get("code", "")))


def _meets(target: Any, conditions: Dict[str, Optional[List[Any]]]) -> bool:
    """Whether of each member one of the allowed values is there; anything at all for null."""
    for member, allowed in conditions.items():
        found = [value for _, value in select(target, member)]
        if not (any(value in allowed for value in found) if allowed is not None else found):
            return False
    return True


def _breaches(row: Row, target: Any, member: str) -> Iterator[Tuple[Path, Any]]:
    found = list(select(target, member))

    def other(kind: str) -> Any:
        return next((value for _, value in select(target, row[kind])), None) if kind in row else None

    same, above, most = other("sameAs"), other("lessThan"), other("noMoreThan")
    seen: List[Any] = []
    for place, value in found:
        if (
            "absent" in row
            or ("oneOf" in row and value not in row["oneOf"])
            or ("multipleOf" in row and value % row["multipleOf"] and value not in row["exceptFor"])
            or ("min" in row and value < row["min"])
            or ("max" in row and value > row["max"])
            or ("distinct" in row and value in seen)
            or (same is not None and value != same)
            or (above is not None and value >= above)
            or (most is not None and value > most)
        ):
            yield place, value
        seen.append(value)
    if not row.get("minItems", 0) <= len(found) <= row.get("maxItems", len(found)):
        yield member.removesuffix("[]"), f"{len(found)} of them"
