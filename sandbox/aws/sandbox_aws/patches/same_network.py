"""What belongs together in EC2: groups, gateways, route tables and addresses of one network, and what is in use."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List

from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.route_tables import RouteBackend
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ec2.responses.security_groups import SecurityGroups
from moto.ec2.responses.tags import TagResponse
from moto.servicequotas.models import servicequotas_backends

from .replace import wrap

# Security groups per network interface.
_GROUPS_QUOTA = ("vpc", "L-2AFB9258")
_PROTOCOLS = ("-1", "tcp", "udp", "icmp", "icmpv6")


def require_groups(backend: Any, groups: Iterable[str], vpc_id: str) -> None:
    """Raises AWS's error for a security group that isn't there, or is of another network."""
    for group_id in groups:
        group = backend.get_security_group_from_id(group_id)
        if group is None:
            raise EC2ClientError("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
        if group.vpc_id != vpc_id:
            raise EC2ClientError(
                "InvalidParameter", f"Security group {group_id} and the subnet belong to different networks."
            )


def patch_groups(_: Any) -> None:
    """AWS takes security groups of the subnet's own network, as many of an interface as the account's quota allows;
    moto makes those that aren't there. It keeps a group while an interface has it."""

    @wrap(NetworkInterfaceBackend, "create_network_interface")
    def create_network_interface(
        original: Any,
        self: Any,
        subnet: Any,
        private_ip_address: Any,
        private_ip_addresses: Any = None,
        group_ids: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        groups = group_ids or []
        found = self.get_subnet(subnet) if isinstance(subnet, str) else subnet
        require_groups(self, groups, found.vpc_id)
        quotas = servicequotas_backends[self.account_id][self.region_name]
        if len(groups) > quotas.get_service_quota(*_GROUPS_QUOTA)["Value"]:
            raise EC2ClientError(
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number of security groups per interface has been reached.",
            )
        return original(self, subnet, private_ip_address, private_ip_addresses, group_ids, *args, **kwargs)

    @wrap(InstanceBackend, "run_instances")
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("subnet_id"):
            vpc_id = self.get_subnet(kwargs["subnet_id"]).vpc_id
            require_groups(self, kwargs.get("security_group_ids") or [], vpc_id)
        return original(self, *args, **kwargs)

    @wrap(SecurityGroupBackend, "delete_security_group")
    def delete_security_group(original: Any, self: Any, name: Any = None, group_id: Any = None) -> Any:
        for eni in self.enis.values():
            if any(group.id == group_id for group in eni._group_set):
                raise DependencyViolationError(f"resource {group_id} has a dependent object")
        return original(self, name, group_id)


def patch_what_is_named(_: Any) -> None:
    """AWS tags what is there, and knows its protocols by name and number."""

    @wrap(TagResponse, "create_tags")
    def create_tags(original: Any, self: Any) -> Any:
        for resource_id in self._get_param("Resources", []):
            kind, known = _known(self.ec2_backend, resource_id)
            if known is not None and resource_id not in known:
                raise EC2ClientError(f"Invalid{kind}.NotFound", f"The {kind} '{resource_id}' does not exist")
        return original(self)

    for name in ("authorize_security_group_ingress", "authorize_security_group_egress"):

        @wrap(SecurityGroups, name)
        def authorize(original: Any, self: Any) -> Any:
            for permission in self._get_param("IpPermissions", []):
                protocol = str(permission.get("IpProtocol"))
                if protocol not in _PROTOCOLS and not (protocol.isdecimal() and int(protocol) <= 255):
                    raise EC2ClientError(
                        "InvalidParameterValue", f"Invalid value '{protocol}' for IP protocol. Unknown protocol."
                    )
            return original(self)


def _known(backend: Any, resource_id: str) -> Any:
    """How AWS calls its kind, and all ids of it; None for a kind that nobody tags by CreateTags here."""
    prefix = resource_id.rpartition("-")[0]
    if prefix == "i":
        return "InstanceID", {each.id for each in backend.all_instances()}
    if prefix == "eni":
        return "NetworkInterfaceID", backend.enis
    if prefix == "eipalloc":
        return "AllocationID", {each.allocation_id for each in backend.addresses}
    if prefix == "sg":
        return "Group", {group_id for groups in backend.groups.values() for group_id in groups}
    if prefix == "vol":
        return "Volume", backend.volumes
    return "", None


def patch_gateways_and_routes(_: Any) -> None:
    """AWS attaches one internet gateway to a network, routes through what is attached to the table's own, and
    associates a subnet with one table of it."""

    @wrap(InternetGatewayBackend, "attach_internet_gateway")
    def attach_internet_gateway(original: Any, self: Any, internet_gateway_id: str, vpc_id: str) -> Any:
        if _gateway_of(self, vpc_id):
            raise EC2ClientError(
                "InvalidParameterValue", f"Network {vpc_id} already has an internet gateway attached"
            )
        return original(self, internet_gateway_id, vpc_id)

    @wrap(RouteBackend, "create_route")
    def create_route(original: Any, self: Any, route_table_id: str, *args: Any, **kwargs: Any) -> Any:
        gateway = self.internet_gateways.get(kwargs.get("gateway_id") or "")
        table = self.get_route_table(route_table_id)
        if gateway is not None and (gateway.vpc is None or gateway.vpc.id != table.vpc_id):
            raise EC2ClientError(
                "InvalidParameterValue",
                f"route table {route_table_id} and network gateway {gateway.id} belong to different networks",
            )
        return original(self, route_table_id, *args, **kwargs)

    @wrap(RouteBackend, "associate_route_table")
    def associate_route_table(
        original: Any, self: Any, route_table_id: str, gateway_id: Any = None, subnet_id: Any = None
    ) -> Any:
        if subnet_id:
            table, subnet = self.get_route_table(route_table_id), self.get_subnet(subnet_id)
            if table.vpc_id != subnet.vpc_id:
                raise EC2ClientError(
                    "InvalidParameterValue",
                    f"Route table {route_table_id} and subnet {subnet_id} belong to different networks",
                )
            if any(subnet_id in each._associations.values() for each in self.route_tables.values()):
                raise EC2ClientError(
                    "Resource.AlreadyAssociated",
                    f"the specified association for route table {route_table_id} conflicts with an existing association",
                )
        return original(self, route_table_id, gateway_id, subnet_id)


def patch_addresses(_: Any) -> None:
    """AWS associates an Elastic IP address in a network with an internet gateway only, and releases none that is
    associated."""

    @wrap(ElasticAddressBackend, "associate_address")
    def associate_address(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        eni = kwargs.get("eni")
        if eni is not None and not _gateway_of(self, eni.vpc_id):
            raise EC2ClientError(
                "Gateway.NotAttached", f"Network {eni.vpc_id} is not attached to any internet gateway"
            )
        return original(self, *args, **kwargs)

    @wrap(ElasticAddressBackend, "release_address")
    def release_address(original: Any, self: Any, address: Any = None, allocation_id: Any = None) -> Any:
        for each in self.addresses:
            if allocation_id and each.allocation_id == allocation_id and each.association_id:
                raise EC2ClientError("InvalidIPAddress.InUse", f"Address {each.public_ip} is in use.")
        return original(self, address, allocation_id)


def _gateway_of(backend: Any, vpc_id: str) -> List[Any]:
    gateways: Dict[str, Any] = backend.internet_gateways
    return [each for each in gateways.values() if each.vpc is not None and each.vpc.id == vpc_id]
