from __future__ import annotations

from typing import Any, List

from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random


class Deployment:
    """One deployment of a service, as DescribeServices tells it; its counts follow from its tasks."""

    def __init__(self, service: Any) -> None:
        self._service = service
        self.id = f"ecs-svc/{mock_random.randint(10**18, 10**19 - 1)}"
        self.status = "PRIMARY"
        self.task_definition = service.task_definition
        self.created_at = self.updated_at = utcnow()
        self.failed_tasks = 0
        self.launch_type = service.launch_type
        self.rollout_state = "IN_PROGRESS"
        self.rollout_state_reason = f"ECS deployment {self.id} in progress."

    def tasks(self) -> List[Any]:
        """Those that aren't stopped."""
        return [task for task in self._service.live_tasks.values() if task.deployment is self]

    @property
    def running_count(self) -> int:
        return sum(task.last_status == "RUNNING" for task in self.tasks())

    @property
    def pending_count(self) -> int:
        return sum(task.last_status == "PENDING" for task in self.tasks())

    @property
    def desired_count(self) -> int:
        if self.status == "PRIMARY":
            return self._service.desired_count
        return sum(task.kept for task in self.tasks())

    def complete(self) -> None:
        self.rollout_state = "COMPLETED"
        self.rollout_state_reason = f"ECS deployment {self.id} completed."
        self.updated_at = utcnow()


def start_deployment(service: Any) -> Deployment:
    """Makes a new deployment of what the service now says the primary one."""
    for deployment in service.deployments:
        deployment.status = "ACTIVE"
        deployment.updated_at = utcnow()
    deployment = Deployment(service)
    service.deployments = [deployment, *service.deployments]
    return deployment


def primary_of(service: Any) -> Deployment:
    return service.deployments[0]
