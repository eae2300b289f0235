"""Subnets: the state of an IPv6 block, and what AWS refuses to delete."""

from __future__ import annotations

from typing import Any, Dict, List

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.subnets import Subnet, SubnetBackend

from .replace import replace_property, wrap


def patch_ipv6_association_state(_: Any) -> None:
    """AWS: `ipv6CidrBlockState` is `{state: associated}`. moto nests the structure once more."""

    @replace_property(Subnet, "ipv6_cidr_block_association_set")
    def association_set(_original: Any, self: Any) -> List[Dict[str, Any]]:
        return [
            {
                "Ipv6CidrBlock": association["ipv6CidrBlock"],
                "AssociationId": association["associationId"],
                "Ipv6CidrBlockState": {"State": association["ipv6CidrBlockState"]["State"]},
            }
            for association in self.ipv6_cidr_block_associations.values()
            if association["ipv6CidrBlockState"]["State"] == "associated"
        ]


def patch_ipv6_association_filter(_: Any) -> None:
    """AWS filters subnets by their IPv6 association; the provider waits with it for the block."""

    @wrap(Subnet, "get_filter_value")
    def get_filter_value(original: Any, self: Any, filter_name: str, method_name: Any = None) -> Any:
        associated = self.ipv6_cidr_block_association_set
        if filter_name == "ipv6-cidr-block-association.association-id":
            return [association["AssociationId"] for association in associated]
        if filter_name == "ipv6-cidr-block-association.ipv6-cidr-block":
            return [association["Ipv6CidrBlock"] for association in associated]
        if filter_name == "ipv6-cidr-block-association.state":
            return [association["Ipv6CidrBlockState"]["State"] for association in associated]
        return original(self, filter_name, method_name)


def patch_delete_subnet_in_use(_: Any) -> None:
    """AWS keeps a subnet while an interface is in it; moto deletes it under the interface."""

    @wrap(SubnetBackend, "delete_subnet")
    def delete_subnet(original: Any, self: Any, subnet_id: str) -> Any:
        if any(eni.subnet.id == subnet_id for eni in self.enis.values()):
            raise DependencyViolationError(
                f"The subnet '{subnet_id}' has dependencies and cannot be deleted."
            )
        return original(self, subnet_id)
