"""Load balancers: the addresses that they take of their subnets, and take more of as they grow."""

from __future__ import annotations

from typing import Any, Iterator, List

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, elbv2_backends

from .cidr_reservations import free_address, free_addresses, free_ipv6_address
from .replace import wrap

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
_LEAST_FREE = 8


def patch_addresses(_: Any) -> None:
    """AWS puts an interface of each load balancer into each of its subnets, with addresses that it chooses, and wants
    eight free ones there; moto's load balancers have no addresses."""

    @wrap(ELBv2Backend, "create_load_balancer")
    def create_load_balancer(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        subnets = kwargs.get("subnet_ids") or []
        mapped = [each["SubnetId"] for each in kwargs.get("subnet_mappings") or []]
        for subnet in [*subnets, *mapped]:
            _require_room(self.ec2_backend.get_subnet(subnet))
        balancer = original(self, *args, **kwargs)
        _take(self, balancer)
        return balancer

    @wrap(ELBv2Backend, "set_subnets")
    def set_subnets(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(self, *args, **kwargs)
        balancer = self.load_balancers[kwargs["arn"] if "arn" in kwargs else args[0]]
        kept = [subnet.id for subnet in balancer.subnets]
        for eni in _interfaces(self, balancer):
            if eni.subnet.id not in kept:
                del self.ec2_backend.enis[eni.id]
        _take(self, balancer)
        return answer

    @wrap(ELBv2Backend, "delete_load_balancer")
    def delete_load_balancer(original: Any, self: Any, arn: str) -> Any:
        balancer = self.load_balancers.get(arn)
        for eni in _interfaces(self, balancer) if balancer else []:
            del self.ec2_backend.enis[eni.id]
        return original(self, arn)


def grow(more: int) -> List[str]:
    """Each load balancer takes so many interfaces more in each subnet, as far as there are addresses; the IPv4 ones."""
    taken = []
    for regions in list(elbv2_backends.values()):
        for backend in list(regions.values()):
            for balancer in backend.load_balancers.values():
                for subnet in balancer.subnets:
                    for _ in range(min(more, sum(1 for _ in free_addresses(subnet)))):
                        taken.append(_add_interface(backend, balancer, subnet).private_ip_address)
    return taken


def _take(backend: Any, balancer: Any) -> None:
    """One interface in each subnet that has none of the load balancer yet."""
    holding = {eni.subnet.id for eni in _interfaces(backend, balancer)}
    for subnet in balancer.subnets:
        if subnet.id not in holding:
            _add_interface(backend, balancer, subnet)


def _add_interface(backend: Any, balancer: Any, subnet: Any) -> Any:
    dual_stack = balancer.ip_address_type == "dualstack" and subnet.ipv6_cidr_block_associations
    eni = backend.ec2_backend.create_network_interface(
        subnet,
        free_address(subnet),
        group_ids=list(balancer.security_groups or []),
        description=_description(balancer),
        ipv6_addresses=[free_ipv6_address(subnet)] if dual_stack else [],
    )
    eni.requester_managed = True
    eni.requester_id = "amazon-elb"
    eni.status = "in-use"
    return eni


def _interfaces(backend: Any, balancer: Any) -> List[Any]:
    return [eni for eni in _managed(backend) if eni.description == _description(balancer)]


def _managed(backend: Any) -> Iterator[Any]:
    return (eni for eni in list(backend.ec2_backend.enis.values()) if eni.requester_managed)


def _description(balancer: Any) -> str:
    return "ELB " + balancer.arn.partition(":loadbalancer/")[2]


def _require_room(subnet: Any) -> None:
    if subnet is not None and sum(1 for _ in free_addresses(subnet)) < _LEAST_FREE:
        raise ELBClientError(
            "InvalidSubnet",
            f"Not enough IP space available in {subnet.id}. ELB requires at least {_LEAST_FREE} free IP addresses in "
            "each subnet.",
        )

