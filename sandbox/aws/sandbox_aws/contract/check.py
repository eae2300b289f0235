"""Whether decoded values keep to the model's constraints, and to those of AWS's prose that belong to a member."""

from __future__ import annotations

import re
from typing import Any, Callable, Collection, Dict, List, Optional

from .models import Model
from .patterns import compiled
from .problems import Path, Problem, Problems, step

Check = Callable[[Any, Path, Problems], None]
# What prose says of a member of a structure, by the names of both; None where it says nothing.
RuleOf = Callable[[str, str], Optional[Check]]


class Checker:
    """Of one API. Checks of shapes are compiled once, when they are first needed."""

    def __init__(self, model: Model, rule_of: RuleOf, open_enums: Collection[str]) -> None:
        """`open_enums` are shapes whose values AWS tells by an error of its own."""
        self._model = model
        self._open_enums = open_enums
        self._rule_of = rule_of
        self._compiled: Dict[str, Check] = {}

    def check(self, shape: str, value: Any, problems: Problems) -> None:
        self._check_of(shape)(value, "", problems)

    def _check_of(self, name: str) -> Check:
        if name not in self._compiled:
            self._compiled[name] = lambda value, path, problems: self._compiled[name](value, path, problems)
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def _compile(self, name: str) -> Check:
        shape = self._model.shapes[name]
        own = constraints_of({**shape, "enum": []} if name in self._open_enums else shape)
        inner: Optional[Check] = None
        if shape["type"] == "structure":
            inner = self._structure(name, shape)
        elif shape["type"] == "list":
            inner = self._list(shape)
        elif shape["type"] == "map":
            inner = self._map(shape)
        return _all_of([*own, *([inner] if inner else [])])

    def _structure(self, name: str, shape: Dict[str, Any]) -> Check:
        required = shape.get("required", [])
        checks: Dict[str, Check] = {}

        def check_of(member: str) -> Check:
            rule = self._rule_of(name, member)
            return _all_of([self._check_of(shape["members"][member]["shape"]), *([rule] if rule else [])])

        def check(value: Any, path: Path, problems: Problems) -> None:
            for member in required:
                if value.get(member) is None:
                    problems.append(Problem("missing", step(path, member), "Member must not be null"))
            if shape.get("union") and len(value) != 1:
                problems.append(Problem("invalid", path, "Member must be exactly one of its kinds", list(value)))
            for member, held in value.items():
                if held is None:
                    continue  # told already by who decoded it
                if member not in checks:
                    checks[member] = check_of(member)
                checks[member](held, step(path, member), problems)

        return check

    def _list(self, shape: Dict[str, Any]) -> Check:
        check_item = self._check_of(shape["member"]["shape"])

        def check(value: Any, path: Path, problems: Problems) -> None:
            for index, item in enumerate(value):
                if item is not None:
                    check_item(item, step(path, index), problems)

        return check

    def _map(self, shape: Dict[str, Any]) -> Check:
        check_key = self._check_of(shape["key"]["shape"])
        check_value = self._check_of(shape["value"]["shape"])

        def check(value: Any, path: Path, problems: Problems) -> None:
            for key, held in value.items():
                check_key(key, step(path, key), problems)
                if held is not None:
                    check_value(held, step(path, key), problems)

        return check


def _all_of(checks: List[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(value: Any, path: Path, problems: Problems) -> None:
        for each in checks:
            each(value, path, problems)

    return check


def constraints_of(
    constraints: Dict[str, Any], kind: str = "invalid", code: str = "", status: int = 400
) -> List[Check]:
    """Checks of `min`, `max`, `pattern` and `enum`: of a model's shape or of a rule."""
    checks: List[Check] = []

    def add(breaks: Callable[[Any], bool], constraint: str) -> None:
        def check(value: Any, path: Path, problems: Problems) -> None:
            if breaks(value):
                problems.append(Problem(kind, path, constraint, value, code, status))

        checks.append(check)

    least, most = constraints.get("min"), constraints.get("max")
    counted = constraints.get("type") in ("integer", "long", "float", "double", "number")
    what = "value" if counted else "length"
    size = (lambda value: value) if counted else _length_ignoring(constraints.get("ignoring"))
    if least is not None:
        add(lambda value: size(value) < least, f"Member must have {what} greater than or equal to {least}")
    if most is not None:
        add(lambda value: size(value) > most, f"Member must have {what} less than or equal to {most}")
    if "pattern" in constraints:
        pattern = compiled(constraints["pattern"])
        add(
            lambda value: pattern.fullmatch(value) is None,
            f"Member must satisfy regular expression pattern: {constraints['pattern']}",
        )
    if constraints.get("enum"):
        allowed = frozenset(constraints["enum"])
        add(lambda value: value not in allowed, f"Member must satisfy enum value set: [{', '.join(sorted(allowed))}]")
    return checks


def _length_ignoring(ignored: Optional[str]) -> Callable[[Any], int]:
    """Of what a rule says isn't counted: `whitespace`, or nothing."""
    if ignored is None:
        return len
    assert ignored == "whitespace", ignored
    return lambda value: len(re.sub(r"\s", "", value))
