"""The cluster query language of placement constraints and of ListContainerInstances' filter.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
"""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Optional

# Whether a container instance, given as its subjects' values, meets the expression.
Predicate = Callable[[Dict[str, Optional[str]]], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<operator>==|!=|>=|<=|=~|!~|!exists|!in|>|<|[()\[\],!])"
    r"|\"(?P<quoted>[^\"]*)\""
    r"|(?P<word>[A-Za-z0-9_./:\\@*+^$?{}|-]+))"
)
_COMPARE: Dict[str, Callable[[str, str], bool]] = {
    "==": lambda got, wanted: got == wanted,
    "equals": lambda got, wanted: got == wanted,
    "!=": lambda got, wanted: got != wanted,
    "not_equals": lambda got, wanted: got != wanted,
    "=~": lambda got, wanted: re.fullmatch(wanted, got) is not None,
    "matches": lambda got, wanted: re.fullmatch(wanted, got) is not None,
    "!~": lambda got, wanted: re.fullmatch(wanted, got) is None,
    "not_matches": lambda got, wanted: re.fullmatch(wanted, got) is None,
    ">": lambda got, wanted: _number(got) > _number(wanted),
    "greater_than": lambda got, wanted: _number(got) > _number(wanted),
    ">=": lambda got, wanted: _number(got) >= _number(wanted),
    "greater_than_equal": lambda got, wanted: _number(got) >= _number(wanted),
    "<": lambda got, wanted: _number(got) < _number(wanted),
    "less_than": lambda got, wanted: _number(got) < _number(wanted),
    "<=": lambda got, wanted: _number(got) <= _number(wanted),
    "less_than_equal": lambda got, wanted: _number(got) <= _number(wanted),
}


def parse_expression(text: str) -> Predicate:
    """Raises ValueError with what is wrong in it."""
    parser = _Parser(_tokens(text), text)
    predicate = parser.either()
    parser.require_end()
    return predicate


def subjects_of(container_instance: Any) -> Dict[str, Optional[str]]:
    """What expressions can be about: `attribute:NAME`, `ec2InstanceId`, `agentConnected`, …"""
    subjects: Dict[str, Optional[str]] = {
        f"attribute:{name}": value for name, value in container_instance.attributes.items()
    }
    subjects["ec2InstanceId"] = container_instance.ec2_instance_id
    subjects["agentConnected"] = "true" if container_instance.agent_connected else "false"
    subjects["runningTasksCount"] = str(container_instance.running_tasks_count)
    subjects["pendingTasksCount"] = str(container_instance.pending_tasks_count)
    return subjects


def _tokens(text: str) -> List[str]:
    tokens = []
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"unexpected {text[position:].strip()[:1]!r}")
        tokens.append(match.group("operator") or match.group("word") or match.group("quoted") or "")
        position = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: List[str], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._next = 0

    def either(self) -> Predicate:
        left = self._both()
        while self._take("or", "||"):
            left = _or(left, self._both())
        return left

    def require_end(self) -> None:
        if self._next < len(self._tokens):
            raise ValueError(f"unexpected {self._tokens[self._next]!r}")

    def _both(self) -> Predicate:
        left = self._single()
        while self._take("and", "&&"):
            left = _and(left, self._single())
        return left

    def _single(self) -> Predicate:
        if self._take("not", "!"):
            return _not(self._single())
        if self._take("("):
            inner = self.either()
            self._expect(")")
            return inner
        subject = self._word()
        operator = self._word()
        if operator == "exists":
            return lambda subjects: subject in subjects
        if operator in ("!exists", "not_exists"):
            return lambda subjects: subject not in subjects
        if operator in ("in", "!in", "not_in"):
            values = self._list()
            within: Predicate = lambda subjects: subjects.get(subject) in values
            return within if operator == "in" else _not(within)
        compare = _COMPARE.get(operator)
        if compare is None:
            raise ValueError(f"no operator {operator!r}")
        wanted = self._word()
        negative = operator in ("!=", "not_equals", "!~", "not_matches")

        def compared(subjects: Dict[str, Optional[str]]) -> bool:
            got = subjects.get(subject)
            return negative if got is None else compare(got, wanted)

        return compared

    def _list(self) -> List[str]:
        self._expect("[")
        values = [self._word()]
        while self._take(","):
            values.append(self._word())
        self._expect("]")
        return values

    def _word(self) -> str:
        if self._next >= len(self._tokens):
            raise ValueError("unexpected end")
        self._next += 1
        return self._tokens[self._next - 1]

    def _take(self, *tokens: str) -> bool:
        if self._next < len(self._tokens) and self._tokens[self._next] in tokens:
            self._next += 1
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise ValueError(f"expected {token!r}")


def _or(left: Predicate, right: Predicate) -> Predicate:
    return lambda subjects: left(subjects) or right(subjects)


def _and(left: Predicate, right: Predicate) -> Predicate:
    return lambda subjects: left(subjects) and right(subjects)


def _not(inner: Predicate) -> Predicate:
    return lambda subjects: not inner(subjects)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
