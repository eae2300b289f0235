from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.core.utils import utcnow
from moto.ecs.models import Container, Task
from moto.moto_api._internal import mock_random

from .container_instance import NodeContainerInstance
from .deployment import Deployment
from .resources import taken_by
from .settings import Settings


class ServiceTask(Task):
    """A task that a service's scheduler placed on an emulated node."""

    def __init__(
        self,
        service: Any,
        cluster: Any,
        deployment: Deployment,
        container_instance: NodeContainerInstance,
        backend: Any,
        now: float,
        settings: Settings,
    ) -> None:
        definition = backend.describe_task_definition(deployment.task_definition)
        super().__init__(
            cluster=cluster,
            task_definition=definition,
            container_instance_arn=container_instance.container_instance_arn,
            resource_requirements=None,
            backend=backend,
            group=f"service:{service.name}",
            launch_type=service.launch_type or "EC2",
            overrides=_no_overrides(definition),
            started_by=deployment.id,
            tags=_tags(service, cluster, definition),
            networking_configuration=service.network_configuration,
        )
        self.service = service
        self.deployment = deployment
        self.container_instance = container_instance
        self.definition = definition
        self.resources = taken_by(definition)
        self.has_health_check = any(each.get("healthCheck") for each in definition.container_definitions)
        self.cpu = definition.cpu
        self.memory = definition.memory
        self.availability_zone = container_instance.zone
        self.attributes = [
            {"name": "ecs.cpu-architecture", "value": container_instance.attributes["ecs.cpu-architecture"]}
        ]
        self.connectivity = "CONNECTED"
        self.enable_execute_command = bool(service.enable_execute_command)
        self.version = 1
        self.created_at = utcnow()
        self.connectivity_at = self.pull_started_at = self.created_at
        self._settings = settings
        # What the containers that have a check say; what a service's scheduler goes by.
        self.checked = "UNKNOWN"
        self.has_unchecked_container = any(
            each.get("essential", True) and not each.get("healthCheck") for each in definition.container_definitions
        )
        self.was_healthy = False
        # Its host runs it no more, and nobody has told AWS.
        self.silent = False
        self.stop_code: Optional[str] = None
        self.stopped_reason = None
        # Target groups' ARNs and ports under which the load balancers know it.
        self.targets: List[Any] = []
        # Moments of the monotonic clock.
        self.placed_at = now
        self.running_since: Optional[float] = None
        self.stopping_since: Optional[float] = None
        self.containers = [
            _container(definition, spec, self) for spec in definition.container_definitions
        ]
        self.last_status = "PENDING"

    # moto moves its own tasks on at each look; these move with time.
    @property
    def last_status(self) -> str:
        return self._last_status

    @last_status.setter
    def last_status(self, value: str) -> None:
        self._last_status = value
        for container in self.containers:
            container.last_status = value
            container.exit_code = 0 if value == "STOPPED" else None

    def advance(self) -> None:
        pass

    @property
    def kept(self) -> bool:
        """True unless it has been told to stop."""
        return self.desired_status == "RUNNING"

    @property
    def health_status(self) -> str:
        """As AWS tells it: documented as UNKNOWN while an essential container has no check, and not UNHEALTHY.

        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
        """
        documented = self._settings.task_health == "documented"
        return "UNKNOWN" if documented and self.has_unchecked_container and self.checked == "HEALTHY" else self.checked

    @property
    def healthy(self) -> bool:
        """As a service's scheduler counts it; without a health check a running task is healthy."""
        return (
            self.kept
            and self.last_status == "RUNNING"
            and (self.checked == "HEALTHY" or not self.has_health_check)
        )

    def set_health(self, status: str) -> None:
        self.checked = status
        self.version += 1
        for container in self.containers:
            if container.has_health_check:
                container.health_status = status


def _container(definition: Any, spec: Dict[str, Any], task: ServiceTask) -> Container:
    container = Container(definition)
    del container.exitCode  # moto's is 0 from the start
    container.container_arn = f"{task.task_arn.replace(':task/', ':container/')}/{mock_random.uuid4()}"
    container.task_arn = task.task_arn
    container.name = spec["name"]
    container.image = spec.get("image")
    container.cpu = str(spec.get("cpu") or 0)
    container.memory = str(spec["memory"]) if spec.get("memory") else None
    container.memory_reservation = str(spec["memoryReservation"]) if spec.get("memoryReservation") else None
    container.runtime_id = mock_random.get_random_hex(64)
    container.has_health_check = bool(spec.get("healthCheck"))
    container.health_status = "UNKNOWN"
    container.network_bindings = [
        {
            "bindIP": "0.0.0.0",
            "containerPort": mapping.get("containerPort"),
            "hostPort": mapping.get("hostPort") or mapping.get("containerPort"),
            "protocol": mapping.get("protocol") or "tcp",
        }
        for mapping in spec.get("portMappings", [])
        if definition.network_mode != "awsvpc"
    ]
    return container


def _no_overrides(definition: Any) -> Dict[str, Any]:
    return {
        "containerOverrides": [{"name": spec["name"]} for spec in definition.container_definitions],
        "inferenceAcceleratorOverrides": [],
    }


def _tags(service: Any, cluster: Any, definition: Any) -> List[Dict[str, str]]:
    """The tags that the service hands on, and ECS's own two."""
    source = {"SERVICE": service.tags, "TASK_DEFINITION": definition.tags}.get(service.propagate_tags)
    tags = [dict(tag) for tag in source or []]
    if service.enable_ecs_managed_tags:
        tags.append({"key": "aws:ecs:clusterName", "value": cluster.name})
        tags.append({"key": "aws:ecs:serviceName", "value": service.name})
    return tags
