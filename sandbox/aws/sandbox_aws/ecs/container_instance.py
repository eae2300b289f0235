from __future__ import annotations

from typing import Any, Dict, List

from moto.ecs.models import ContainerInstance

from .resources import Resources, describe, offered_by, remaining
from .user_data import AgentConfig


class NodeContainerInstance(ContainerInstance):
    """The container instance of an emulated node; its counts and resources follow from its tasks."""

    def __init__(self, instance: Any, cluster: Any, backend: Any, config: AgentConfig) -> None:
        # Task ARN -> task, until it is stopped.
        self.live_tasks: Dict[str, Any] = {}
        self.offered = offered_by(instance.instance_type, config.reserved_memory_mib)
        super().__init__(instance.id, backend.account_id, backend.region_name, cluster.name, backend)
        self.instance = instance
        self.version_info = {"agentVersion": "1.97.1", "agentHash": "sandbox", "dockerVersion": "DockerVersion: 25.0.8"}
        self.attributes.update(
            {
                "ecs.cpu-architecture": instance.architecture,
                "ecs.subnet-id": instance.subnet_id,
                "ecs.vpc-id": instance.vpc_id,
                **config.attributes,
            }
        )

    def taken(self) -> List[Resources]:
        return [task.resources for task in self.live_tasks.values()]

    def left(self) -> Resources:
        return remaining(self.offered, self.taken())

    # moto counts up and down in these; here they are always what the tasks say.

    @property
    def registered_resources(self) -> List[Dict[str, Any]]:
        return describe(self.offered)

    @registered_resources.setter
    def registered_resources(self, _: Any) -> None:
        pass

    @property
    def remaining_resources(self) -> List[Dict[str, Any]]:
        return describe(self.left())

    @remaining_resources.setter
    def remaining_resources(self, _: Any) -> None:
        pass

    @property
    def running_tasks_count(self) -> int:
        return sum(task.last_status != "PENDING" for task in self.live_tasks.values())

    @running_tasks_count.setter
    def running_tasks_count(self, _: int) -> None:
        pass

    @property
    def pending_tasks_count(self) -> int:
        return sum(task.last_status == "PENDING" for task in self.live_tasks.values())

    @pending_tasks_count.setter
    def pending_tasks_count(self, _: int) -> None:
        pass

    @property
    def zone(self) -> str:
        return self.attributes["ecs.availability-zone"]
