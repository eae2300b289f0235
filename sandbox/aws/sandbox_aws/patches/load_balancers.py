"""Load balancers: where they may be, and the addresses that they take of their subnets, more of them as they grow."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List

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
        mapped = [each["SubnetId"] for each in kwargs.get("subnet_mappings") or []]
        subnets = [self.ec2_backend.get_subnet(each) for each in [*(kwargs.get("subnet_ids") or []), *mapped]]
        _require_place(self, subnets, kwargs)
        for subnet in subnets:
            _require_room(subnet)
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


# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html and
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
_TIMES = {
    "client_keep_alive.seconds": (60, 604800),
    "deregistration_delay.timeout_seconds": (0, 3600),
    "idle_timeout.timeout_seconds": (1, 4000),
    "slow_start.duration_seconds": (0, 900),
}
_ATTRIBUTES = re.compile(
    r"(access_logs|connection_logs|health_check_logs|client_keep_alive|deletion_protection|deregistration_delay|idle_timeout|ipv6|"
    r"lambda|load_balancing|preserve_client_ip|proxy_protocol_v2|routing|slow_start|stickiness|"
    r"target_failover|target_group_health|target_health_state|waf|zonal_shift)\..+"
)


def patch_what_is_set(_: Any) -> None:
    """AWS knows its attributes and their ranges, success codes of 200 to 499, and one listener on a port."""

    for name in ("modify_load_balancer_attributes", "modify_target_group_attributes"):

        @wrap(ELBv2Backend, name)
        def modify(original: Any, self: Any, arn: str, attributes: Dict[str, Any]) -> Any:
            for key, value in attributes.items():
                least, most = _TIMES.get(key, (None, None))
                if not _ATTRIBUTES.fullmatch(key):
                    raise ELBClientError("ValidationError", f"Attribute key '{key}' is not recognized")
                if least is not None and not (str(value).isdecimal() and least <= int(value) <= most):
                    raise ELBClientError("ValidationError", f"'{key}' must be an integer between {least} and {most}")
            return original(self, arn, attributes)

    @wrap(ELBv2Backend, "create_target_group")
    def create_target_group(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        codes = str((kwargs.get("matcher") or {}).get("HttpCode") or "200")
        for code in re.split("[,-]", codes):
            if not (code.isdecimal() and 200 <= int(code) <= 499):
                raise ELBClientError(
                    "ValidationError", f"Health check matcher HTTP code '{codes}' must be within '200-499' inclusive"
                )
        return original(self, *args, **kwargs)

    @wrap(ELBv2Backend, "create_listener")
    def create_listener(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        balancer = self.load_balancers.get(kwargs.get("load_balancer_arn"))
        port = str(kwargs.get("port"))
        if balancer and any(str(each.port) == port for each in balancer.listeners.values()):
            raise ELBClientError("DuplicateListener", f"A listener already exists on this port ({port})")
        return original(self, *args, **kwargs)


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


def _require_place(backend: Any, subnets: List[Any], asked: Dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""
    networks = {subnet.vpc_id for subnet in subnets}
    zones = [subnet.availability_zone for subnet in subnets]
    wrong = None
    if any(each.name == asked["name"] for each in backend.load_balancers.values()):
        wrong = ("DuplicateLoadBalancerName", f"A load balancer with the same name '{asked['name']}' exists")
    elif len(networks) > 1:
        wrong = ("InvalidConfigurationRequest", "All subnets must belong to the same VPC")
    elif len(set(zones)) < len(zones):
        zone = next(each for each in zones if zones.count(each) > 1)
        wrong = (
            "InvalidConfigurationRequest",
            f"A load balancer cannot be attached to multiple subnets in the same Availability Zone ({zone})",
        )
    elif asked.get("ip_address_type") == "dualstack" and not all(each.ipv6_cidr_block_associations for each in subnets):
        wrong = ("InvalidConfigurationRequest", "You must specify subnets with an associated IPv6 CIDR block.")
    elif asked.get("scheme") != "internal" and not any(
        gateway.vpc is not None and gateway.vpc.id in networks
        for gateway in backend.ec2_backend.internet_gateways.values()
    ):
        wrong = ("InvalidSubnet", f"VPC {next(iter(networks), None)} has no internet gateway")
    for group_id in asked.get("security_groups") or []:
        group = backend.ec2_backend.get_security_group_from_id(group_id)
        if group is None or group.vpc_id not in networks:
            wrong = wrong or ("InvalidConfigurationRequest", f"One or more security groups are invalid: {group_id}")
    if wrong:
        raise ELBClientError(*wrong)


def _require_room(subnet: Any) -> None:
    if subnet is not None and sum(1 for _ in free_addresses(subnet)) < _LEAST_FREE:
        raise ELBClientError(
            "InvalidSubnet",
            f"Not enough IP space available in {subnet.id}. ELB requires at least {_LEAST_FREE} free IP addresses in "
            "each subnet.",
        )

