"""Faults to order: the next calls of an action fail as they can fail on AWS."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple
from xml.sax.saxutils import escape

from .requests import AwsRequest

KINDS = ("error500", "throttle", "denied", "error", "timeout", "cut", "truncate")


@dataclass
class Fault:
    """See `README.md` of the sandbox for what each kind does."""

    id: str
    service: str
    action: str
    kind: str
    remaining: Optional[int]  # None: until cleared
    skip: int = 0  # calls to let pass first
    after: bool = False  # the call is carried out, and only its answer is lost
    seconds: float = 60
    code: str = "InternalError"
    message: str = "ordered by a test"
    status: int = 400
    hits: int = 0

    def matches(self, request: AwsRequest) -> bool:
        return self.service in ("*", request.service) and self.action in ("*", request.action)


def throttled_by_rate() -> Fault:
    """What a call meets that comes faster than AWS's rate limits allow."""
    return Fault(id="rate", service="*", action="*", kind="throttle", remaining=None)


class FaultTable:
    def __init__(self) -> None:
        self._faults: List[Fault] = []

    def add(self, spec: Dict[str, Any]) -> Fault:
        """Adds a fault from its JSON form. Raises ValueError with what is wrong."""
        kind = spec.get("kind")
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
        times = spec.get("times", 1)
        if times is not None and (not isinstance(times, int) or times < 1):
            raise ValueError(f"times must be a whole number from 1, or null for ever, got {times!r}")
        fault = Fault(
            id=uuid.uuid4().hex[:8],
            service=spec.get("service", "*"),
            action=spec.get("action", "*"),
            kind=kind,
            remaining=times,
            skip=int(spec.get("skip", 0)),
            after=bool(spec.get("after", False)),
            seconds=float(spec.get("seconds", 60)),
            code=spec.get("code", "InternalError"),
            message=spec.get("message", "ordered by a test"),
            status=int(spec.get("status", 400)),
        )
        self._faults.append(fault)
        return fault

    def take(self, request: AwsRequest) -> Optional[Fault]:
        """The fault that this call meets, counted as used; None if it meets none."""
        for fault in self._faults:
            if not fault.matches(request) or fault.remaining == 0:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            if fault.remaining is not None:
                fault.remaining -= 1
            return fault
        return None

    def clear(self) -> None:
        self._faults.clear()

    def is_active(self, fault: Fault) -> bool:
        return fault in self._faults

    def describe(self) -> List[Dict[str, Any]]:
        return [dict(vars(fault)) for fault in self._faults]


Response = Tuple[int, List[Tuple[str, str]], bytes]

# What each API calls the error: (HTTP status, code). EC2 and S3 say 503 where others say 400.
_ERRORS: Dict[str, Dict[str, Tuple[int, str, str]]] = {
    "ec2": {
        "error500": (500, "InternalError", "An internal error has occurred"),
        "throttle": (503, "RequestLimitExceeded", "Request limit exceeded."),
        "denied": (403, "UnauthorizedOperation", "You are not authorized to perform this operation."),
    },
    "query": {
        "error500": (500, "InternalFailure", "An internal error has occurred"),
        "throttle": (400, "Throttling", "Rate exceeded"),
        "denied": (403, "AccessDenied", "User is not authorized to perform this operation"),
    },
    "json": {
        "error500": (500, "InternalServerError", "An internal error has occurred"),
        "throttle": (400, "ThrottlingException", "Rate exceeded"),
        "denied": (400, "AccessDeniedException", "User is not authorized to perform this operation"),
    },
    "rest-xml": {
        "error500": (500, "InternalError", "We encountered an internal error. Please try again."),
        "throttle": (503, "SlowDown", "Please reduce your request rate."),
        "denied": (403, "AccessDenied", "Access Denied"),
    },
}


def error_response(request: AwsRequest, fault: Fault) -> Response:
    """The error as the API in question words it."""
    if fault.kind == "error":
        status, code, message = fault.status, fault.code, fault.message
    else:
        status, code, message = _ERRORS[request.protocol][fault.kind]
        if request.service == "ecs" and fault.kind == "error500":
            code = "ServerException"
        if request.service == "elasticloadbalancing" and fault.kind == "throttle":
            code = "ThrottlingException"
    return render_error(request.protocol, status, code, message)


def render_error(protocol: str, status: int, code: str, message: str) -> Response:
    request_id = str(uuid.uuid4())
    headers = [("x-amzn-RequestId", request_id)]
    if protocol == "json":
        body = json.dumps({"__type": code, "message": message})
        headers += [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-ErrorType", code)]
        return status, headers, body.encode()
    code, message = escape(code), escape(message)
    error = f"<Code>{code}</Code><Message>{message}</Message>"
    if protocol == "ec2":
        body = f"<Response><Errors><Error>{error}</Error></Errors><RequestID>{request_id}</RequestID></Response>"
    elif protocol == "query":
        kind = "Sender" if status < 500 else "Receiver"
        body = (
            f"<ErrorResponse><Error><Type>{kind}</Type>{error}</Error>"
            f"<RequestId>{request_id}</RequestId></ErrorResponse>"
        )
    else:
        body = f"<Error>{error}<RequestId>{request_id}</RequestId></Error>"
    headers.append(("Content-Type", "text/xml;charset=UTF-8"))
    return status, headers, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
