"""What ECS lists and describes: filters, pages, limits, and what is missing."""

from __future__ import annotations

import base64
from typing import Any, Dict, List

from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import DESCRIBE_TASKS_TAGS, EC2ContainerServiceResponse

from ..ecs.expression import parse_expression, subjects_of
from .replace import wrap

_MOST_DESCRIBED = {"services": 10, "tasks": 100, "containerInstances": 100}


def patch_list_tasks(_: Any) -> None:
    """AWS lists running tasks unless asked otherwise, and by service; moto lists all there ever were."""

    @wrap(EC2ContainerServiceResponse, "list_tasks")
    def list_tasks(_original: Any, self: Any) -> ActionResult:
        backend = self.ecs_backend
        cluster = backend._get_cluster(self._get_param("cluster", "default"))
        wanted = {
            "desired_status": self._get_param("desiredStatus") or "RUNNING",
            "group": _prefixed("service:", self._get_param("serviceName")),
            "started_by": self._get_param("startedBy"),
            "launch_type": self._get_param("launchType"),
        }
        instance, family = self._get_param("containerInstance"), self._get_param("family")
        arns = [
            task.task_arn
            for task in backend.tasks.get(cluster.name, {}).values()
            if all(value is None or getattr(task, name) == value for name, value in wanted.items())
            and (instance is None or _id(task.container_instance_arn) == _id(instance))
            and (family is None or _id(task.task_definition_arn).rsplit(":", 1)[0] == family)
        ]
        return ActionResult(_page(self, "taskArns", arns, 100))


def patch_describe_tasks(_: Any) -> None:
    """AWS names the tasks that it doesn't find; moto passes over them, and looks in every cluster."""

    @wrap(EC2ContainerServiceResponse, "describe_tasks")
    def describe_tasks(_original: Any, self: Any) -> ActionResult:
        backend = self.ecs_backend
        cluster = backend._get_cluster(self._get_param("cluster", "default"))
        asked = _limited(self, "tasks")
        known = {_id(arn): task for arn, task in backend.tasks.get(cluster.name, {}).items()}
        found = [known[_id(each)] for each in asked if _id(each) in known]
        for task in found:
            task.advance()
        arn = f"{cluster.arn.replace(':cluster/', ':task/')}/"
        missing = [{"arn": arn + _id(each), "reason": "MISSING"} for each in asked if _id(each) not in known]
        with_tags = "TAGS" in self._get_param("include", [])
        (self._include_in_response if with_tags else self._exclude_from_response)(DESCRIBE_TASKS_TAGS)
        return ActionResult({"tasks": found, "failures": missing})


def patch_describe_limits(_: Any) -> None:
    """AWS describes 10 services or 100 container instances in one call; moto any number."""

    @wrap(EC2ContainerServiceResponse, "describe_services")
    def describe_services(original: Any, self: Any) -> Any:
        _limited(self, "services")
        return original(self)

    @wrap(EC2ContainerServiceResponse, "describe_container_instances")
    def describe_container_instances(original: Any, self: Any) -> Any:
        _limited(self, "containerInstances")
        return original(self)


def patch_list_container_instances(_: Any) -> None:
    """AWS filters by status and by the cluster query language; moto not at all."""

    @wrap(EC2ContainerServiceResponse, "list_container_instances")
    def list_container_instances(_original: Any, self: Any) -> ActionResult:
        backend = self.ecs_backend
        cluster = backend._get_cluster(self._get_param("cluster", "default"))
        status, expression = self._get_param("status"), self._get_param("filter")
        try:
            meets = parse_expression(expression) if expression else lambda _: True
        except ValueError as error:
            raise InvalidParameterException(f"Invalid expression {expression}: {error}") from None
        arns = [
            each.container_instance_arn
            for each in backend.container_instances.get(cluster.name, {}).values()
            if status in (None, each.status) and meets(subjects_of(each))
        ]
        return ActionResult(_page(self, "containerInstanceArns", sorted(arns), 100))


def patch_list_services(_: Any) -> None:
    """AWS lists services that are not INACTIVE, 10 at a time; moto all of every cluster whose name ends alike."""

    @wrap(EC2ContainerServiceBackend, "list_services")
    def list_services(
        _original: Any, self: Any, cluster_str: str, scheduling_strategy: Any = None, launch_type: Any = None
    ) -> List[str]:
        cluster = self._get_cluster(cluster_str)
        return sorted(
            service.arn
            for service in self.services.values()
            if service.cluster_name == cluster.name
            and service.status != "INACTIVE"
            and scheduling_strategy in (None, service.scheduling_strategy)
            and launch_type in (None, service.launch_type)
        )

    @wrap(EC2ContainerServiceResponse, "list_services")
    def list_services_page(original: Any, self: Any) -> ActionResult:
        arns = original(self).result["serviceArns"]
        return ActionResult(_page(self, "serviceArns", arns, 10))


def _limited(response: Any, parameter: str) -> List[str]:
    asked: List[str] = response._get_param(parameter, [])
    if not asked:
        raise InvalidParameterException(f"{parameter} cannot be empty.")
    if len(asked) > _MOST_DESCRIBED[parameter]:
        raise InvalidParameterException(f"{parameter} can have at most {_MOST_DESCRIBED[parameter]} items.")
    return asked


def _page(response: Any, name: str, items: List[str], size: int) -> Dict[str, Any]:
    most = response._get_int_param("maxResults") or size
    if not 1 <= most <= 100:
        raise InvalidParameterException("maxResults must be between 1 and 100.")
    token = response._get_param("nextToken")
    try:
        start = int(base64.b64decode(token)) if token else 0
    except ValueError:
        raise InvalidParameterException("Invalid token.") from None
    page: Dict[str, Any] = {name: items[start : start + most]}
    if start + most < len(items):
        page["nextToken"] = base64.b64encode(str(start + most).encode()).decode()
    return page


def _prefixed(prefix: str, name: Any) -> Any:
    return f"{prefix}{_id(name)}" if name else None


def _id(arn: Any) -> str:
    return (arn or "").split("/")[-1]
