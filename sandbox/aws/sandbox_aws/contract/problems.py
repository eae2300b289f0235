from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Union

Path = str


@dataclass(frozen=True)
class Problem:
    """Why AWS refuses a request.

    `kind`: `unknown` or `missing` (a member), `malformed` (can't be read as what the model says), `invalid` (breaks
    a constraint of the model), `rule` (breaks one of AWS's prose, whose `code` it then has).
    `path` is by the model's names of members: `containerDefinitions[0].name`.
    """

    kind: str
    path: Path
    constraint: str
    value: Any = None
    code: str = ""
    status: int = 400


Problems = List[Problem]


def step(path: Path, name: Union[str, int]) -> Path:
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name
