"""Task definitions that AWS refuses, and moto takes."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List

from moto.ecs.exceptions import EcsClientException
from moto.ecs.models import EC2ContainerServiceBackend

from .replace import wrap

_MOST_CONTAINERS = 10
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
_MOST_BYTES = 64 * 1024
_LEAST_CPU = 128
_CONDITIONS = ("START", "COMPLETE", "SUCCESS", "HEALTHY")
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
_AWSLOGS = set(
    "awslogs-create-group awslogs-credentials-endpoint awslogs-datetime-format awslogs-endpoint "
    "awslogs-force-flush-interval-seconds awslogs-format awslogs-group awslogs-max-buffered-events "
    "awslogs-multiline-pattern awslogs-region awslogs-stream awslogs-stream-prefix max-buffer-size mode tag".split()
)


def patch_register(world: Any) -> None:
    """Containers fit into their task, and can be started in some order; what they name is there, and each says how it
    is checked and logs as ECS knows it."""

    @wrap(EC2ContainerServiceBackend, "register_task_definition")
    def register_task_definition(
        original: Any, self: Any, family: str, container_definitions: List[Dict[str, Any]], **kwargs: Any
    ) -> Any:
        for problem in (
            *_sizes(container_definitions, kwargs.get("cpu"), kwargs.get("memory")),
            *_dependencies(container_definitions),
            *_wholes(container_definitions, kwargs),
            *(each for container in container_definitions for each in _parts(container)),
        ):
            raise EcsClientException(problem)
        return original(self, family, container_definitions, **kwargs)


def _sizes(containers: List[Dict[str, Any]], cpu: Any, memory: Any) -> List[str]:
    problems = []
    if len(containers) > _MOST_CONTAINERS:
        problems.append(f"Too many containers: {len(containers)}, at most {_MOST_CONTAINERS}.")
    for name, whole in (("cpu", cpu), ("memory", memory)):
        taken = sum(each.get(name) or 0 for each in containers)
        if whole is None:
            continue
        if not str(whole).isdecimal():
            return [f"Invalid '{name}' setting for task: {whole}."]
        if taken > int(whole):
            problems.append(f"Invalid setting for container: {name} of all containers is {taken}, of the task {whole}.")
    if cpu is not None and int(cpu) < _LEAST_CPU:
        problems.append(f"Invalid 'cpu' setting for task: {cpu}, at least {_LEAST_CPU}.")
    return problems


def _wholes(containers: List[Dict[str, Any]], task: Dict[str, Any]) -> Iterator[str]:
    if len(json.dumps([containers, task.get("volumes")], separators=(",", ":"))) > _MOST_BYTES:
        yield f"Actual length is more than the max allowed length of {_MOST_BYTES} bytes."
    if not any(each.get("essential", True) for each in containers):
        yield "A task definition must have at least one essential container."
    volumes = {each.get("name") for each in task.get("volumes") or []}
    names = {each.get("name") for each in containers}
    for container in containers:
        for mount in container.get("mountPoints") or []:
            if mount.get("sourceVolume") not in volumes:
                yield f"Unknown volume '{mount.get('sourceVolume')}'."
        for source in container.get("volumesFrom") or []:
            if source.get("sourceContainer") not in names - {container.get("name")}:
                yield f"Unknown container '{source.get('sourceContainer')}' in volumesFrom."
    for member in ("task_role_arn", "execution_role_arn"):
        role = task.get(member)
        if role and role.startswith("arn:") and not re.fullmatch(r"arn:[\w-]+:iam::\d{12}:role/[\w+=,.@/-]+", role):
            yield "Role is not valid"


def _parts(container: Dict[str, Any]) -> Iterator[str]:
    command = (container.get("healthCheck") or {}).get("command")
    if command is not None and (len(command) < 2 or command[0] not in ("CMD", "CMD-SHELL")):
        yield f"Invalid health check of {container.get('name')}: a command begins with CMD or CMD-SHELL, and says what to run."
    log = container.get("logConfiguration") or {}
    options = log.get("options") or {}
    if log.get("logDriver") == "awslogs":
        unknown = sorted(set(options) - _AWSLOGS)
        if unknown:
            yield f"Log driver awslogs disallows options: {', '.join(unknown)}"
        if not re.fullmatch(r"\d+[bkmgBKMG]?", options.get("max-buffer-size", "1m")):
            yield f"Invalid max-buffer-size: {options['max-buffer-size']}"


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
