"""The HTTP server: moto's application behind one lock, the fault table and the control API."""

from __future__ import annotations

import logging
import re
import socket
import time
import traceback
from typing import Any, Callable, Dict, Iterable, List, Tuple

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from . import control
from .authorization import asked_of
from .contract.dropped import Reads, dropped_members
from .contract.refusal import Verdict, judge
from .faults import Fault, Response, error_response, render_error, throttled_by_rate
from .patches.launch_limits import STATUSES
from .requests import AwsRequest, buffer_body, parse_request
from .world import World

StartResponse = Callable[..., Any]
logger = logging.getLogger(__name__)


class SandboxApplication:
    def __init__(self, world: World) -> None:
        self._world = world
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: Dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        started = time.monotonic()
        body = buffer_body(environ)
        if environ.get("PATH_INFO", "").startswith(control.PREFIX):
            with self._world.lock:
                self._world.ecs.advance()
                response = control.handle(self._world, environ, body)
                self._world.ecs.advance()
            return _send(start_response, response)
        request = parse_request(environ, body)
        if request.account_id:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = request.account_id
        with self._world.lock:
            fault = self._world.faults.take(request)
        if fault is None and not self._world.rates.admits(request):
            fault = throttled_by_rate()
        if fault is None:
            answer = _send(start_response, self._carry_out(environ, request, body))
        else:
            answer = self._answer_with_fault(fault, environ, request, body, start_response)
        # Outside of the lock: calls wait side by side, as they do on AWS. What moto took is in it.
        left = started + self._world.rates.latency_seconds(request) - time.monotonic()
        time.sleep(max(0.0, left))
        return answer

    def _carry_out(
        self, environ: Dict[str, Any], request: AwsRequest, body: bytes, fault: Fault | None = None
    ) -> Response:
        verdict = judge(request, environ, body)
        if verdict.refusal is None:
            return self._call_moto(environ, request, verdict, fault)
        logger.warning("%s %s: %s", request.service, request.action, verdict.refusal[2][:500])
        with self._world.lock:
            self._world.calls.record(request, verdict.refusal[0], fault.kind if fault else None, refused=True)
        return verdict.refusal

    def _call_moto(
        self, environ: Dict[str, Any], request: AwsRequest, verdict: Verdict, fault: Fault | None
    ) -> Response:
        captured: List[Any] = []
        dropped = ""
        asked: Dict[str, Any] = {}

        def capture(status: str, headers: List[Tuple[str, str]], exc_info: Any = None) -> None:
            captured[:] = [int(status.split(" ", 1)[0]), headers]

        with self._world.lock:
            try:
                self._world.ecs.advance()
                self._world.reads = Reads()
                asked = asked_of(request, verdict.sent)
                content = b"".join(self._moto(environ, capture))
                dropped = self._dropped(verdict, captured[0])
                self._world.ecs.advance()
                response: Response = (_status(request, captured[0], content), captured[1], content)
                if dropped:
                    logger.warning("%s", dropped)
            except Exception as error:  # moto raises plain exceptions for what it cannot do
                logger.error("%s %s failed\n%s", request.service, request.action, traceback.format_exc())
                message = f"the sandbox cannot answer {request.service} {request.action}: {error!r}"
                # 501, not 500: clients repeat a 500 for minutes before they tell what is missing.
                response = render_error(request.protocol, 501, "NotImplemented", message)
            self._world.calls.record(request, response[0], fault.kind if fault else None, dropped=dropped, asked=asked)
        if response[0] >= 500:
            logger.warning("%s %s: %s %s", request.service, request.action, response[0], response[2][:500])
        return response

    def _dropped(self, verdict: Verdict, status: int) -> str:
        """Which members moto would drop, in words; empty if it read or kept all of a call that went well."""
        if verdict.operation is None or status >= 400:
            return ""
        members = dropped_members(verdict.operation, verdict.sent, self._world.reads)
        if not members:
            return ""
        return (
            f"the sandbox drops {', '.join(members)} of {verdict.operation.model.service}:{verdict.operation.name}; "
            "close the gap in sandbox_aws/patches/, or give the reason in texts/dropped.json"
        )

    def _answer_with_fault(
        self,
        fault: Fault,
        environ: Dict[str, Any],
        request: AwsRequest,
        body: bytes,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        logger.info("fault %s meets %s %s", fault.kind, request.service, request.action)
        response = error_response(request, fault) if fault.kind not in ("timeout", "cut", "truncate") else None
        if fault.after or fault.kind == "truncate":
            carried_out = self._carry_out(environ, request, body, fault)
            response = response or carried_out
        else:
            with self._world.lock:
                self._world.calls.record(request, response[0] if response else 0, fault.kind)
        if fault.kind == "timeout":
            self._wait(fault)
        if fault.kind in ("timeout", "cut") or response is None:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return _send(start_response, (500, [], b""))
        if fault.kind == "truncate":
            status, headers, content = response
            response = (status, headers, content[: len(content) // 2])
        return _send(start_response, response)

    def _wait(self, fault: Fault) -> None:
        end = time.monotonic() + fault.seconds
        while time.monotonic() < end and self._world.faults.is_active(fault):
            time.sleep(0.05)


def _status(request: AwsRequest, status: int, content: bytes) -> int:
    """AWS's own status of an error; moto's is 400 for all of EC2's."""
    if request.service != "ec2" or status < 400:
        return status
    code = re.search(rb"<Code>([^<]*)</Code>", content)
    return STATUSES.get(code.group(1).decode(), status) if code else status


def _send(start_response: StartResponse, response: Response) -> Iterable[bytes]:
    status, headers, content = response
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    # The answer to HEAD has no body, and its length is that of the object.
    length = next((value for name, value in headers if name.lower() == "content-length"), "0")
    start_response(str(status), kept + [("Content-Length", str(len(content)) if content else _empty(status, length))])
    return [content]


def _empty(status: int, length: str) -> str:
    return length if status < 300 else "0"


class _Handler(WSGIRequestHandler):
    """Keeps connections open, as AWS does. werkzeug's own handler opens a connection, and a thread, for
    each call, as it can't know that the application reads every body to its end."""

    protocol_version = "HTTP/1.1"
    # Header and body leave in one write; in two, each call waits 40 ms for a delayed ACK.
    wbufsize = -1

    def run_wsgi(self) -> None:
        self.environ = self.make_environ()
        try:
            for content in self.server.app(self.environ, self._start_response):
                self.wfile.write(content)
            self.wfile.flush()
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # the client is gone
        except Exception:
            logger.error("no answer to %s\n%s", self.requestline, traceback.format_exc())
            self.close_connection = True

    def handle_expect_100(self) -> bool:
        """At once: the client sends its body only then."""
        answered = super().handle_expect_100()
        self.wfile.flush()
        return answered

    def _start_response(self, status: str, headers: List[Tuple[str, str]]) -> None:
        self.send_response(int(status))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_request(self, *args: Any, **kwargs: Any) -> None:
        """Calls are in the call log; a line for each would drown what went wrong."""


def make_sandbox_server(world: World, host: str, port: int) -> BaseWSGIServer:
    """Binds at once; port 0 picks a free one. Raises OSError if the port is taken."""
    server = make_server(host, port, SandboxApplication(world), threaded=True, request_handler=_Handler)
    server.daemon_threads = True
    return server

