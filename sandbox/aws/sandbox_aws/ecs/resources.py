"""CPU, memory and ports: what an instance type offers, what a task takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, Iterable, List

from moto.ec2.models.instance_types import INSTANCE_TYPES

# SSH, Docker and the agent itself.
_RESERVED_PORTS = ("22", "2376", "2375", "51678", "51679")
# Of a container instance, those of the agent among them, by protocol.
_MAX_RESERVED_PORTS = 100


@dataclass(frozen=True)
class Resources:
    cpu: int = 0
    memory_mib: int = 0
    tcp: FrozenSet[str] = frozenset()
    udp: FrozenSet[str] = frozenset()


def offered_by(instance_type: str, reserved_memory_mib: int) -> Resources:
    """What an agent registers. The kernel keeps some memory: about 400 MiB and 1.5% of all."""
    known = INSTANCE_TYPES.get(instance_type, {})
    memory = known.get("MemoryInfo", {}).get("SizeInMiB", 8192)
    return Resources(
        cpu=1024 * known.get("VCpuInfo", {}).get("DefaultVCpus", 2),
        memory_mib=max(0, memory - 400 - memory * 15 // 1000 - reserved_memory_mib),
        tcp=frozenset(_RESERVED_PORTS),
    )


def taken_by(task_definition: Any) -> Resources:
    """A task's own limits come first, then the sum of its containers'."""
    containers = task_definition.container_definitions
    ports: Dict[str, List[str]] = {"tcp": [], "udp": []}
    for container in containers:
        for mapping in container.get("portMappings", []):
            port = mapping.get("hostPort") or (
                mapping.get("containerPort") if task_definition.network_mode == "host" else None
            )
            if port and task_definition.network_mode != "awsvpc":
                ports[mapping.get("protocol") or "tcp"].append(str(port))
    return Resources(
        cpu=int(task_definition.cpu or sum(each.get("cpu") or 0 for each in containers)),
        memory_mib=int(task_definition.memory or sum(_reserved(each) for each in containers)),
        tcp=frozenset(ports["tcp"]),
        udp=frozenset(ports["udp"]),
    )


def _reserved(container: Dict[str, Any]) -> int:
    return int(container.get("memoryReservation") or container.get("memory") or 0)


def remaining(offered: Resources, taken: Iterable[Resources]) -> Resources:
    """What is left. Its ports are those in use, as ECS tells them."""
    all_taken = list(taken)
    return Resources(
        cpu=offered.cpu - sum(each.cpu for each in all_taken),
        memory_mib=offered.memory_mib - sum(each.memory_mib for each in all_taken),
        tcp=offered.tcp.union(*(each.tcp for each in all_taken)),
        udp=offered.udp.union(*(each.udp for each in all_taken)),
    )


def fits(left: Resources, wanted: Resources) -> bool:
    return (
        wanted.cpu <= left.cpu
        and wanted.memory_mib <= left.memory_mib
        and _ports_fit(left.tcp, wanted.tcp)
        and _ports_fit(left.udp, wanted.udp)
    )


def _ports_fit(in_use: FrozenSet[str], wanted: FrozenSet[str]) -> bool:
    """A task that maps no port is placed however many are in use."""
    return not (wanted & in_use) and (not wanted or len(in_use | wanted) <= _MAX_RESERVED_PORTS)


def describe(resources: Resources) -> List[Dict[str, Any]]:
    """As `registeredResources` and `remainingResources` of a container instance."""

    def integer(name: str, value: int) -> Dict[str, Any]:
        return {"name": name, "type": "INTEGER", "doubleValue": 0.0, "longValue": 0, "integerValue": value}

    def strings(name: str, values: FrozenSet[str]) -> Dict[str, Any]:
        empty = {"type": "STRINGSET", "doubleValue": 0.0, "longValue": 0, "integerValue": 0}
        return {"name": name, **empty, "stringSetValue": sorted(values, key=int)}

    return [
        integer("CPU", resources.cpu),
        integer("MEMORY", resources.memory_mib),
        strings("PORTS", resources.tcp),
        strings("PORTS_UDP", resources.udp),
    ]
