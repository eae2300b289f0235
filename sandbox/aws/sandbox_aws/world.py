"""What the sandbox holds beside moto's own state."""

from __future__ import annotations

import threading
from typing import Any, Dict, Optional, Set, Tuple

from .calls import CallLog
from .contract.dropped import Reads
from .ecs.simulation import EcsSimulation
from .faults import FaultTable
from .images import ImageCatalog
from .launches import LaunchLimits
from .rates import RateLimits
from .timeline import Timeline


class World:
    """The state shared by the patches, the request handler and the control API.

    Everything that reads or changes it, and every call into moto, holds `lock`. The emulated ECS
    agents run beside the requests: they take the same lock for each of their steps, and learn of
    instances through `timeline.subscribe`.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.calls = CallLog()
        self.faults = FaultTable()
        self.launches = LaunchLimits()
        # Which members of the request that is answered now moto has read.
        self.reads = Reads()
        self.images = ImageCatalog()
        self.timeline = Timeline()
        self.rates = RateLimits()
        # The HTTP server that serves this world, once there is one.
        self.server: Optional[Any] = None
        # Instance id -> the status check that fails, and since when (ISO time).
        self.impaired: Dict[str, Tuple[str, str]] = {}
        # Ids of instances that hang in shutting-down once they are terminated.
        self.hanging: Set[str] = set()
        self.ecs = EcsSimulation(self)

    def status(self) -> Dict[str, Any]:
        return {
            "calls": self.calls.total,
            "faults": len(self.faults.describe()),
            "events": len(self.timeline.describe()),
        }


world = World()
