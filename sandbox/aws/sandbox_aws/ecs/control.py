"""The part of the control API that is about the emulated ECS agents; see `../control.py`."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional

from ..timeline import owner_of
from .simulation import EcsSimulation
from .task import ServiceTask


def describe_container_instances(ecs: EcsSimulation) -> List[Dict[str, Any]]:
    return [
        {
            "containerInstanceArn": each.container_instance_arn,
            "cluster": each.cluster_name,
            "instanceId": each.ec2_instance_id,
            "status": each.status,
            "agentConnected": each.agent_connected,
            "attributes": dict(each.attributes),
            "runningTasks": each.running_tasks_count,
            "pendingTasks": each.pending_tasks_count,
            "healthyTasks": sum(task.healthy for task in each.live_tasks.values()),
            **owner_of(each.instance),
        }
        for each in ecs.nodes.container_instances()
    ]


def describe_tasks(ecs: EcsSimulation) -> List[Dict[str, Any]]:
    return [_describe_task(task) for node in ecs.nodes.container_instances() for task in node.live_tasks.values()]


def _describe_task(task: ServiceTask) -> Dict[str, Any]:
    return {
        "taskArn": task.task_arn,
        "cluster": task.cluster_name,
        "serviceName": task.service.name,
        "taskDefinitionArn": task.task_definition_arn,
        "containerInstanceArn": task.container_instance_arn,
        "instanceId": task.container_instance.ec2_instance_id,
        "lastStatus": task.last_status,
        "desiredStatus": task.desired_status,
        "healthStatus": task.health_status,
        "healthy": task.healthy,
        **owner_of(task.container_instance.instance),
    }


def describe_fleet_health(ecs: EcsSimulation, instances: Iterable[Any], environment: str) -> Dict[str, Any]:
    """`{healthy, waitingFor, nodes}`: healthy once every node's agent is connected and every task of
    its services is healthy; `waitingFor` says in words what is missing.
    """
    mine = [each for each in instances if owner_of(each)["environment"] == environment]
    live = [each for each in mine if each.state != "terminated" and owner_of(each)["slot"] is not None]
    registered = {each.ec2_instance_id: each for each in ecs.nodes.container_instances()}
    waiting = [] if live else [f"no instance of {environment}"]
    nodes = []
    services: Dict[str, Any] = {}
    for instance in live:
        container_instance = registered.get(instance.id)
        waiting += _reasons(ecs.nodes.is_waiting(instance))
        if container_instance is not None and container_instance.status != "ACTIVE":
            waiting.append(f"{instance.id} is {container_instance.status}")
        services.update(_services_beside(container_instance))
        nodes.append(_describe_node(instance, container_instance))
    for service in services.values():
        waiting += _reasons(_waits(service))
    return {"healthy": not waiting, "waitingFor": waiting, "nodes": sorted(nodes, key=lambda each: each["slot"])}


def _describe_node(instance: Any, container_instance: Optional[Any]) -> Dict[str, Any]:
    tasks = list(container_instance.live_tasks.values()) if container_instance else []
    return {
        "slot": owner_of(instance)["slot"],
        "instanceId": instance.id,
        "agentConnected": bool(container_instance and container_instance.agent_connected),
        "tasks": len([task for task in tasks if task.kept]),
        "healthyTasks": sum(task.healthy for task in tasks),
    }


def _services_beside(container_instance: Optional[Any]) -> Dict[str, Any]:
    """The services of the container instance's cluster."""
    if container_instance is None:
        return {}
    services = container_instance._backend.services.values()
    return {each.arn: each for each in services if each.cluster_name == container_instance.cluster_name}


def _waits(service: Any) -> str:
    if service.status != "ACTIVE":
        return "" if service.status == "INACTIVE" else f"service {service.name} is {service.status}"
    healthy = sum(task.healthy for task in service.live_tasks.values())
    if healthy < service.desired_count:
        return f"service {service.name} has {healthy} of {service.desired_count} tasks healthy"
    if any(deployment.rollout_state == "IN_PROGRESS" for deployment in service.deployments):
        return f"service {service.name} is being deployed"
    return ""


def _reasons(reason: str) -> List[str]:
    return [reason] if reason else []
