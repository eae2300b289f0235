"""The control API below `/_sandbox/`: what happens to an account without Terraform's doing.

    GET    /_sandbox/health
    GET    /_sandbox/calls                                  DELETE forgets them
    GET    /_sandbox/calls/asked                            what AWS would look at to allow each
    GET    /_sandbox/timeline
    GET    /_sandbox/images?region=R
    POST   /_sandbox/images         {os, architecture, region} -> {imageId}
    GET    /_sandbox/faults                                 DELETE clears them
    POST   /_sandbox/faults         {service, action, kind, times, ...} -> {id}
    GET    /_sandbox/launches                               DELETE takes all limits back
    POST   /_sandbox/launches       {kind, instanceType, availabilityZone, tag, value} -> {id}
    POST   /_sandbox/load-balancers/grow {addresses}: more in each subnet -> {taken}
    GET    /_sandbox/rates                                  whether calls are throttled, and latency
    POST   /_sandbox/rates          {enabled, readMilliseconds, changeMilliseconds}: any of them
    POST   /_sandbox/fork           {portFile} -> {pid}
    GET    /_sandbox/instances
    POST   /_sandbox/instances/ID/(start|stop|terminate|repair)
    POST   /_sandbox/instances/ID/(hang|finish)             whether it hangs in shutting-down once it is terminated
    POST   /_sandbox/instances/ID/lose-checkpoint           its ECS agent registers anew
    POST   /_sandbox/instances/ID/impair                    {check: instance (default), system or attachedEbs}
    GET    /_sandbox/ecs-agent                              its settings
    POST   /_sandbox/ecs-agent      {bootSeconds, rebuildSeconds, ...}: any of them
    GET    /_sandbox/ecs-agent/faults                       DELETE clears them, or one: /ID
    POST   /_sandbox/ecs-agent/faults {kind, instanceId, imageId, serviceName, containerImage} -> {id}
    GET    /_sandbox/ecs-agent/container-instances
    GET    /_sandbox/ecs-agent/tasks                        those that aren't stopped
    GET    /_sandbox/ecs-agent/health?environment=E -> {healthy, waitingFor, nodes}

Bodies and answers are JSON; errors are `{"error": "..."}` with status 400 or 404. No AWS API uses
this prefix: S3 bucket names cannot begin with an underscore.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, Iterator, List
from urllib.parse import parse_qs

from moto.ec2.models import ec2_backends

from .clock import now
from .ecs import control as ecs_control
from .faults import Response
from .fork import fork_world
from .patches.images import register_release
from .patches.instance_lifecycle import STATUS_CHECKS
from .patches.load_balancers import grow
from .world import World

PREFIX = "/_sandbox/"
DEFAULT_REGION = "us-east-1"


class ControlError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def handle(world: World, environ: Dict[str, Any], body: bytes) -> Response:
    """Answers one control request; the caller holds the lock."""
    path = environ["PATH_INFO"][len(PREFIX) :].strip("/").split("/")
    query = {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    try:
        content = json.loads(body) if body else {}
        if not isinstance(content, dict):
            raise ControlError(400, "the body must be a JSON object")
        if path == ["fork"] and environ["REQUEST_METHOD"] == "POST":
            return _json(200, {"pid": _fork(world, environ, content)})
        answer = _route(world, environ["REQUEST_METHOD"], path, query, content)
        return _json(200, answer)
    except ControlError as error:
        return _json(error.status, {"error": str(error)})
    except ValueError as error:
        return _json(400, {"error": str(error)})


def _route(world: World, method: str, path: List[str], query: Dict[str, str], body: Dict[str, Any]) -> Any:
    routes: Dict[str, Callable[[], Any]] = {
        "GET health": world.status,
        "GET calls": world.calls.describe,
        "GET calls/asked": world.calls.describe_asked,
        "DELETE calls": world.calls.clear,
        "GET timeline": world.timeline.describe,
        "GET faults": world.faults.describe,
        "POST faults": lambda: {"id": world.faults.add(body).id},
        "DELETE faults": world.faults.clear,
        "GET launches": world.launches.describe,
        "POST launches": lambda: {"id": world.launches.add(body).id},
        "DELETE launches": world.launches.clear,
        "POST load-balancers/grow": lambda: {"taken": _grow(body)},
        "GET rates": world.rates.describe,
        "POST rates": lambda: world.rates.configure(body),
        "GET images": lambda: world.images.describe(query.get("region", DEFAULT_REGION)),
        "POST images": lambda: _release_image(world, body),
        "GET instances": lambda: [_describe(world, instance) for instance in _all_instances()],
        "GET ecs-agent": world.ecs.settings.describe,
        "POST ecs-agent": lambda: world.ecs.configure(body),
        "GET ecs-agent/faults": world.ecs.faults.describe,
        "POST ecs-agent/faults": lambda: {"id": world.ecs.add_fault(body).id},
        "DELETE ecs-agent/faults": world.ecs.clear_faults,
        "GET ecs-agent/container-instances": lambda: ecs_control.describe_container_instances(world.ecs),
        "GET ecs-agent/tasks": lambda: ecs_control.describe_tasks(world.ecs),
        "GET ecs-agent/health": lambda: ecs_control.describe_fleet_health(
            world.ecs, _all_instances(), query.get("environment", "")
        ),
    }
    route = routes.get(f"{method} {'/'.join(path)}")
    if route:
        return route()
    if method == "POST" and len(path) == 3 and path[0] == "instances":
        return _act_on_instance(world, path[1], path[2], body)
    if method == "DELETE" and path[:2] == ["ecs-agent", "faults"] and len(path) == 3:
        if not world.ecs.remove_fault(path[2]):
            raise ControlError(404, f"no fault {path[2]}")
        return None
    raise ControlError(404, f"nothing at {method} {PREFIX}{'/'.join(path)}")


def _fork(world: World, environ: Dict[str, Any], body: Dict[str, Any]) -> int:
    from .serve import serve  # serves this very module

    port_file = body.get("portFile")
    if not isinstance(port_file, str):
        raise ControlError(400, "portFile must name the file that tells the fork's port")
    return fork_world(world, environ["werkzeug.socket"], port_file, serve)


def _release_image(world: World, body: Dict[str, Any]) -> Dict[str, Any]:
    os, architecture = body.get("os", "al2023"), body.get("architecture", "x86_64")
    try:
        release = world.images.release(os, architecture)
    except KeyError:
        raise ControlError(400, f"no images for OS {os!r} and architecture {architecture!r}") from None
    register_release(release)
    return {"imageId": release.image_id(body.get("region", DEFAULT_REGION))}


def _grow(body: Dict[str, Any]) -> List[str]:
    addresses = body.get("addresses")
    if not isinstance(addresses, int) or isinstance(addresses, bool) or not 1 <= addresses <= 256:
        raise ControlError(400, f"addresses must be a whole number from 1 to 256, got {addresses!r}")
    return grow(addresses)


def _act_on_instance(world: World, instance_id: str, action: str, body: Dict[str, Any]) -> Dict[str, Any]:
    instance = next((each for each in _all_instances() if each.id == instance_id), None)
    if instance is None:
        raise ControlError(404, f"no instance {instance_id}")
    if action in ("start", "stop", "terminate"):
        if instance.state == "terminated":
            raise ControlError(400, f"instance {instance_id} is terminated")
        # Not through the backend's own calls: those obey API termination and stop protection,
        # and what this stands for (failing hardware, an operator) does not.
        getattr(instance, action)()
    elif action == "impair":
        check = body.get("check", "instance")
        if check not in STATUS_CHECKS:
            raise ControlError(400, f"check must be one of {', '.join(STATUS_CHECKS)}, got {check!r}")
        world.impaired[instance_id] = (check, now())
        world.timeline.record("impaired", instance)
    elif action == "repair":
        world.impaired.pop(instance_id, None)
        world.timeline.record("repaired", instance)
    elif action == "hang":
        world.hanging.add(instance_id)
    elif action == "finish":
        world.hanging.discard(instance_id)
        if instance.state == "shutting-down":
            instance.terminate()
    elif action == "lose-checkpoint":
        world.ecs.lose_checkpoint(instance_id)
    else:
        actions = "start, stop, terminate, impair, repair, hang, finish or lose-checkpoint"
        raise ControlError(404, f"instances can {actions}, not {action}")
    return _describe(world, instance)


def _all_instances() -> Iterator[Any]:
    for regions in list(ec2_backends.values()):
        for backend in list(regions.values()):
            yield from backend.all_instances()


def _describe(world: World, instance: Any) -> Dict[str, Any]:
    tags = {tag["key"]: tag["value"] for tag in instance.get_tags()}
    eni = instance.nics.get(0)
    return {
        "instanceId": instance.id,
        "state": instance.state,
        "impaired": instance.id in world.impaired,
        "imageId": instance.image_id,
        "instanceType": instance.instance_type,
        "availabilityZone": instance.availability_zone,
        "networkInterfaceId": eni.id if eni else None,
        "privateIp": eni.private_ip_address if eni else None,
        "publicIp": eni.public_ip if eni else None,
        "ipv6Addresses": list(eni.ipv6_addresses) if eni else [],
        "accountId": instance.owner_id,
        "region": instance.region_name,
        "tags": tags,
    }


def _json(status: int, content: Any) -> Response:
    return status, [("Content-Type", "application/json")], json.dumps(content).encode()
