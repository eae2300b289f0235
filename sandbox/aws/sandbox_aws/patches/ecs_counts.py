"""ECS counts: a cluster's and a service's counts are what their tasks and instances say, always.

moto counts up and down by itself, and on the word of callers.
"""

from __future__ import annotations

from typing import Any, Callable

from moto.ecs.models import Cluster, EC2ContainerServiceBackend, Service

from ..ecs.deployment import Deployment
from .replace import wrap


def _computed(count: Callable[[Any], int]) -> Any:
    """A property that nobody's counting changes."""
    return property(count, lambda self, value: None)


def patch_service_counts(_: Any) -> None:
    """AWS counts tasks that run and tasks that are pending; moto takes what was desired for it."""

    def with_status(service: Any, status: str) -> int:
        return sum(task.last_status == status for task in service.__dict__.get("live_tasks", {}).values())

    Service.running_count = _computed(lambda self: with_status(self, "RUNNING"))  # type: ignore[assignment]
    Service.pending_count = _computed(lambda self: with_status(self, "PENDING"))  # type: ignore[assignment]

    @wrap(Service, "__init__")
    def init(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        # Task ARN -> task, until it is stopped.
        self.live_tasks = {}
        self.completed_task_definition = None
        self.deployments = [Deployment(self)] if self.deployments else []


def patch_cluster_counts(_: Any) -> None:
    """AWS counts what is there; moto's active services are always 0."""

    @wrap(EC2ContainerServiceBackend, "create_cluster")
    def create_cluster(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        cluster = original(self, *args, **kwargs)
        cluster.backend = self
        self.container_instances.setdefault(cluster.name, {})
        return cluster

    def services(cluster: Any) -> Any:
        return [each for each in cluster.backend.services.values() if each.cluster_name == cluster.name]

    def total(cluster: Any, attribute: str) -> int:
        return sum(getattr(service, attribute) for service in services(cluster))

    def registered(cluster: Any) -> int:
        return len(cluster.backend.container_instances.get(cluster.name, {}))

    Cluster.running_tasks_count = _computed(lambda self: total(self, "running_count"))  # type: ignore[assignment]
    Cluster.pending_tasks_count = _computed(lambda self: total(self, "pending_count"))  # type: ignore[assignment]
    Cluster.registered_container_instances_count = _computed(registered)  # type: ignore[assignment]
    Cluster.active_services_count = _computed(  # type: ignore[assignment]
        lambda self: sum(service.status == "ACTIVE" for service in services(self))
    )
