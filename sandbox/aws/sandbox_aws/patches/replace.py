from __future__ import annotations

import functools
from typing import Any, Callable


def wrap(owner: Any, name: str) -> Callable[[Callable[..., Any]], None]:
    """Replaces method `name` of class `owner` by the decorated function, which gets the original first.

    Fails at start if moto has no such method any more, rather than patching nothing silently.
    """
    original = getattr(owner, name)

    def decorate(replacement: Callable[..., Any]) -> None:
        @functools.wraps(original)
        def method(*args: Any, **kwargs: Any) -> Any:
            return replacement(original, *args, **kwargs)

        setattr(owner, name, method)

    return decorate


def replace_property(owner: Any, name: str) -> Callable[[Callable[..., Any]], None]:
    """Replaces the read-only property `name` of class `owner`; the function gets the original getter first."""
    original = getattr(owner, name)
    assert isinstance(original, property) and original.fget is not None, f"{owner.__name__}.{name} is no property"
    getter = original.fget

    def decorate(replacement: Callable[..., Any]) -> None:
        setattr(owner, name, property(lambda self: replacement(getter, self)))

    return decorate
