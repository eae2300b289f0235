"""Policies: which elements and principals each kind has, and what a role may hold."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List, Optional

from moto.iam.exceptions import LimitExceededException, MalformedPolicyDocument, NoSuchEntity
from moto.iam.models import IAMBackend
from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend

from .replace import wrap

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_MOST_INLINE = 10240
_PRINCIPALS = {
    "AWS": re.compile(r"\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)/.+)"),
    "CanonicalUser": re.compile(r"[0-9a-f]{64}"),
    "Federated": re.compile(r"arn:[\w-]+:iam::\d{12}:(oidc|saml)-provider/.+|[\w.-]+\.[a-z]+"),
    "Service": re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?"),
}


def patch_role_policies(_: Any) -> None:
    """AWS has no principal in a role's own policies, which hold 10,240 characters in all, and none but a principal and
    no resource in its trust policy. A boundary must be there."""

    @wrap(IAMBackend, "put_role_policy")
    def put_role_policy(original: Any, self: Any, role_name: str, policy_name: str, policy_json: str) -> None:
        if any("Principal" in each or "NotPrincipal" in each for each in _statements(policy_json)):
            raise MalformedPolicyDocument("Policy document should not specify a principal.")
        others = [text for name, text in self.get_role(role_name).policies.items() if name != policy_name]
        if sum(len(re.sub(r"\s", "", text)) for text in [*others, policy_json]) > _MOST_INLINE:
            raise LimitExceededException(f"Maximum policy size of {_MOST_INLINE} bytes exceeded for role {role_name}")
        original(self, role_name, policy_name, policy_json)

    @wrap(IAMBackend, "create_role")
    def create_role(
        original: Any, self: Any, role_name: str, document: str, path: str, boundary: Any, *args: Any, **kwargs: Any
    ) -> Any:
        _require_trust(document)
        if boundary and boundary not in self.managed_policies:
            raise NoSuchEntity(f"Scope ARN: {boundary} does not exist or is not attachable.")
        return original(self, role_name, document, path, boundary, *args, **kwargs)

    @wrap(IAMBackend, "update_assume_role_policy")
    def update_assume_role_policy(original: Any, self: Any, role_name: str, document: str) -> None:
        _require_trust(document)
        original(self, role_name, document)


def patch_bucket_policies(_: Any) -> None:
    """AWS has in a bucket's policy principals that there are, actions of S3 and resources of the bucket, to which the
    actions apply, and opens no bucket whose public policies are blocked."""

    @wrap(S3Backend, "put_bucket_policy")
    def put_bucket_policy(original: Any, self: Any, bucket_name: str, policy: Any) -> None:
        text = policy.decode() if isinstance(policy, bytes) else policy
        for problem in _bucket_problems(bucket_name, _statements(text)):
            raise S3ClientError("MalformedPolicy", problem)
        block = self.get_bucket(bucket_name).public_access_block
        blocked = block is not None and str(getattr(block, "block_public_policy", "")).lower() == "true"
        if blocked and any(_is_public(each) for each in _statements(text)):
            raise S3ClientError("AccessDenied", "public policies are blocked by the BlockPublicPolicy setting")
        original(self, bucket_name, policy)


def _require_trust(document: str) -> None:
    for statement in _statements(document):
        if "Resource" in statement or "NotResource" in statement:
            raise MalformedPolicyDocument("Has prohibited field Resource")
        if "Principal" not in statement and "NotPrincipal" not in statement:
            raise MalformedPolicyDocument("Missing required field Principal")
        unknown = _unknown_principal(statement)
        if unknown:
            raise MalformedPolicyDocument(f"Invalid principal in policy: {unknown}")


def _bucket_problems(bucket: str, statements: List[Dict[str, Any]]) -> Iterator[str]:
    own = re.compile(rf"arn:[\w-]+:s3:::{re.escape(bucket)}(/.*)?")
    for statement in statements:
        actions, resources = _listed(statement.get("Action")), _listed(statement.get("Resource"))
        if "Principal" not in statement and "NotPrincipal" not in statement:
            yield "Missing required field Principal"
        elif _unknown_principal(statement):
            yield "Invalid principal in policy"
        elif not all(action == "*" or action.lower().startswith("s3:") for action in actions):
            yield "Policy has invalid action"
        elif not all(own.fullmatch(each) for each in resources):
            yield "Policy has invalid resource"
        elif all("*" not in each and "Object" in each for each in actions) and not any("/" in each for each in resources):
            yield "Action does not apply to any resource(s) in statement"


def _is_public(statement: Dict[str, Any]) -> bool:
    everybody = statement.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]})
    return everybody and statement.get("Effect") == "Allow" and not statement.get("Condition")


def _unknown_principal(statement: Dict[str, Any]) -> Optional[str]:
    """E.g. `"SERVICE":"nobody"`; None where all are of a form that AWS knows."""
    principal = statement.get("Principal", statement.get("NotPrincipal"))
    if principal == "*":
        return None
    for kind, names in (principal if isinstance(principal, dict) else {"AWS": principal}).items():
        for name in _listed(names):
            if kind not in _PRINCIPALS or not (name == "*" or _PRINCIPALS[kind].fullmatch(name)):
                return f'"{kind.upper()}":"{name}"'
    return None


def _statements(document: str) -> List[Dict[str, Any]]:
    try:
        found = json.loads(document).get("Statement") or []
    except (AttributeError, ValueError):
        return []  # which the caller refuses by itself
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


def _listed(value: Any) -> List[str]:
    return [] if value is None else [str(each) for each in (value if isinstance(value, list) else [value])]
