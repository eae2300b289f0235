"""Tells which AWS service, action, account and region a raw HTTP request is for."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any, Dict, Optional
from urllib.parse import parse_qs

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/(\d+)/([^/]+)/([^/]+)/aws4_request")
_ACCOUNT_KEY = re.compile(r"^\d{12}$")

# Sub-resources of a bucket or an object that name an S3 operation of their own.
_S3_SUBRESOURCES = (
    "accelerate acl cors encryption lifecycle location logging notification object-lock "
    "ownershipControls policy policyStatus publicAccessBlock replication requestPayment tagging "
    "versioning versions website uploads delete"
).split()


@dataclass(frozen=True)
class AwsRequest:
    """One call, as AWS names it: `service` is the signing name (`ec2`, `elasticloadbalancing`)."""

    service: str
    action: str
    region: str
    access_key: str
    protocol: str  # "ec2", "query", "json" or "rest-xml": the form of its errors
    # True for a read of EC2's that names neither ids nor filters nor a page's size.
    reads_all: bool = False
    # True for a call of EC2's that only asks whether it would be allowed.
    dry_run: bool = False

    @property
    def account_id(self) -> Optional[str]:
        """The account that a 12-digit access key stands for; None for any other key."""
        return self.access_key if _ACCOUNT_KEY.match(self.access_key) else None

    @property
    def mutating(self) -> bool:
        return not self.dry_run and not re.match(r"(Describe|Get|List|Head|Batch(Get|Check)|Lookup|Search|Validate)", self.action)


def buffer_body(environ: Dict[str, Any]) -> bytes:
    """Reads the whole body, so that a slow client never holds the lock, and puts it back."""
    length = environ.get("CONTENT_LENGTH")
    if length:
        body = environ["wsgi.input"].read(int(length))
    elif environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
    else:
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return body


def parse_request(environ: Dict[str, Any], body: bytes) -> AwsRequest:
    match = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    access_key, _, region, service = match.groups() if match else ("", "", "", "")
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        return AwsRequest(service or target.split(".")[0], target.split(".")[-1], region, access_key, "json")
    if service == "s3" or not service:
        return AwsRequest(service or "s3", _s3_action(environ), region, access_key, "rest-xml")
    form: Dict[str, Any] = {}
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        form = parse_qs(body.decode("utf-8", "replace"))
    action = (form.get("Action") or parse_qs(environ.get("QUERY_STRING", "")).get("Action") or [""])[0]
    if not action:
        path = environ.get("PATH_INFO", "/")
        rpc = re.search(r"/operation/(\w+)$", path)
        action = rpc.group(1) if rpc else f"{environ['REQUEST_METHOD']} {path}"
        return AwsRequest(service, action, region, access_key, "json")
    if service == "ec2":
        reads_all = not any(re.match(r"(Filter\.|MaxResults$|\w+Id\.)", name) for name in form)
        dry_run = form.get("DryRun") == ["true"]
        return AwsRequest(service, action, region, access_key, "ec2", reads_all, dry_run)
    return AwsRequest(service, action, region, access_key, "query")


def _s3_action(environ: Dict[str, Any]) -> str:
    """A name such as `PutBucketPolicy` or `GetObject`, near enough to S3's own."""
    verb = {"GET": "Get", "HEAD": "Head", "PUT": "Put", "POST": "Post", "DELETE": "Delete"}
    method = verb.get(environ["REQUEST_METHOD"], environ["REQUEST_METHOD"].title())
    parts = environ.get("PATH_INFO", "/").strip("/").split("/", 1)
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    subresource = next((name for name in _S3_SUBRESOURCES if name in query), "")
    subresource = subresource[:1].upper() + subresource[1:]
    if parts == [""]:
        return "ListBuckets"
    if len(parts) == 1 or not parts[1]:
        if method == "Get" and not subresource:
            return "ListObjects"
        if method == "Put" and not subresource:
            return "CreateBucket"
        return f"{method}Bucket{subresource}"
    return f"{method}Object{subresource}"
