"""What came over the wire, as values by the model's names of members.

`Decoder.decode` takes a node of the protocol's own (a tree of a form's dotted names, JSON's or CBOR's values, an
XML element) and tells each member that the model doesn't have, and each value that isn't of its type.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Callable, Dict, Optional, Tuple
from xml.etree.ElementTree import Element

from .models import Model
from .problems import Path, Problem, Problems, step

Reference = Dict[str, Any]
# A node's items: (name on the wire, node), in their order.
Decode = Callable[[Any, Path, Problems], Any]

_MALFORMED = object()
_TRUE_OR_FALSE = {"true": True, "false": False}


class Decoder:
    """Of one API and one protocol. Decoders of shapes are compiled once, when they are first needed."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._compiled: Dict[Tuple[str, str], Decode] = {}

    def decode(self, shape: str, node: Any, problems: Problems) -> Any:
        return self.decoder({"shape": shape})(node, "", problems)

    def decoder(self, reference: Reference) -> Decode:
        shape = self._model.shapes[reference["shape"]]
        # What of the reference itself decides how a list or a map lies on the wire.
        place = f"{reference.get('locationName', '')} {reference.get('flattened', False)}"
        key = (reference["shape"], place)
        if key not in self._compiled:
            # Shapes contain themselves: the name stands in until its decoder is there.
            self._compiled[key] = lambda node, path, problems: self._compiled[key](node, path, problems)
            compile_kind = getattr(self, f"_{shape['type']}", self._scalar)
            self._compiled[key] = compile_kind(shape, reference)
        return self._compiled[key]

    def wire_name(self, name: str, reference: Reference) -> str:
        return reference.get("locationName", name)

    def _structure(self, shape: Dict[str, Any], _reference: Reference) -> Decode:
        references = shape["members"]
        names = {self.wire_name(name, reference): name for name, reference in references.items()}
        decoders: Dict[str, Decode] = {}
        if shape.get("document"):
            return lambda node, path, problems: node

        def decode(node: Any, path: Path, problems: Problems) -> Any:
            members = self.members(node)
            if members is None:
                return _malformed(path, "a structure", node, problems)
            value = {}
            for wire_name, member in members.items():
                name = names.get(wire_name)
                if name is None:
                    problems.append(Problem("unknown", step(path, wire_name), "Member is not recognized"))
                    continue
                if member is None:
                    continue  # null is as good as absent
                if name not in decoders:
                    decoders[name] = self.decoder(references[name])
                value[name] = decoders[name](member, step(path, name), problems)
            return value

        return decode

    def _list(self, shape: Dict[str, Any], reference: Reference) -> Decode:
        decode_item = self.decoder(shape["member"])

        def decode(node: Any, path: Path, problems: Problems) -> Any:
            items = self.items(node, shape, reference)
            if items is None:
                return _malformed(path, "a list", node, problems)
            return [decode_item(item, step(path, index), problems) for index, item in enumerate(items)]

        return decode

    def _map(self, shape: Dict[str, Any], reference: Reference) -> Decode:
        decode_value = self.decoder(shape["value"])

        def decode(node: Any, path: Path, problems: Problems) -> Any:
            entries = self.entries(node, shape, reference)
            if entries is None:
                return _malformed(path, "a map", node, problems)
            return {key: decode_value(value, step(path, key), problems) for key, value in entries.items()}

        return decode

    def _scalar(self, shape: Dict[str, Any], _reference: Reference) -> Decode:
        kind = shape["type"]

        def decode(node: Any, path: Path, problems: Problems) -> Any:
            value = self.scalar(node, kind)
            return _malformed(path, f"a {kind}", node, problems) if value is _MALFORMED else value

        return decode

    # What differs between protocols; None where a node isn't of the kind that is asked for.
    def members(self, node: Any) -> Optional[Dict[str, Any]]:
        raise NotImplementedError

    def items(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[list[Any]]:
        raise NotImplementedError

    def entries(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[Dict[str, Any]]:
        raise NotImplementedError

    def scalar(self, node: Any, kind: str) -> Any:
        raise NotImplementedError


def _malformed(path: Path, wanted: str, node: Any, problems: Problems) -> None:
    problems.append(Problem("malformed", path, f"must be {wanted}", str(node)))


def scalar_of_text(text: Any, kind: str) -> Any:
    if not isinstance(text, str):
        return _MALFORMED
    try:
        if kind == "boolean":
            return _TRUE_OR_FALSE.get(text.lower(), _MALFORMED)
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
        if kind == "blob":
            return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return _MALFORMED
    return text


class JsonDecoder(Decoder):
    """JSON and CBOR."""

    def members(self, node: Any) -> Optional[Dict[str, Any]]:
        return node if isinstance(node, dict) else None

    def items(self, node: Any, _shape: Dict[str, Any], _reference: Reference) -> Optional[list[Any]]:
        return node if isinstance(node, list) else None

    def entries(self, node: Any, _shape: Dict[str, Any], _reference: Reference) -> Optional[Dict[str, Any]]:
        return node if isinstance(node, dict) else None

    def scalar(self, node: Any, kind: str) -> Any:
        if kind == "blob":
            return node if isinstance(node, bytes) else scalar_of_text(node, kind)
        if kind == "timestamp":
            return node
        if kind == "string":
            return node if isinstance(node, str) else _MALFORMED
        if kind == "boolean":
            return node if isinstance(node, bool) else _MALFORMED
        number = not isinstance(node, bool) and isinstance(node, (int, float))
        if kind in ("integer", "long"):
            return node if number and node == int(node) else _MALFORMED
        return node if number else _MALFORMED


class FormDecoder(Decoder):
    """The query protocol: `Tags.member.1.Key=…`."""

    def members(self, node: Any) -> Optional[Dict[str, Any]]:
        return node if isinstance(node, dict) else None

    def items(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[list[Any]]:
        if node == "":
            return []  # how an empty list is sent
        if not (shape.get("flattened") or reference.get("flattened")):
            node = _only(node, shape["member"].get("locationName", "member"))
        return _numbered(node)

    def entries(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[Dict[str, Any]]:
        if node == "":
            return {}
        if not (shape.get("flattened") or reference.get("flattened")):
            node = _only(node, "entry")
        pairs = _numbered(node)
        if pairs is None:
            return None
        key = shape["key"].get("locationName", "key")
        value = shape["value"].get("locationName", "value")
        if any(not isinstance(pair, dict) or set(pair) != {key, value} for pair in pairs):
            return None
        return {pair[key]: pair[value] for pair in pairs}

    def scalar(self, node: Any, kind: str) -> Any:
        return scalar_of_text(node, kind)


class Ec2Decoder(FormDecoder):
    """EC2's own: `TagSpecification.1.Tag.1.Key=…`."""

    def wire_name(self, name: str, reference: Reference) -> str:
        if "queryName" in reference:
            return reference["queryName"]
        name = reference.get("locationName", name)
        return name[:1].upper() + name[1:]

    def items(self, node: Any, _shape: Dict[str, Any], _reference: Reference) -> Optional[list[Any]]:
        return [] if node == "" else _numbered(node)


class XmlDecoder(Decoder):
    """S3's bodies."""

    def members(self, node: Any) -> Optional[Dict[str, Any]]:
        members: Dict[str, Any] = {name.partition("}")[2] or name: value for name, value in node.items()}
        # Attributes of namespaces, such as Grantee's type, are named with their prefix in the model.
        members = {"xsi:type" if name == "type" else name: value for name, value in members.items()}
        for child in node:
            members.setdefault(local_name(child), []).append(child)
        return members

    def items(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[list[Any]]:
        if shape.get("flattened") or reference.get("flattened"):
            return node
        name = shape["member"].get("locationName", "member")
        children = [child for each in node for child in each]
        return children if all(local_name(child) == name for child in children) else None

    def entries(self, node: Any, shape: Dict[str, Any], reference: Reference) -> Optional[Dict[str, Any]]:
        return None  # S3 has no maps in its bodies

    def scalar(self, node: Any, kind: str) -> Any:
        return scalar_of_text(node if isinstance(node, str) else node.text or "", kind)

    def decoder(self, reference: Reference) -> Decode:
        """Members come as lists of elements; all but lists have one."""
        decode = super().decoder(reference)
        if self._model.shapes[reference["shape"]]["type"] == "list":
            return decode

        def decode_one(node: Any, path: Path, problems: Problems) -> Any:
            if not isinstance(node, list):
                return decode(node, path, problems)
            if len(node) != 1:
                return _malformed(path, "there once", len(node), problems)
            return decode(node[0], path, problems)

        return decode_one


def local_name(element: Element) -> str:
    return element.tag.partition("}")[2] or element.tag


def _only(node: Any, name: str) -> Any:
    return node[name] if isinstance(node, dict) and set(node) == {name} else None


def _numbered(node: Any) -> Optional[list[Any]]:
    """The items of `1`, `2`, …: in the order of their numbers, which may have gaps."""
    if not isinstance(node, dict) or not all(name.isdigit() for name in node):
        return None
    return [node[name] for name in sorted(node, key=int)]
