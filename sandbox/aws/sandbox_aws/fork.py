"""A second AWS that starts with all that this one holds.

The provider waits for most of a minute on a new load balancer, whatever it is told. A test that
needs a built fleet forks the AWS of one that was built before, in milliseconds, and does with it
as it likes: neither sees anything of the other from then on.
"""

from __future__ import annotations

import gc
import os
import socket
import threading
from typing import Any, Callable

from .world import World

# Serves `world` at this host on any free port, and writes the port file; never returns.
Serve = Callable[[World, str], None]


def fork_world(world: World, connection: socket.socket, port_file: str, serve: Serve) -> int:
    """Forks this process and returns the child's id; the caller holds the lock.

    The child ends as its parent does: with the standard input that both share, or by a signal.
    """
    # Left out of garbage collection, which would touch, and so copy, all of the shared memory.
    gc.freeze()
    pid = os.fork()
    if pid:
        return pid
    try:
        # This thread is the only one that lives on here, in the middle of a request that the
        # parent will answer; the lock that it holds would never be given back.
        world.lock = threading.RLock()
        world.calls.clear()
        world.faults.clear()
        world.rates.after_fork()
        connection.close()
        close_listening_socket(world.server)
        serve(world, port_file)
    finally:
        os._exit(1)


def close_listening_socket(server: Any) -> None:
    """Leaves the port to the parent alone."""
    if server is not None:
        server.socket.close()
