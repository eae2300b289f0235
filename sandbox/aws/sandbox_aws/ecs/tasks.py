"""What becomes of a task once it is placed: it pulls, runs, rebuilds its state, is healthy, stops."""

from __future__ import annotations

import math
from collections import deque
from typing import Any, Deque, Dict, List, Optional

from moto.core.utils import utcnow

from ..timeline import Timeline
from .container_instance import NodeContainerInstance
from .deployment import Deployment
from .settings import NEVER_HEALTHY, UNHEALTHY, NodeFaults, Settings
from .targets import deregister_targets, register_targets
from .task import ServiceTask

# AWS shows stopped tasks for an hour.
_KEPT_STOPPED = 1000


class TaskRunner:
    def __init__(self, settings: Settings, faults: NodeFaults, timeline: Timeline) -> None:
        self._settings = settings
        self._faults = faults
        self._timeline = timeline
        # Tasks that time alone may change.
        self._moving: Dict[str, ServiceTask] = {}
        self._stopped: Deque[ServiceTask] = deque()
        # Services whose tasks have changed, for the scheduler to take.
        self.changed_services: Dict[str, Any] = {}
        # Whether a task has ended and left room to others, until the scheduler has seen it.
        self.room_was_made = False

    def start(
        self, service: Any, cluster: Any, deployment: Deployment, node: NodeContainerInstance, backend: Any, now: float
    ) -> ServiceTask:
        task = ServiceTask(service, cluster, deployment, node, backend, now, self._settings)
        backend.tasks.setdefault(cluster.name, {})[task.task_arn] = task
        service.live_tasks[task.task_arn] = task
        node.live_tasks[task.task_arn] = task
        self._moving[task.task_arn] = task
        return task

    def stop(self, task: ServiceTask, now: float, reason: str, code: str = "ServiceSchedulerInitiated") -> None:
        """Tells a task to stop; it is stopped once its agent has said so."""
        if not task.kept:
            return
        task.desired_status = "STOPPED"
        task.stopped_reason, task.stop_code = reason, code
        task.stopping_since, task.stopping_at = now, utcnow()
        if task.container_instance.agent_connected and task.last_status == "RUNNING":
            task.last_status = "DEACTIVATING"
        task.version += 1
        self._record("task-stopping", task)
        self._moving[task.task_arn] = task
        self.changed_services[task.service.arn] = task.service

    def lose(self, task: ServiceTask, now: float, reason: str) -> None:
        """Ends a task together with its node."""
        self.stop(task, now, reason, "TerminationNotice")
        self._end(task)

    def fall_silent(self, task: ServiceTask) -> None:
        """Ends a task of which AWS goes on telling what it heard last."""
        if not task.silent:
            self._record("task-stopped", task)
            task.silent = True

    def wake(self, tasks: List[ServiceTask]) -> None:
        """Looks again at tasks that had nothing to wait for."""
        self._moving.update({task.task_arn: task for task in tasks})

    def advance(self, now: float) -> bool:
        """Does all that is due; true if that was anything."""
        changed = False
        for task in list(self._moving.values()):
            if task.task_arn in self._moving and task.container_instance.agent_connected:
                changed = self._advance(task, now) or changed
        return changed

    def due(self) -> float:
        """The moment of the next change that time alone brings."""
        moments = (self._due(task) for task in self._moving.values() if task.container_instance.agent_connected)
        return min(moments, default=math.inf)

    def _due(self, task: ServiceTask) -> float:
        if task.stopping_since is not None:
            waits_for = 0 if task.running_since is None else self._settings.stop_seconds
            return task.stopping_since + waits_for
        if task.running_since is None:
            return task.placed_at + self._settings.pull_seconds
        if not task.has_health_check or task.checked == "UNHEALTHY":
            return math.inf
        if self._meets(UNHEALTHY, task):
            return task.running_since
        if task.checked == "HEALTHY":
            return math.inf
        if not self._meets(NEVER_HEALTHY, task):
            return task.running_since + self._settings.rebuild_seconds
        limit = self._settings.unhealthy_seconds
        return math.inf if limit is None else task.running_since + limit

    def _advance(self, task: ServiceTask, now: float) -> bool:
        due = self._due(task)
        if due > now:
            if due == math.inf and not self._may_still_pass(task):
                del self._moving[task.task_arn]
            return False
        if task.stopping_since is not None:
            self._end(task)
        elif task.running_since is None:
            self._run(task, now)
        else:
            failing = self._meets(UNHEALTHY, task) or self._meets(NEVER_HEALTHY, task)
            self._judge(task, "UNHEALTHY" if failing else "HEALTHY")
        self.changed_services[task.service.arn] = task.service
        return True

    def _may_still_pass(self, task: ServiceTask) -> bool:
        return task.has_health_check and task.checked == "UNKNOWN"

    def _run(self, task: ServiceTask, now: float) -> None:
        task.last_status = "RUNNING"
        task.running_since = now
        task.started_at = task.pull_stopped_at = utcnow()
        task.version += 1
        node = task.container_instance
        register_targets(task, node._account_id, node.region_name)
        self._record("task-started", task)

    def _judge(self, task: ServiceTask, status: str) -> None:
        if status == "UNHEALTHY" and not task.was_healthy:
            task.deployment.failed_tasks += 1
        task.was_healthy = task.was_healthy or status == "HEALTHY"
        task.set_health(status)
        self._record("task-healthy" if status == "HEALTHY" else "task-unhealthy", task)

    def _end(self, task: ServiceTask) -> None:
        task.last_status = "STOPPED"
        task.stopped_at = utcnow()
        task.execution_stopped_at = task.stopped_at
        task.connectivity = "DISCONNECTED"
        task.version += 1
        deregister_targets(task)
        for holder in (task.service, task.container_instance):
            holder.live_tasks.pop(task.task_arn, None)
        self._moving.pop(task.task_arn, None)
        self._record("task-stopped", task)
        self.room_was_made = True
        # A draining node's daemons wait for its other tasks.
        for each in (task, *task.container_instance.live_tasks.values()):
            self.changed_services[each.service.arn] = each.service
        self._stopped.append(task)
        if len(self._stopped) > _KEPT_STOPPED:
            oldest = self._stopped.popleft()
            oldest._backend.tasks[oldest.cluster_name].pop(oldest.task_arn, None)

    def _meets(self, kind: str, task: ServiceTask) -> bool:
        return self._faults.meets(kind, task.container_instance.instance, task)

    def _record(self, event: str, task: ServiceTask) -> None:
        if task.silent:
            return  # it ended before
        self._timeline.record_task(
            event,
            task.container_instance.instance,
            {
                "cluster": task.cluster_name,
                "serviceName": task.service.name,
                "taskArn": task.task_arn,
                "taskDefinitionArn": task.task_definition_arn,
            },
        )


def host_is_gone(instance: Any) -> str:
    """What AWS tells as the reason of tasks that ended with their instance."""
    return f"Host EC2 (instance {instance.id}) stopped/terminated."


def find_service_task(backend: Any, cluster_name: str, task: str) -> Optional[ServiceTask]:
    """The live task with this id or ARN, if it is one of a service."""
    for arn, found in backend.tasks.get(cluster_name, {}).items():
        if isinstance(found, ServiceTask) and arn.split("/")[-1] == task.split("/")[-1]:
            return found
    return None
