"""Calls that the emulated ECS agents and the service scheduler must hear of."""

from __future__ import annotations

from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend

from ..ecs.container_instance import NodeContainerInstance
from ..ecs.tasks import find_service_task
from .replace import wrap


def patch_wake(world: Any) -> None:
    """A cluster, a container instance's state or an attribute may change where tasks go."""

    def waking(name: str) -> None:
        @wrap(EC2ContainerServiceBackend, name)
        def call(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, *args, **kwargs)
            world.ecs.wake()
            return result

    for name in ("create_cluster", "put_attributes", "delete_attributes"):
        waking(name)


def patch_container_instance_state(world: Any) -> None:
    """AWS drains a container instance of its tasks; the timeline notes it."""

    @wrap(EC2ContainerServiceBackend, "update_container_instances_state")
    def update_container_instances_state(original: Any, self: Any, cluster_str: str, *args: Any) -> Any:
        cluster = self._get_cluster(cluster_str)
        before = {each.id: each.status for each in self.container_instances[cluster.name].values()}
        changed, failures = original(self, cluster_str, *args)
        for each in changed:
            if isinstance(each, NodeContainerInstance) and each.status != before[each.id]:
                world.timeline.record("draining" if each.status == "DRAINING" else "active", each.instance)
        world.ecs.wake()
        return changed, failures


def patch_deregister_container_instance(world: Any) -> None:
    """AWS forgets the instance and its tasks, whose services start others; moto keeps them as orphans."""

    @wrap(EC2ContainerServiceBackend, "deregister_container_instance")
    def deregister_container_instance(original: Any, self: Any, *args: Any) -> Any:
        deregistered = original(self, *args)
        self.container_instances.pop("orphaned", None)
        if isinstance(deregistered, NodeContainerInstance):
            deregistered.status = "INACTIVE"
            world.timeline.record("deregistered", deregistered.instance)
            world.ecs.lose_tasks(deregistered, "The container instance was deregistered.")
        world.ecs.wake()
        return deregistered


def patch_stop_task(world: Any) -> None:
    """AWS tells the task's agent to stop it, and its service starts another."""

    @wrap(EC2ContainerServiceBackend, "stop_task")
    def stop_task(original: Any, self: Any, cluster_str: str, task_str: str, reason: str) -> Any:
        task = find_service_task(self, self._get_cluster(cluster_str).name, task_str)
        if task is None:
            return original(self, cluster_str, task_str, reason)
        world.ecs.stop_task(task, reason or "Task stopped by user")
        return task
