"""Task definitions that AWS refuses, and moto takes."""

from __future__ import annotations

from typing import Any, Dict, List

from moto.ecs.exceptions import EcsClientException
from moto.ecs.models import EC2ContainerServiceBackend

from .replace import wrap

_MOST_CONTAINERS = 10
_CONDITIONS = ("START", "COMPLETE", "SUCCESS", "HEALTHY")


def patch_register(world: Any) -> None:
    """Containers fit into their task, and can be started in some order."""

    @wrap(EC2ContainerServiceBackend, "register_task_definition")
    def register_task_definition(
        original: Any, self: Any, family: str, container_definitions: List[Dict[str, Any]], **kwargs: Any
    ) -> Any:
        for problem in (
            *_sizes(container_definitions, kwargs.get("cpu"), kwargs.get("memory")),
            *_dependencies(container_definitions),
        ):
            raise EcsClientException(problem)
        return original(self, family, container_definitions, **kwargs)


def _sizes(containers: List[Dict[str, Any]], cpu: Any, memory: Any) -> List[str]:
    problems = []
    if len(containers) > _MOST_CONTAINERS:
        problems.append(f"Too many containers: {len(containers)}, at most {_MOST_CONTAINERS}.")
    for name, whole in (("cpu", cpu), ("memory", memory)):
        taken = sum(each.get(name) or 0 for each in containers)
        if whole is not None and taken > int(whole):
            problems.append(f"Invalid setting for container: {name} of all containers is {taken}, of the task {whole}.")
    return problems


def _dependencies(containers: List[Dict[str, Any]]) -> List[str]:
    by_name = {each.get("name"): each for each in containers}
    problems = []
    for each in containers:
        for dependency in each.get("dependsOn") or []:
            name, condition = dependency.get("containerName"), dependency.get("condition")
            other = by_name.get(name)
            if other is None or condition not in _CONDITIONS:
                problems.append(f"Invalid dependsOn of {each.get('name')}: {name} {condition}.")
            elif condition == "HEALTHY" and not other.get("healthCheck"):
                problems.append(f"{each.get('name')} depends on HEALTHY {name}, which has no health check.")
    started: set[Any] = set()
    while not problems and len(started) < len(by_name):
        ready = {
            name
            for name, each in by_name.items()
            if all(dependency["containerName"] in started for dependency in each.get("dependsOn") or [])
        }
        if ready <= started:
            return ["Cycle in the dependsOn of containers."]
        started |= ready
    return problems
