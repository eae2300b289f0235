"""What AWS would look at to allow a call or not: what it sends, and what the resources that it names are."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends

from .requests import AwsRequest

_EC2_ID = re.compile(r"(eipalloc|eipassoc|eni|eni-attach|i|igw|rtb|rtbassoc|sg|sgr|subnet|vol|vpc)-[0-9a-f]{8,17}")
DEFAULT_ACCOUNT = "123456789012"


def asked_of(request: AwsRequest, sent: Dict[str, Any]) -> Dict[str, Any]:
    """`{sent, held}`: the members, and by id or role's name what they are about, as it was before the call:
    `{tags}`, of an interface also its subnet and groups; of a role `{boundary}`."""
    account = request.account_id or DEFAULT_ACCOUNT
    held: Dict[str, Any] = {}
    if request.service == "ec2":
        backend = ec2_backends[account][request.region]
        for named in set(_identifiers(sent)):
            for identifier in _resources(backend, named):
                held[identifier] = _described(backend, identifier)
    if request.service == "iam" and "RoleName" in sent:
        roles = iam_backends[account]["aws"].roles.values()
        role = next((each for each in roles if each.name == sent["RoleName"]), None)
        held[sent["RoleName"]] = {"boundary": role.permissions_boundary_arn if role else None}
    return {"sent": sent, "held": held}


def _identifiers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _identifiers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _identifiers(item)
    elif isinstance(value, str) and _EC2_ID.fullmatch(value):
        yield value


def _described(backend: Any, identifier: str) -> Dict[str, Any]:
    described: Dict[str, Any] = {"tags": dict(backend.tags[identifier])}
    eni = backend.enis.get(identifier)
    if eni is not None:
        described["subnet"] = _described(backend, eni.subnet.id)
        described["groups"] = {group.id: _described(backend, group.id) for group in eni.group_set}
    return described


def _resources(backend: Any, identifier: str) -> List[str]:
    """IAM knows no associations and attachments, but what is associated and attached."""
    if identifier.startswith("eipassoc-"):
        addresses = [each for each in backend.addresses if each.association_id == identifier]
        return [each.allocation_id for each in addresses] + [each.eni.id for each in addresses if each.eni]
    if identifier.startswith("eni-attach-"):
        enis = [each for each in backend.enis.values() if each.attachment_id == identifier]
        return [each.id for each in enis] + [each.instance.id for each in enis if each.instance]
    if identifier.startswith("rtbassoc-"):
        tables = backend.route_tables.values()
        return [each.id for each in tables if identifier in each.all_associations_ids]
    return [identifier]
