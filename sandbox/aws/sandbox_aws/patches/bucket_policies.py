"""Bucket policies: which of their statements are about a request at all."""

from __future__ import annotations

import json
from typing import Any, Dict

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from .replace import wrap


def patch_bucket_policies(_: Any) -> None:
    """AWS applies a statement to its principals, under its conditions; moto to everybody, always.

    Requests to the local AWS count as secure: on AWS they come by TLS, and here nobody listens.
    """

    @wrap(FakeBucket, "get_permission")
    def get_permission(_original: Any, self: Any, action: str, resource: str) -> Any:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy)
        statements = policy.get("Statement", [])
        statements = statements if isinstance(statements, list) else [statements]
        applying = [each for each in statements if _applies(each)]
        if not applying:
            return PermissionResult.NEUTRAL
        document = {**policy, "Statement": applying}
        return IAMPolicy(json.dumps(document)).is_action_permitted(action, resource)


def _applies(statement: Dict[str, Any]) -> bool:
    principal = statement.get("Principal")
    if isinstance(principal, dict) and set(principal) == {"Service"}:
        return False
    secure = statement.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport")
    return str(secure).lower() != "false"
