"""Serves a world until the process ends."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any, Optional

from .server import make_sandbox_server
from .world import World


def serve(
    world: World,
    port_file: Optional[str],
    host: str = "127.0.0.1",
    port: int = 0,
    until_stdin_closes: bool = True,
) -> None:
    """Never returns. Raises OSError if the port is taken; port 0 picks a free one."""
    server = make_sandbox_server(world, host, port)
    world.server = server
    world.ecs.start_ticking()
    if until_stdin_closes:
        threading.Thread(target=_exit_with_stdin, daemon=True).start()
    if port_file:
        _write_json(port_file, {"port": server.server_port, "pid": os.getpid()})
    print(f"local AWS at http://{host}:{server.server_port}", file=sys.stderr)
    server.serve_forever()


def _exit_with_stdin() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def _write_json(path: str, content: Any) -> None:
    """Writes the file in one step, so that no reader sees half of it."""
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(temporary, path)
