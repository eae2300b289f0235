"""What moto works out anew for each answer though it never changes: remembered.

AWS spends no time of this machine. Without this, a described task costs it a millisecond, most of
it spent on finding out again under which names moto may hold each of its members.
"""

from __future__ import annotations

import functools
from typing import Any, Dict, Tuple

import moto.backends
import moto.core.responses
from moto.core.serialize import XFormedAttributePicker

from .replace import wrap


def patch_possible_keys(_: Any) -> None:
    """They follow from the member's place in AWS's model and from the class of what holds its value."""
    known: Dict[Tuple[Any, ...], Tuple[str, ...]] = {}

    @wrap(XFormedAttributePicker, "get_possible_keys")
    def get_possible_keys(original: Any, self: Any, context: Any) -> Tuple[str, ...]:
        shape = context.shape
        place = (
            context.service_model and context.service_model.service_name,
            getattr(getattr(shape, "parent", None), "name", None),
            shape and shape.name,
            context.key,
        )
        key = (tuple(self.alias_providers), type(context.obj), place)
        if key not in known:
            known[key] = tuple(original(self, context))
        return known[key]


def patch_names(_: Any) -> None:
    """The actions of each service, and the services that moto has."""
    actions = functools.lru_cache(maxsize=None)(moto.core.responses.method_names_from_class)
    moto.core.responses.method_names_from_class = actions
    services = tuple(moto.backends.list_of_moto_modules())
    moto.backends.list_of_moto_modules = lambda: services
