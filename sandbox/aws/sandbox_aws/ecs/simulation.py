from __future__ import annotations

import logging
import math
import threading
import time
import traceback
from typing import Any, Dict

from .container_instance import NodeContainerInstance
from .nodes import Nodes
from .scheduler import Scheduler
from .settings import NodeFault, NodeFaults, Settings
from .task import ServiceTask
from .tasks import TaskRunner

logger = logging.getLogger(__name__)

# What follows at once from one change ends long before this; what doesn't end is a defect.
_MOST_ROUNDS = 1000
_TICK_SECONDS = 0.1


class EcsSimulation:
    """Nodes, tasks and services of all accounts. Whoever calls any of this holds the world's lock."""

    def __init__(self, world: Any) -> None:
        self.settings = Settings()
        self.faults = NodeFaults()
        self._world = world
        self._runner = TaskRunner(self.settings, self.faults, world.timeline)
        self.nodes = Nodes(self.settings, self.faults, world.timeline, world.images, self._runner)
        self._scheduler = Scheduler(self.settings, self._runner)
        self._awake = False
        self._due = math.inf
        world.timeline.subscribe(self._on_instance_event)

    def start_ticking(self) -> None:
        """Advances from time to time from now on, whether or not there are calls."""
        threading.Thread(target=self._tick_for_ever, daemon=True).start()

    def advance(self) -> None:
        """Does all that is due by now, and all that follows from it. Costs next to nothing if nothing is."""
        now = time.monotonic()
        if not self._awake and now < self._due and self._scheduler.idle:
            return
        self._awake = False
        for _ in range(_MOST_ROUNDS):
            nodes_changed = self.nodes.advance(now)
            if nodes_changed:
                self._wake_tasks()
                self._scheduler.wake()
            tasks_changed = self._runner.advance(now)
            scheduled = self._scheduler.advance(now)
            if not (nodes_changed or tasks_changed or scheduled) and self._scheduler.idle:
                break
        self._due = min(self.nodes.due(), self._runner.due())

    def wake(self, service: Any = None) -> None:
        """Something has changed: what a service should run, or (without one) anything else."""
        self._scheduler.wake(service)
        if service is None:
            self._awake = True
            self._wake_tasks()

    def stop_task(self, task: ServiceTask, reason: str) -> None:
        """StopTask: an operator stops a task; its service starts another."""
        self._runner.stop(task, time.monotonic(), reason, "UserInitiated")

    def lose_tasks(self, registered: NodeContainerInstance, reason: str) -> None:
        """Ends all tasks of a registration that is no more, also those of which nobody has told since."""
        for task in list(registered.live_tasks.values()):
            self._runner.lose(task, time.monotonic(), reason)

    def lose_checkpoint(self, instance_id: str) -> None:
        """Raises ValueError where no agent is registered."""
        self.nodes.lose_checkpoint(instance_id)
        self.wake()

    def configure(self, changes: Dict[str, Any]) -> Dict[str, Any]:
        """Raises ValueError with what is wrong."""
        self.settings.change(changes)
        self.wake()
        return self.settings.describe()

    def add_fault(self, spec: Dict[str, Any]) -> NodeFault:
        """Raises ValueError with what is wrong."""
        fault = self.faults.add(spec)
        self.wake()
        return fault

    def remove_fault(self, fault_id: str) -> bool:
        removed = self.faults.remove(fault_id)
        self.wake()
        return removed

    def clear_faults(self) -> None:
        self.faults.clear()
        self.wake()

    def _on_instance_event(self, event: str, instance: Any) -> None:
        if event in ("launched", "started"):
            self.nodes.start(instance, time.monotonic())
        if event in ("launched", "started", "stopped", "terminated"):
            self._awake = True

    def _wake_tasks(self) -> None:
        self._runner.wake(
            [task for node in self.nodes.container_instances() for task in node.live_tasks.values()]
        )

    def _tick_for_ever(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            with self._world.lock:
                try:
                    self.advance()
                except Exception:  # a defect here; the calls that meet it tell it, too
                    logger.error("can't advance\n%s", traceback.format_exc())
