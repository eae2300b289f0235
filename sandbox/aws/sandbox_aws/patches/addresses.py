"""Elastic IP addresses: what they are associated with."""

from __future__ import annotations

import ipaddress
import itertools
from typing import Any

from moto.ec2.exceptions import ResourceAlreadyAssociatedError
from moto.ec2.models.elastic_ip_addresses import ElasticAddress, ElasticAddressBackend

from .replace import replace_property, wrap

# The range for benchmarks (RFC 2544): public in form, and nobody's.
_FIRST_ADDRESS = ipaddress.IPv4Address("198.18.0.1")


def patch_allocation(_: Any) -> None:
    """AWS gives each address once; moto gives random ones of 127.0.0.0/8."""
    numbers = itertools.count()

    @wrap(ElasticAddressBackend, "allocate_address")
    def allocate_address(original: Any, self: Any, domain: str, address: Any = None, tags: Any = None) -> ElasticAddress:
        if address is None:
            address = str(_FIRST_ADDRESS + next(numbers))
        return original(self, domain, address, tags)


def patch_instance_behind_interface(_: Any) -> None:
    """AWS names the instance that holds the address's interface; moto only one associated directly."""

    @replace_property(ElasticAddress, "instance_id")
    def instance_id(original: Any, self: Any) -> str:
        if self.eni is not None and self.eni.instance is not None:
            return self.eni.instance.id
        return "" if self.eni is not None else original(self)

    @wrap(ElasticAddress, "get_filter_value")
    def get_filter_value(original: Any, self: Any, filter_name: str, method_name: Any = None) -> Any:
        if filter_name == "instance-id":
            return self.instance_id or None
        return original(self, filter_name, method_name)


def patch_one_address_per_interface(_: Any) -> None:
    """AWS: a second address for the same private address is refused, or takes the first one's place."""

    @wrap(ElasticAddressBackend, "associate_address")
    def associate_address(
        original: Any,
        self: Any,
        instance: Any = None,
        eni: Any = None,
        address: Any = None,
        allocation_id: Any = None,
        reassociate: bool = False,
    ) -> ElasticAddress:
        target = eni if eni is not None else (instance.nics.get(0) if instance is not None else None)
        wanted = self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id])
        for other in self.addresses:
            if target is None or other.eni is not target or other is wanted[0]:
                continue
            if not reassociate:
                raise ResourceAlreadyAssociatedError(target.id)
            other.eni = other.instance = other.association_id = None
        previous = wanted[0].eni
        if reassociate and previous is not None and previous is not target:
            previous.public_ip = None
        return original(self, instance, eni, address, allocation_id, reassociate)
