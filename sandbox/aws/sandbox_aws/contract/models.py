"""AWS's own API models, as botocore brings them: which operation a request is, and of which shape."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Set, Tuple

from botocore.loaders import Loader

# The folder in botocore of each API that the sandbox answers, by the name that its requests are signed for.
SERVICES = {
    "ec2": "ec2",
    "ecs": "ecs",
    "elasticloadbalancing": "elbv2",
    "iam": "iam",
    "kms": "kms",
    "logs": "logs",
    "monitoring": "cloudwatch",
    "s3": "s3",
    "servicequotas": "service-quotas",
    "sns": "sns",
    "ssm": "ssm",
    "sts": "sts",
}


@dataclass(frozen=True, eq=False)
class Model:
    service: str
    operations: Dict[str, Any]
    shapes: Dict[str, Any]


@dataclass(frozen=True, eq=False)
class Operation:
    model: Model
    name: str
    http: Dict[str, Any]
    # The name of the input's shape; None where the operation takes nothing.
    input: Optional[str]


@functools.lru_cache(maxsize=None)
def load_model(service: str) -> Model:
    description = Loader().load_service_model(service, "service-2")
    return Model(service, description["operations"], description["shapes"])


@functools.lru_cache(maxsize=None)
def find_operation(service: str, action: str) -> Optional[Operation]:
    model = load_model(service)
    operation = model.operations.get(action)
    if operation is None:
        return None
    return Operation(model, action, operation["http"], operation.get("input", {}).get("shape"))


@dataclass(frozen=True, eq=False)
class Route:
    """Where an operation of S3's lies: method, path's labels, and parameters that only it has."""

    operation: Operation
    fixed: Dict[str, str]
    # Whether it needs a source to copy from, which tells CopyObject from PutObject.
    copied: bool
    # Parameters of the query that it can't be without; they tell UploadPart from PutObject.
    parameters: Set[str]


def find_s3_operation(
    method: str, path: str, query: Dict[str, str], headers: Dict[str, str]
) -> Tuple[Optional[Operation], Dict[str, str]]:
    """The operation, the most special one that fits, and its path's labels: path-style only."""
    bucket, _, key = path.lstrip("/").partition("/")
    labels = {name: value for name, value in (("Bucket", bucket), ("Key", key)) if value}
    fitting = [
        route
        for route in _s3_routes().get((method, *labels), [])
        if all(query.get(name) == value for name, value in route.fixed.items())
        and route.copied == ("x-amz-copy-source" in headers)
        and route.parameters <= query.keys()
    ]
    best = max(fitting, key=lambda route: len(route.fixed) + len(route.parameters), default=None)
    return (best.operation if best else None), labels


@functools.lru_cache(maxsize=None)
def _s3_routes() -> Dict[Tuple[str, ...], List[Route]]:
    routes: Dict[Tuple[str, ...], List[Route]] = {}
    for method, labels, route in _routes_of(load_model("s3")):
        routes.setdefault((method, *labels), []).append(route)
    return routes


def _routes_of(model: Model) -> Iterator[Tuple[str, List[str], Route]]:
    for name in model.operations:
        operation = find_operation("s3", name)
        assert operation is not None
        path, _, fixed = operation.http["requestUri"].partition("?")
        labels = re.findall(r"\{(\w+)\+?\}", path)
        if re.sub(r"\{\w+\+?\}|/", "", path):
            continue  # not of buckets and objects
        if model.operations[name].get("deprecated"):
            continue  # its successor lies at the same place
        # `x-id` only repeats the operation's name, and not every client sends it.
        fixed_of = {pair.partition("=")[0]: pair.partition("=")[2] for pair in fixed.split("&") if pair}
        fixed_of.pop("x-id", None)
        shape = model.shapes.get(operation.input or "", {})
        required = [shape["members"][member] for member in shape.get("required", [])]
        copied = "x-amz-copy-source" in (reference.get("locationName") for reference in required)
        parameters = {each["locationName"] for each in required if each.get("location") == "querystring"}
        yield operation.http["method"], labels, Route(operation, fixed_of, copied, parameters)
