"""The services' scheduler: it starts and stops tasks until each service runs what it should.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from moto.core.utils import utcnow
from moto.ecs.models import ecs_backends
from moto.moto_api._internal import mock_random

from .container_instance import NodeContainerInstance
from .deployment import primary_of, start_deployment
from .placement import Placement
from .settings import Settings
from .task import ServiceTask
from .tasks import TaskRunner

_KEPT_EVENTS = 100
_NO_ROOM = "was unable to place a task because no container instance met all of its requirements."

# A task to stop, and why.
Stop = Tuple[ServiceTask, str]


class Scheduler:
    def __init__(self, settings: Settings, runner: TaskRunner) -> None:
        self._settings = settings
        self._runner = runner
        self._all = False
        self._services: Dict[str, Any] = {}
        # Services with a task that no node has room for.
        self._unplaced: Dict[str, Any] = {}

    def wake(self, service: Any = None) -> None:
        """Looks at a service anew; at all of them if none is given."""
        if service is None:
            self._all = True
        else:
            self._services[service.arn] = service

    @property
    def idle(self) -> bool:
        return not (self._all or self._services or self._runner.changed_services)

    def advance(self, now: float) -> bool:
        """Looks at the services that may need it; true if a task was started or stopped."""
        services = {**self._services, **self._runner.changed_services}
        if self._runner.room_was_made:
            services.update(self._unplaced)
        if self._all:
            services = {service.arn: service for service in _all_services()}
        self._all = False
        self._services.clear()
        self._runner.changed_services.clear()
        self._runner.room_was_made = False
        changed = False
        for service in services.values():
            if service.status != "INACTIVE" and service.deployments and service.launch_type != "FARGATE":
                changed = self._schedule(service, now) or changed
        return changed

    def _schedule(self, service: Any, now: float) -> bool:
        if service.status == "DRAINING":
            return self._drain(service, now)
        backend = service._backend
        cluster = backend.clusters[service.cluster_name]
        primary = primary_of(service)
        placement = Placement(service, backend.describe_task_definition(primary.task_definition))
        nodes = [
            each
            for each in backend.container_instances.get(cluster.name, {}).values()
            if isinstance(each, NodeContainerInstance)
        ]
        plan = _plan_daemon if service.scheduling_strategy == "DAEMON" else _plan_replica
        stops, wanted, candidates = plan(service, placement, nodes)
        for task, reason in stops:
            self._runner.stop(task, now, reason)
        if primary.rollout_state == "FAILED":
            wanted = 0
        started = []
        self._unplaced.pop(service.arn, None)
        for _ in range(wanted):
            kept = [task for task in service.live_tasks.values() if task.kept]
            node = placement.choose([each for each in candidates if _is_free(each, service, placement)], kept)
            if node is None:
                self._unplaced[service.arn] = service
                _tell_once(service, _NO_ROOM)
                break
            started.append(self._runner.start(service, cluster, primary, node, backend, now))
        if stops:
            _tell(service, f"has stopped {len(stops)} running tasks: {_names([task for task, _ in stops])}.")
        if started:
            _tell(service, f"has started {len(started)} tasks: {_names(started)}.")
        rolled_back = _judge_deployments(service, self._settings)
        return bool(stops or started or rolled_back)

    def _drain(self, service: Any, now: float) -> bool:
        tasks = list(service.live_tasks.values())
        for task in tasks:
            self._runner.stop(task, now, "The service is being deleted.")
        if not tasks:
            service.status = "INACTIVE"
            service.deployments = []
        return any(task.kept for task in tasks)


def _all_services() -> List[Any]:
    backends = [backend for regions in list(ecs_backends.values()) for backend in list(regions.values())]
    return [service for backend in backends for service in backend.services.values()]


def _plan_daemon(
    service: Any, placement: Placement, nodes: List[NodeContainerInstance]
) -> Tuple[List[Stop], int, List[NodeContainerInstance]]:
    """One task on each node that meets the constraints. Returns stops, number to start, and where."""
    kept = [task for task in service.live_tasks.values() if task.kept]
    holding = {task.container_instance.id for task in kept}
    eligible = {
        node.id: node
        for node in nodes
        if node.status == "ACTIVE" and (node.agent_connected or node.id in holding) and placement.admits(node)
    }
    service.desired_count = len(eligible)
    stops: List[Stop] = []
    for task in kept:
        node = task.container_instance
        if node.id in eligible:
            continue
        # A draining node's daemons go last.
        if node.status != "DRAINING" or not _has_replicas(node):
            stops.append((task, f"(service {service.name}) its node is to run it no more."))
    staying = [task for task in kept if task.container_instance.id in eligible]
    stops += _plan_replacements(service, staying, [], len(eligible))
    candidates = [node for node in eligible.values() if node.agent_connected]
    free = [node for node in candidates if _is_free(node, service, placement)]
    return stops, len(free), free


def _plan_replica(
    service: Any, placement: Placement, nodes: List[NodeContainerInstance]
) -> Tuple[List[Stop], int, List[NodeContainerInstance]]:
    """`desiredCount` tasks anywhere. Returns stops, number to start, and where."""
    kept = [task for task in service.live_tasks.values() if task.kept]
    leaving = [task for task in kept if task.container_instance.status == "DRAINING"]
    desired = service.desired_count
    stops = _plan_replacements(service, kept, leaving, desired)
    primary = primary_of(service)
    gone = {task.task_arn for task, _ in stops}
    staying = [
        task for task in kept if task.deployment is primary and task not in leaving and task.task_arn not in gone
    ]
    surplus = _surplus(staying, len(staying) - desired)
    stops += [(task, f"(service {service.name}) was scaled in.") for task in surplus]
    most = desired * _percent(service, "maximumPercent", 200) // 100
    room = most - (len(kept) - len(stops))
    candidates = [
        node for node in nodes if node.status == "ACTIVE" and node.agent_connected and placement.admits(node)
    ]
    return stops, max(0, min(desired - len(staying), room)), candidates


def _plan_replacements(
    service: Any, kept: List[ServiceTask], leaving: List[ServiceTask], desired: int
) -> List[Stop]:
    """Which tasks to stop now so that others can take their place, never below the healthy minimum."""
    primary = primary_of(service)
    least = -(-desired * _percent(service, "minimumHealthyPercent", 100) // 100)
    healthy = sum(task.healthy for task in kept)
    stops: List[Stop] = []
    for task in sorted(kept, key=lambda each: each.healthy):
        if task.checked == "UNHEALTHY":
            stops.append((task, f"(service {service.name}) failed container health checks."))
        elif task.deployment is not primary or task in leaving:
            if task.healthy and healthy - 1 < least:
                continue
            healthy -= task.healthy
            stops.append((task, f"Scaling activity initiated by ({primary.id})"))
    return stops


def _surplus(tasks: List[ServiceTask], count: int) -> List[ServiceTask]:
    """The tasks to stop when fewer are wanted: unhealthy ones, then of the fullest zone."""
    chosen: List[ServiceTask] = []
    for _ in range(max(0, count)):
        left = [task for task in tasks if task not in chosen]
        zones = [task.availability_zone for task in left]
        chosen.append(min(left, key=lambda task: (task.healthy, -zones.count(task.availability_zone))))
    return chosen


def _is_free(node: NodeContainerInstance, service: Any, placement: Placement) -> bool:
    """Whether another task of the service may go to the node, as far as that service is concerned."""
    if not (placement.distinct or service.scheduling_strategy == "DAEMON"):
        return True
    return not any(task.service is service for task in node.live_tasks.values())


def _has_replicas(node: NodeContainerInstance) -> bool:
    return any(task.service.scheduling_strategy != "DAEMON" for task in node.live_tasks.values())


def _percent(service: Any, name: str, default: int) -> int:
    return int((service.deployment_configuration or {}).get(name, default))


def _judge_deployments(service: Any, settings: Settings) -> bool:
    """Completes the primary deployment, or lets its circuit breaker trip; true if that starts another."""
    primary, *others = service.deployments
    service.deployments = [primary, *(each for each in others if each.tasks())]
    if primary.rollout_state != "IN_PROGRESS":
        return False
    tasks = list(service.live_tasks.values())
    if (
        len(service.deployments) == 1
        and len(tasks) == service.desired_count
        and all(task.healthy and task.container_instance.status == "ACTIVE" for task in tasks)
    ):
        primary.complete()
        service.completed_task_definition = primary.task_definition
        _tell(service, f"(deployment {primary.id}) deployment completed.")
        _tell(service, "has reached a steady state.")
        return False
    if service.scheduling_strategy == "DAEMON" and not settings.daemon_circuit_breaker:
        return False
    return _judge_failures(service)


def _judge_failures(service: Any) -> bool:
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    primary = primary_of(service)
    breaker = (service.deployment_configuration or {}).get("deploymentCircuitBreaker") or {}
    limit = max(3, min(200, -(-service.desired_count // 2)))
    if not breaker.get("enable") or primary.failed_tasks < limit:
        return False
    primary.rollout_state = "FAILED"
    primary.rollout_state_reason = "ECS deployment circuit breaker: tasks failed to start."
    primary.updated_at = utcnow()
    _tell(service, f"(deployment {primary.id}) deployment failed: tasks failed to start.")
    earlier = service.completed_task_definition
    if not breaker.get("rollback") or earlier in (None, primary.task_definition):
        return False
    service.task_definition = earlier
    rollback = start_deployment(service)
    rollback.rollout_state_reason = f"ECS deployment circuit breaker: rolling back to {earlier}."
    _tell(service, f"rolling back to deployment {rollback.id}.")
    return True


def _names(tasks: List[ServiceTask]) -> str:
    return " ".join(f"(task {task.id.replace('-', '')})" for task in tasks)


def _tell(service: Any, message: str) -> None:
    event = {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": f"(service {service.name}) {message}"}
    service.events = [event, *service.events[: _KEPT_EVENTS - 1]]


def _tell_once(service: Any, message: str) -> None:
    latest = service.events[0]["message"] if service.events else ""
    if not latest.endswith(message):
        _tell(service, message)
