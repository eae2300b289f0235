"""Subnet CIDR reservations: AWS chooses none of the addresses in them by itself."""

from __future__ import annotations

import ipaddress
from typing import Any, Iterator

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses.subnets import Subnets

from .replace import wrap


def free_address(subnet: Any) -> str:
    """The first IPv4 address that AWS may give away: in no reservation, not its own, and nobody's."""
    return next(free_addresses(subnet), None) or _none_left(subnet)


def free_ipv6_address(subnet: Any) -> str:
    """The same of its IPv6 block; there are always some."""
    block = ipaddress.ip_network(subnet.ipv6_cidr_block_association_set[0]["Ipv6CidrBlock"])
    held = {ipaddress.ip_address(each) for eni in subnet.ec2_backend.enis.values() for each in eni.ipv6_addresses if each}
    reserved = [each.cidr for each in subnet._cidr_reservations if each.cidr.version == 6]
    hosts = (block[index] for index in range(4, block.num_addresses))
    return str(next(each for each in hosts if each not in held and not any(each in one for one in reserved)))


def free_addresses(subnet: Any) -> Iterator[str]:
    """All of them, lowest first."""
    network = ipaddress.ip_network(subnet.cidr_block, strict=False)
    held = {
        str(item.get("PrivateIpAddress"))
        for eni in subnet.ec2_backend.enis.values()
        if eni.subnet.id == subnet.id
        for item in eni.private_ip_addresses
    }
    blocks = [each.cidr for each in subnet._cidr_reservations if each.cidr.version == 4]
    for index in range(4, network.num_addresses - 1):
        address = network[index]
        if str(address) not in held and not any(address in block for block in blocks):
            yield str(address)


def _none_left(subnet: Any) -> str:
    raise EC2ClientError(
        "InsufficientFreeAddressesInSubnet",
        f"Not enough free addresses in subnet '{subnet.id}' to satisfy the requested number of addresses",
    )


def patch_chosen_addresses(_: Any) -> None:
    """AWS gives an instance that names no address one that is free and not reserved; moto draws any of the subnet."""

    @wrap(Subnet, "get_available_subnet_ip")
    def get_available_subnet_ip(_original: Any, self: Any, instance: Any) -> str:
        address = free_address(self)
        self._subnet_ips[address] = instance
        return address


def patch_description(_: Any) -> None:
    """AWS keeps a reservation's description; without it every plan replaces the reservation."""

    @wrap(Subnets, "create_subnet_cidr_reservation")
    def create_subnet_cidr_reservation(original: Any, self: Any) -> Any:
        answer = original(self)
        answer.result["SubnetCidrReservation"].description = self._get_param("Description")
        return answer
