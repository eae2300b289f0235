"""Refuses what AWS refuses: every request, held to AWS's models and to the table of its prose, before moto sees it."""

from __future__ import annotations

import functools
import gzip
import io
import json
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from botocore.parsers import RpcV2CBORParser

from ..faults import Response, render_error
from ..requests import AwsRequest
from .check import Checker
from .decode import Decoder, Ec2Decoder, FormDecoder, JsonDecoder, XmlDecoder
from .models import SERVICES, Operation, find_operation, load_model
from .problems import Problem, Problems
from .rules import TEXTS, check_relation, member_rules, relations_of
from .s3 import s3_node

# Of a form, what isn't the operation's own.
_FORM_WORDS = ("Action", "Version")


@dataclass(frozen=True)
class Verdict:
    """`refusal` is AWS's error, or None; `sent` the members of the request by the model's names."""

    refusal: Optional[Response]
    sent: Dict[str, Any]
    operation: Optional[Operation]


@functools.lru_cache(maxsize=None)
def _errors() -> Dict[str, Any]:
    return json.loads((TEXTS / "errors.json").read_text("utf-8"))


@functools.lru_cache(maxsize=None)
def _checker(service: str) -> Checker:
    rules = member_rules(load_model(service))
    open_enums = _errors()["services"][service].get("openEnums", {})
    return Checker(load_model(service), lambda structure, member: rules.get((structure, member)), open_enums)


@functools.lru_cache(maxsize=None)
def _decoder(service: str, kind: type[Decoder]) -> Decoder:
    return kind(load_model(service))


def judge(request: AwsRequest, environ: Dict[str, Any], body: bytes) -> Verdict:
    """Never raises for what a client sent, whatever it is."""
    service = SERVICES.get(request.service)
    if service is None:
        message = f"the sandbox has no model of {request.service}, which contract/models.py would name"
        return Verdict(render_error(request.protocol, 501, "NotImplemented", message), {}, None)
    if environ.get("HTTP_CONTENT_ENCODING") == "gzip":
        body = gzip.decompress(body)
    problems: Problems = []
    if request.protocol == "rest-xml":
        operation, node, kind = s3_node(environ, body, problems)
    else:
        operation = find_operation(service, request.action)
        node, kind = _rpc_node(request, environ, body, problems)
    if operation is None:
        return Verdict(_unknown_operation(request, service), {}, None)
    sent = _decode(operation, node, kind, problems) if not problems else {}
    if not problems and operation.input is not None:
        _checker(service).check(operation.input, sent, problems)
        for row in _relations(operation):
            check_relation(row, sent, problems)
    refusal = _render(request, service, operation, problems) if problems else None
    return Verdict(refusal, sent, operation)


@functools.lru_cache(maxsize=None)
def _relations(operation: Operation) -> List[Dict[str, Any]]:
    return relations_of(operation.model, operation.name)


def _decode(operation: Operation, node: Any, kind: type[Decoder], problems: Problems) -> Dict[str, Any]:
    if kind is XmlDecoder:
        return node  # S3's, decoded by where its members lie
    if operation.input is None:
        problems += [Problem("unknown", name, "Member is not recognized") for name in node]
        return {}
    return _decoder(operation.model.service, kind).decode(operation.input, node, problems) or {}


def _rpc_node(
    request: AwsRequest, environ: Dict[str, Any], body: bytes, problems: Problems
) -> Tuple[Any, type[Decoder]]:
    try:
        if request.protocol == "json":
            if environ.get("CONTENT_TYPE", "").startswith("application/cbor"):
                stream = io.BufferedReader(io.BytesIO(body))  # type: ignore[arg-type]
                return (RpcV2CBORParser().parse_data_item(stream) if body else {}), JsonDecoder
            return (json.loads(body) if body else {}), JsonDecoder
        text = body.decode("utf-8") or environ.get("QUERY_STRING", "")
        return form_tree(text), Ec2Decoder if request.protocol == "ec2" else FormDecoder
    except (ValueError, ElementTree.ParseError) as error:
        problems.append(Problem("malformed", "", f"can't be read: {error}"))
        return {}, JsonDecoder


def form_tree(text: str) -> Dict[str, Any]:
    """`a.1.b=c` as `{a: {1: {b: c}}}`. Raises ValueError for a name that has both a value and members."""
    tree: Dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in _FORM_WORDS:
            continue
        *steps, last = name.split(".")
        branch = tree
        for each in steps:
            branch = branch.setdefault(each, {})
            if not isinstance(branch, dict):
                raise ValueError(f"{name} is below a value")
        if last in branch:
            raise ValueError(f"{name} is there twice")
        branch[last] = value
    return tree


def _unknown_operation(request: AwsRequest, service: str) -> Response:
    code, status = _errors()["protocols"][request.protocol]["unknownAction"]
    return render_error(request.protocol, status, code, f"The action {request.action} is not valid for this endpoint.")


def _render(request: AwsRequest, service: str, operation: Operation, problems: Problems) -> Response:
    """As the API words it. The first problem gives the code; where the API lists them all, so do we."""
    errors = _errors()["services"][service]
    first = problems[0]
    code = first.code or errors.get(first.kind) or errors["invalid"]
    return render_error(request.protocol, first.status, code, _message(service, problems))


def _message(service: str, problems: Problems) -> str:
    wordings = _errors()["words"]
    words = wordings.get(service, wordings["others"])
    first = problems[0]
    template = words.get(first.kind, words["invalid"])
    told = {"count": len(problems), "path": first.path, "value": _short(first.value), "constraint": first.constraint}
    if words is not wordings["others"] or first.kind == "malformed":
        return template.format(**told)
    details = "; ".join(
        words["detail"].format(
            # Coral's way: names begin small, and a value that isn't there has no quotes.
            path=each.path[:1].lower() + each.path[1:],
            value="null" if each.value is None else f"'{_short(each.value)}'",
            constraint=each.constraint,
        )
        for each in problems
    )
    plural = "s" if len(problems) > 1 else ""
    return words["invalid"].format(count=len(problems), plural=plural, details=details)


def _short(value: Any) -> str:
    text = "null" if value is None else str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"
