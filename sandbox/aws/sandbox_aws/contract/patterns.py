"""Patterns as AWS's models (Java's syntax) and texts/rules.json (ECMAScript's) have them, as Python's."""

from __future__ import annotations

import functools
import re
import sys
import unicodedata
from typing import Dict, List

# What Java calls its classes of ASCII.
_ASCII_CLASSES = {
    "ASCII": "\\x00-\\x7f",
    "Alnum": "a-zA-Z0-9",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Graph": "!-~",
    "Lower": "a-z",
    "Print": " -~",
    "Upper": "A-Z",
}


@functools.lru_cache(maxsize=None)
def compiled(pattern: str) -> re.Pattern[str]:
    """Of the whole text: use `fullmatch`. Raises re.error for a syntax that Python has not."""
    translated = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda match: f"\\U{int(match[1], 16):08x}", pattern)
    translated = re.sub(r"\\p\{(?:Is)?(\w+)\}", lambda match: _class(match[1]), translated)
    # In Java a dash behind a class is a dash.
    translated = re.sub(r"(\\[wds])-(?!\])", r"\1\\-", translated)
    return re.compile(translated, re.ASCII)


def _class(name: str) -> str:
    """The inside of a set, as the models have such classes in sets only."""
    found = _ASCII_CLASSES.get(name) or _categories().get(name)
    if found is None:
        raise re.error(f"no class {name}")
    return found


@functools.lru_cache(maxsize=None)
def _categories() -> Dict[str, str]:
    """Unicode's general categories by their first letter (`L`, `N`, `Z` …): ranges of characters."""
    ranges: Dict[str, List[List[int]]] = {}
    for code in range(sys.maxunicode + 1):
        known = ranges.setdefault(unicodedata.category(chr(code))[0], [])
        if known and known[-1][1] == code - 1:
            known[-1][1] = code
        else:
            known.append([code, code])
    return {
        name: "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in known) for name, known in ranges.items()
    }
