"""What moto works out anew for each answer though it never changes: remembered.

AWS spends no time of this machine. Without this, a described task costs it a millisecond, most of
it spent on finding out again under which names moto may hold each of its members.
"""

from __future__ import annotations

import functools
from typing import Any, Dict, Optional, Tuple

import moto.backends
import moto.core.responses
from moto.core.serialize import AttributePickerContext, ResponseSerializer, XFormedAttributePicker
from moto.core.utils import MISSING, get_value

from .replace import wrap


def patch_member_names(_: Any) -> None:
    """Under which names moto may hold a member: they follow from the member's place in AWS's model and
    from the class of what holds its value. None where moto must be asked each time."""
    known: Dict[Tuple[Any, str, type], Optional[Tuple[str, ...]]] = {}

    def names_of(serializer: Any, value: Any, key: str, shape: Any) -> Optional[Tuple[str, ...]]:
        picker = serializer._value_picker
        if type(picker) is not XFormedAttributePicker:
            return None
        # Values at paths with one of these ends are transformed.
        if any(end.endswith(key) or key.endswith(end) for end in picker.response_transformers):
            return None
        model = serializer.operation_model
        context = AttributePickerContext(value, key, shape, model, model.service_model)
        return tuple(dict.fromkeys(picker.get_possible_keys(context)))

    @wrap(ResponseSerializer, "get_value")
    def get_member(original: Any, self: Any, value: Any, key: str, shape: Any) -> Any:
        place = (shape, key, type(value))
        if place not in known:
            known[place] = names_of(self, value, key, shape)
        names = known[place]
        if names is None:
            return original(self, value, key, shape)
        for name in names:
            found = get_value(value, name, MISSING)
            if found is not MISSING:
                return found
        return None


def patch_names(_: Any) -> None:
    """The actions of each service, and the services that moto has."""
    actions = functools.lru_cache(maxsize=None)(moto.core.responses.method_names_from_class)
    moto.core.responses.method_names_from_class = actions
    services = tuple(moto.backends.list_of_moto_modules())
    moto.backends.list_of_moto_modules = lambda: services
