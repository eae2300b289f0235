"""A service's tasks as targets of its load balancers."""

from __future__ import annotations

from typing import Iterator, Tuple

from moto.elbv2.models import elbv2_backends

from .task import ServiceTask


def register_targets(task: ServiceTask, account_id: str, region: str) -> None:
    """Makes a running task a target of each target group that its service names."""
    groups = elbv2_backends[account_id][region].target_groups
    for arn, port in _endpoints(task):
        group = groups.get(arn)
        if group is None:
            continue  # ECS tells it in an event, and goes on
        target = {"Id": task.container_instance.ec2_instance_id, "Port": port}
        group.register([target])
        group.target_of(target)["Task"] = task
        task.targets.append((group, target))


def deregister_targets(task: ServiceTask) -> None:
    """Takes a stopped task out of its target groups, unless another task has come in its place."""
    for group, target in task.targets:
        registered = group.target_of(target)
        if registered is not None and registered.get("Task") is task:
            group.deregister([target])
    task.targets = []


def _endpoints(task: ServiceTask) -> Iterator[Tuple[str, int]]:
    for balancer in task.service.load_balancers:
        arn, port = balancer.get("targetGroupArn"), balancer.get("containerPort")
        if not arn:
            continue
        for container in task.containers:
            for binding in container.network_bindings:
                if container.name == balancer.get("containerName") and binding["containerPort"] == port:
                    yield arn, int(binding["hostPort"])
