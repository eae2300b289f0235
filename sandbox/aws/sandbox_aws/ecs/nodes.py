"""The ECS agent on each instance: it boots, registers in a cluster, and is lost with its instance."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional

from moto.ecs.models import ecs_backends

from ..images import ImageCatalog
from ..timeline import Timeline
from .container_instance import NodeContainerInstance
from .settings import AGENT_DISCONNECTED, NEVER_BOOTS, NodeFaults, Settings
from .tasks import TaskRunner, host_is_gone
from .user_data import AgentConfig, BadUserData, read_agent_config

logger = logging.getLogger(__name__)


@dataclass
class Node:
    """An instance, and what its disk and its agent know."""

    instance: Any
    started_at: float  # a moment of the monotonic clock, like the others
    booted: bool = False
    # User data is read at the first boot only.
    first_boot_done: bool = False
    config: Optional[AgentConfig] = None
    container_instance: Optional[NodeContainerInstance] = None
    # Registrations that its agent knows nothing of any more.
    forgotten: List[NodeContainerInstance] = field(default_factory=list)
    # The agent has given up until the next start.
    agent_ended: bool = False
    ended_at: Optional[float] = None
    was_connected_at_end: bool = False

    @property
    def backend(self) -> Any:
        return ecs_backends[self.instance.owner_id][self.instance.region_name]


class Nodes:
    def __init__(
        self, settings: Settings, faults: NodeFaults, timeline: Timeline, images: ImageCatalog, runner: TaskRunner
    ) -> None:
        self._settings = settings
        self._faults = faults
        self._timeline = timeline
        self._images = images
        self._runner = runner
        self._nodes: Dict[str, Node] = {}

    def start(self, instance: Any, now: float) -> None:
        """Begins to boot a launched or restarted instance."""
        node = self._nodes.setdefault(instance.id, Node(instance, now))
        node.started_at = now
        node.booted = node.agent_ended = False

    def lose_checkpoint(self, instance_id: str) -> None:
        """The agent comes back without its checkpoint: it registers anew beside its old registration, of which AWS
        hears nothing more. Raises ValueError where no agent is registered."""
        node = self._nodes.get(instance_id)
        if node is None or node.container_instance is None:
            raise ValueError(f"no agent of {instance_id} is registered")
        for task in node.container_instance.live_tasks.values():
            self._runner.fall_silent(task)
        self._set_connected(node, False)
        node.forgotten.append(node.container_instance)
        node.container_instance = None

    def advance(self, now: float) -> bool:
        """Does all that is due; true if that changed a container instance."""
        changed = False
        for node in list(self._nodes.values()):
            state = node.instance.state
            if state == "running":
                changed = self._run(node, now) or changed
            elif state == "terminated":
                changed = self._end(node, now) or changed
            else:
                changed = self._lose(node, now) or changed
        return changed

    def due(self) -> float:
        """The moment of the next change that time alone brings."""
        return min((self._due(node) for node in self._nodes.values()), default=math.inf)

    def container_instances(self) -> Iterator[NodeContainerInstance]:
        """All that are registered, in any cluster."""
        for regions in list(ecs_backends.values()):
            for backend in list(regions.values()):
                for cluster in list(backend.container_instances.values()):
                    yield from (each for each in cluster.values() if isinstance(each, NodeContainerInstance))

    def is_waiting(self, instance: Any) -> str:
        """Why an instance has no connected agent, for people; empty if it has one."""
        node = self._nodes.get(instance.id)
        if node is None or instance.state != "running":
            return f"{instance.id} is {instance.state}"
        if not node.booted:
            return f"{instance.id} boots"
        if node.config is None:
            return f"{instance.id} can't join a cluster with its user data"
        if node.container_instance is None:
            return f"{instance.id} has not joined cluster {node.config.cluster}"
        return "" if node.container_instance.agent_connected else f"the agent of {instance.id} is disconnected"

    def _due(self, node: Node) -> float:
        if node.ended_at is not None:
            return node.ended_at + self._settings.deregister_seconds
        if node.instance.state != "running" or node.booted or self._meets(NEVER_BOOTS, node):
            return math.inf
        return node.started_at + self._settings.boot_seconds

    def _run(self, node: Node, now: float) -> bool:
        if not node.booted:
            if self._due(node) > now:
                return False
            self._boot(node)
        registered = node.container_instance
        if registered is not None and not _is_registered(node):
            # Deregistered by a call: the agent ends, and registers anew after the next start.
            node.container_instance, node.agent_ended = None, True
            return True
        if node.config is None or node.agent_ended:
            return False
        if registered is None:
            return self._register(node, node.config)
        connected = not self._meets(AGENT_DISCONNECTED, node)
        gone = [task for task in registered.live_tasks.values() if task.silent] if connected else []
        for task in gone:
            self._runner.lose(task, now, host_is_gone(node.instance))
        return self._set_connected(node, connected) or bool(gone)

    def _boot(self, node: Node) -> None:
        node.booted = True
        if not node.first_boot_done:
            node.first_boot_done = True
            try:
                node.config = self._read_config(node.instance)
            except BadUserData as error:
                logger.warning("%s joins no cluster: %s", node.instance.id, error)
        registered = node.container_instance
        if registered and registered.attributes["ecs.instance-type"] != node.instance.instance_type:
            logger.warning("%s: container instance type changes are not supported", node.instance.id)
            node.agent_ended = True

    def _read_config(self, instance: Any) -> AgentConfig:
        release = self._images.find(instance.region_name, instance.image_id)
        user_data = instance.user_data.decode() if instance.user_data else None
        return read_agent_config(release.os if release else None, user_data)

    def _register(self, node: Node, config: AgentConfig) -> bool:
        cluster = node.backend.clusters.get(config.cluster)
        if cluster is None or cluster.status != "ACTIVE":
            return False  # the agent tries again until there is one
        if self._meets(AGENT_DISCONNECTED, node):
            return False
        registered = NodeContainerInstance(node.instance, cluster, node.backend, config)
        node.backend.container_instances.setdefault(cluster.name, {})[registered.id] = registered
        node.container_instance = registered
        self._timeline.record("registered", node.instance)
        return True

    def _set_connected(self, node: Node, connected: bool) -> bool:
        registered = node.container_instance
        if registered is None or registered.agent_connected == connected:
            return False
        registered.agent_connected = connected
        self._timeline.record("agent-connected" if connected else "agent-disconnected", node.instance)
        return True

    def _lose(self, node: Node, now: float, told: bool = False) -> bool:
        """The instance doesn't run: neither does its agent, nor any of its tasks. AWS learns of those if it is told."""
        node.booted = False
        changed = self._set_connected(node, False)
        if node.container_instance is not None:
            for task in list(node.container_instance.live_tasks.values()):
                if told or self._settings.stopped_hosts == "lost":
                    self._runner.lose(task, now, host_is_gone(node.instance))
                    changed = True
                else:
                    self._runner.fall_silent(task)
        return changed

    def _end(self, node: Node, now: float) -> bool:
        registered = node.container_instance
        if node.ended_at is None:
            node.ended_at = now
            node.was_connected_at_end = registered is not None and registered.agent_connected
        # What ECS has no word of, it tells as it heard it last.
        changed = self._lose(node, now, told=not self._leaves_ghost(node))
        if self._due(node) > now:
            return changed
        del self._nodes[node.instance.id]
        if self._settings.ghosts == "never":
            for each in node.forgotten:
                changed = self._forget(each, now) or changed
        if registered is None or not _is_registered(node) or self._leaves_ghost(node):
            return changed
        del node.backend.container_instances[registered.cluster_name][registered.id]
        registered.status = "INACTIVE"
        self._timeline.record("deregistered", node.instance)
        return True

    def _forget(self, registered: NodeContainerInstance, now: float) -> bool:
        """ECS forgets a registration that no agent knows of, with its tasks."""
        for task in list(registered.live_tasks.values()):
            self._runner.lose(task, now, host_is_gone(registered.instance))
        registered.status = "INACTIVE"
        known = registered._backend.container_instances.get(registered.cluster_name, {})
        return known.pop(registered.id, None) is not None

    def _leaves_ghost(self, node: Node) -> bool:
        ghosts = self._settings.ghosts
        return ghosts == "always" or (ghosts == "if-disconnected" and not node.was_connected_at_end)

    def _meets(self, kind: str, node: Node) -> bool:
        return self._faults.meets(kind, node.instance)


def _is_registered(node: Node) -> bool:
    registered = node.container_instance
    if registered is None:
        return False
    return registered.id in node.backend.container_instances.get(registered.cluster_name, {})
