"""Network interfaces: an address belongs to one interface, an interface to one instance."""

from __future__ import annotations

import ipaddress
from typing import Any, Iterator, List, Optional

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_network_interfaces import NetworkInterface, NetworkInterfaceBackend

from .cidr_reservations import free_address
from .replace import wrap


def require_free(eni: NetworkInterface) -> None:
    """Raises AWS's error if another instance holds the interface."""
    if eni.instance is not None:
        raise EC2ClientError("InvalidNetworkInterface.InUse", f"Interface: [{eni.id}] in use.")


def release_from(instance: Any) -> None:
    """Frees the interfaces of a terminated instance, with their private addresses and EIPs."""
    for eni in list(instance.nics.values()):
        instance.detach_eni(eni)


def patch_addresses(_: Any) -> None:
    """AWS gives who names no address one that is free and not reserved, where moto draws any of the subnet. It refuses
    an address outside of the subnet, one of the five that it keeps in each, and one that another interface has; moto
    gives it twice."""

    @wrap(NetworkInterfaceBackend, "create_network_interface")
    def create_network_interface(
        original: Any,
        self: Any,
        subnet: Any,
        private_ip_address: Any,
        private_ip_addresses: Optional[List[Any]] = None,
        *args: Any,
        **kwargs: Any,
    ) -> NetworkInterface:
        subnet = self.get_subnet(subnet) if isinstance(subnet, str) else subnet
        if not private_ip_address and not private_ip_addresses:
            private_ip_address = free_address(subnet)
        wanted = list(_wanted(private_ip_address, private_ip_addresses))
        ipv6_wanted = kwargs.get("ipv6_addresses") or []
        blocks = [each["Ipv6CidrBlock"] for each in subnet.ipv6_cidr_block_association_set]
        _require_within(wanted, [subnet.cidr_block])
        _require_offered(wanted, subnet.cidr_block)
        _require_within(ipv6_wanted, blocks)
        _require_unused(self, subnet, [*wanted, *ipv6_wanted])
        return original(self, subnet, private_ip_address, private_ip_addresses, *args, **kwargs)

    @wrap(NetworkInterfaceBackend, "assign_ipv6_addresses")
    def assign_ipv6_addresses(
        original: Any, self: Any, eni_id: str, ipv6_addresses: Any = None, ipv6_count: Any = None
    ) -> NetworkInterface:
        subnet = self.get_network_interface(eni_id).subnet
        _require_within(ipv6_addresses or [], [each["Ipv6CidrBlock"] for each in subnet.ipv6_cidr_block_association_set])
        _require_unused(self, subnet, ipv6_addresses or [], but=eni_id)
        return original(self, eni_id, ipv6_addresses, ipv6_count)


def _wanted(private_ip_address: Any, private_ip_addresses: Optional[List[Any]]) -> Iterator[str]:
    if isinstance(private_ip_address, str) and private_ip_address:
        yield private_ip_address
    for item in private_ip_addresses or []:
        address = item if isinstance(item, str) else item.get("PrivateIpAddress")
        if address and address != private_ip_address:
            yield address


def _require_within(addresses: List[str], blocks: List[str]) -> None:
    networks = [ipaddress.ip_network(block, strict=False) for block in blocks]
    for address in addresses:
        if not any(ipaddress.ip_address(address) in network for network in networks):
            raise EC2ClientError(
                "InvalidParameterValue", f"Address {address} does not fall within the subnet's address range"
            )


def _require_offered(addresses: List[str], block: str) -> None:
    """AWS keeps the first four addresses and the last one of each subnet."""
    network = ipaddress.ip_network(block, strict=False)
    kept = {*(network[index] for index in range(4)), network[-1]}
    for address in addresses:
        if ipaddress.ip_address(address) in kept:
            raise EC2ClientError("InvalidParameterValue", f"Address {address} is in subnet's reserved address range")


def _require_unused(backend: Any, subnet: Any, addresses: List[str], but: str = "") -> None:
    wanted = {ipaddress.ip_address(address) for address in addresses}
    for eni in backend.enis.values():
        if eni.id == but or eni.subnet.vpc_id != subnet.vpc_id:
            continue
        held = [item.get("PrivateIpAddress") for item in eni.private_ip_addresses] + list(eni.ipv6_addresses)
        for address in held:
            if address and ipaddress.ip_address(address) in wanted:
                code = "InvalidIPAddress.InUse" if "." in address else "InvalidParameterValue"
                raise EC2ClientError(code, f"The specified address is already in use: {address}")


def patch_attach_and_delete(_: Any) -> None:
    """AWS attaches an interface once, and deletes it only when it is free; a load balancer's is never."""

    @wrap(NetworkInterfaceBackend, "attach_network_interface")
    def attach_network_interface(original: Any, self: Any, eni_id: str, *args: Any, **kwargs: Any) -> Any:
        require_free(self.get_network_interface(eni_id))
        return original(self, eni_id, *args, **kwargs)

    @wrap(NetworkInterfaceBackend, "delete_network_interface")
    def delete_network_interface(original: Any, self: Any, eni_id: str) -> None:
        eni = self.enis.get(eni_id)
        is_busy = eni is not None and eni.instance is not None and eni.instance.state != "terminated"
        if is_busy or (eni is not None and eni.requester_managed):
            raise EC2ClientError("InvalidParameterValue", f"Network interface '{eni_id}' is currently in use.")
        original(self, eni_id)
        for address in self.addresses:
            if address.eni is eni:
                address.eni = address.instance = address.association_id = None


def patch_filters(_: Any) -> None:
    """AWS filters interfaces by status and address family too; moto has no such filters."""

    @wrap(NetworkInterface, "get_filter_value")
    def get_filter_value(original: Any, self: Any, filter_name: str, method_name: Any = None) -> Any:
        if filter_name == "status":
            return self.status
        if filter_name == "ipv6-addresses.ipv6-address":
            return list(self.ipv6_addresses)
        if filter_name == "association.allocation-id":
            return self.association.get("allocationId")
        return original(self, filter_name, method_name)
