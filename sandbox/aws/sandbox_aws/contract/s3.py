"""S3's requests: members in the path, the query, headers and an XML body."""

from __future__ import annotations

import functools
from typing import Any, Dict, Iterator, Optional, Tuple
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from .decode import XmlDecoder, local_name, scalar_of_text
from .models import Operation, find_s3_operation, load_model
from .problems import Problem, Problems

# Headers below x-amz- that belong to signing, to the SDK and to how a body is sent, not to an operation.
_TRANSPORT_HEADERS = (
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-decoded-content-length",
    "x-amz-security-token",
    "x-amz-trailer",
    "x-amz-user-agent",
)
# Parameters of the query that only name the operation or sign it.
_TRANSPORT_PARAMETERS = ("x-id",)


def s3_node(
    environ: Dict[str, Any], body: bytes, problems: Problems
) -> Tuple[Optional[Operation], Dict[str, Any], type[XmlDecoder]]:
    """The operation and its members by the model's names."""
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    headers = dict(_headers(environ))
    operation, labels = find_s3_operation(environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/"), query, headers)
    if operation is None or operation.input is None:
        return operation, {}, XmlDecoder
    shape = operation.model.shapes[operation.input]
    places = {"uri": labels, "querystring": query, "header": headers}
    value: Dict[str, Any] = {}
    known = {"querystring": set(_TRANSPORT_PARAMETERS), "header": set(_TRANSPORT_HEADERS)}
    prefixes = []
    for name, reference in shape["members"].items():
        place = reference.get("location")
        if place == "headers":
            prefixes.append(reference["locationName"].lower())
        if place not in places:
            continue
        wire_name = reference["locationName"].lower() if place == "header" else reference["locationName"]
        known.setdefault(place, set()).add(wire_name)
        if wire_name in places[place]:
            text = places[place][wire_name]
            value[name] = _parameter(operation, reference, text, name, problems)
    known["querystring"] |= {pair.partition("=")[0] for pair in _fixed(operation).split("&")}
    for parameter in query.keys() - known["querystring"]:
        problems.append(Problem("unknown", parameter, "Member is not recognized", query[parameter]))
    for header in headers.keys() - known["header"]:
        if header.startswith("x-amz-") and not header.startswith(("x-amz-checksum-", "x-amz-sdk-", *prefixes)):
            problems.append(Problem("unknown", header, "Member is not recognized", headers[header]))
    _read_body(operation, shape, body, value, problems)
    return operation, value, XmlDecoder


def _headers(environ: Dict[str, Any]) -> Iterator[Tuple[str, str]]:
    for name, value in environ.items():
        if isinstance(value, str) and (name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")):
            yield name.removeprefix("HTTP_").replace("_", "-").lower(), value


def _fixed(operation: Operation) -> str:
    return operation.http["requestUri"].partition("?")[2]


def _parameter(operation: Operation, reference: Dict[str, Any], text: str, name: str, problems: Problems) -> Any:
    kind = operation.model.shapes[reference["shape"]]["type"]
    if kind == "list":
        return text.split(",")
    value = scalar_of_text(text, kind)
    if kind != "string" and value is not text and not isinstance(value, (bool, int, float, bytes)):
        problems.append(Problem("invalid", name, f"Member must be a {kind}", text))
        return None
    return value


def _read_body(
    operation: Operation, shape: Dict[str, Any], body: bytes, value: Dict[str, Any], problems: Problems
) -> None:
    payload = shape.get("payload")
    if payload is None:
        return
    reference = shape["members"][payload]
    kind = operation.model.shapes[reference["shape"]]["type"]
    if kind in ("blob", "string"):
        value[payload] = body if kind == "blob" else body.decode("utf-8", "replace")
        return
    if not body:
        return
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        problems.append(Problem("malformed", payload, f"must be XML: {error}"))
        return
    if local_name(root) != reference.get("locationName", payload):
        problems.append(Problem("unknown", local_name(root), "Member is not recognized"))
        return
    value[payload] = _decoder().decoder(reference)(root, payload, problems)


@functools.lru_cache(maxsize=None)
def _decoder() -> XmlDecoder:
    return XmlDecoder(load_model("s3"))
