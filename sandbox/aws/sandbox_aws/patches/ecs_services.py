"""ECS services: all that was set is stored and returned, with AWS's defaults."""

from __future__ import annotations

from typing import Any, Dict

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ecs.exceptions import ECSException, InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import elbv2_backends

from ..ecs.deployment import start_deployment
from ..ecs.placement import require_valid
from .replace import wrap

# Parameters of CreateService that moto drops. UpdateService sets any parameter that it is given.
_STORED = (
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "placementConstraints",
    "placementStrategy",
)


def patch_create_service(world: Any) -> None:
    """AWS keeps placement, deployment configuration and the rest; without them every plan shows changes.
    A call that is repeated with its token creates no second service. A service's load balancer has a container's port
    to go to, and a listener from which."""

    @wrap(EC2ContainerServiceResponse, "create_service")
    def create_service(original: Any, self: Any) -> Any:
        parameters = self._get_params()
        backend = self.ecs_backend
        cluster = backend._get_cluster(self._get_param("cluster", "default"))
        existing = backend.services.get(f"{cluster.name}:{parameters.get('serviceName')}")
        if existing is not None and existing.status == "DRAINING":
            raise InvalidParameterException("Unable to Start a service that is still Draining.")
        token = parameters.get("clientToken")
        if existing is not None and existing.status != "INACTIVE":
            if token is not None and token == existing.client_token:
                world.reads.answered_before()
                return ActionResult({"service": existing})
            raise InvalidParameterException("Creation of service was not idempotent.")
        stored = _complete(parameters)
        _require_load_balancers(backend, parameters)
        result = original(self)
        service = backend.services[f"{cluster.name}:{parameters['serviceName']}"]
        for name, value in stored.items():
            setattr(service, camelcase_to_underscores(name), value)
        service.created_at = utcnow()
        service.client_token = token
        world.ecs.wake(service)
        return result


def _require_load_balancers(backend: Any, parameters: Dict[str, Any]) -> None:
    groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
    containers = {
        each["name"]: each
        for each in backend.describe_task_definition(parameters["taskDefinition"]).container_definitions
    }
    for balancer in parameters.get("loadBalancers") or []:
        name, port = balancer.get("containerName"), balancer.get("containerPort")
        container = containers.get(name)
        if container is None:
            raise InvalidParameterException(f"The container {name} does not exist in the task definition.")
        if not any(each.get("containerPort") == port for each in container.get("portMappings") or []):
            raise InvalidParameterException(f"The container {name} did not have a container port {port} defined.")
        arn = balancer.get("targetGroupArn")
        if arn and (arn not in groups or not groups[arn].load_balancer_arns):
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            )


def patch_update_service(world: Any) -> None:
    """AWS starts a deployment for a new task definition, and checks the outcome as for a new service."""

    @wrap(EC2ContainerServiceBackend, "update_service")
    def update_service(original: Any, self: Any, properties: Dict[str, Any]) -> Service:
        service = self._get_service(properties.get("cluster", "default"), properties["service"].split("/")[-1])
        if service.status != "ACTIVE":
            raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
        if service.scheduling_strategy == "DAEMON" and properties.get("desired_count") is not None:
            raise InvalidParameterException("The daemon scheduling strategy does not support a desired count.")
        _require_constraints_valid(properties.get("placement_constraints"))
        before = (service.task_definition, service.load_balancers)
        forced = properties.pop("force_new_deployment", False)
        if "deployment_configuration" in properties:
            properties["deployment_configuration"] = _merge(
                service.deployment_configuration or {}, properties["deployment_configuration"] or {}
            )
        _require_rebalancing_possible(
            service.scheduling_strategy,
            properties.get("availability_zone_rebalancing") or service.availability_zone_rebalancing,
            properties.get("deployment_configuration") or service.deployment_configuration or {},
        )
        _require_daemon_percent(service.scheduling_strategy, properties.get("deployment_configuration") or {})
        updated = original(self, properties)
        if updated.task_definition and not updated.task_definition.startswith("arn:"):
            updated.task_definition = self.describe_task_definition(updated.task_definition).arn
        if updated.deployments and (forced or before != (updated.task_definition, updated.load_balancers)):
            start_deployment(updated)
        world.ecs.wake(updated)
        return updated


def _require_daemon_percent(strategy: str, configuration: Dict[str, Any]) -> None:
    """texts/rules.json holds a new service to this; an update doesn't tell its service's strategy."""
    if strategy == "DAEMON" and (configuration.get("maximumPercent") or 100) > 100:
        raise InvalidParameterException("maximumPercent of a service with the DAEMON scheduling strategy is 100.")


def patch_network_configuration(_: Any) -> None:
    """AWS answers no networkConfiguration without awsvpc; at moto's empty one the provider crashes."""

    @wrap(Service, "__init__")
    def init(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.network_configuration = self.network_configuration or None
        for name in _STORED:
            setattr(self, camelcase_to_underscores(name), None)


def patch_delete_service(world: Any) -> None:
    """AWS drains a service of its tasks first, and a DAEMON service has no count to scale down before."""

    @wrap(EC2ContainerServiceBackend, "delete_service")
    def delete_service(original: Any, self: Any, cluster_name: str, service_name: str, force: bool) -> Service:
        service = self._get_service(cluster_name, service_name.split("/")[-1])
        if service.status != "ACTIVE":
            raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
        if service.scheduling_strategy == "DAEMON":
            service.desired_count = 0
        deleted = original(self, cluster_name, service.name, force)
        deleted.desired_count = 0
        deleted.status = "DRAINING"
        world.ecs.wake(deleted)
        # A service without tasks is INACTIVE in the answer already.
        world.ecs.advance()
        return deleted


def patch_delete_cluster_in_use(_: Any) -> None:
    """AWS keeps a cluster while it has services or container instances; moto deletes it under them."""

    @wrap(EC2ContainerServiceBackend, "delete_cluster")
    def delete_cluster(original: Any, self: Any, cluster_str: str) -> Any:
        cluster = self._get_cluster(cluster_str)
        services = [each for each in self.services.values() if each.cluster_name == cluster.name]
        if any(service.status == "ACTIVE" for service in services):
            raise ECSException(
                "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."
            )
        if any(service.live_tasks for service in services):
            raise ECSException("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
        if self.container_instances.get(cluster.name):
            raise ECSException(
                "ClusterContainsContainerInstancesException",
                "The Cluster cannot be deleted while Container Instances are active or draining.",
            )
        return original(self, cluster_str)


def _complete(parameters: Dict[str, Any]) -> Dict[str, Any]:
    strategy = parameters.get("schedulingStrategy") or "REPLICA"
    stored = {name: parameters[name] for name in _STORED if parameters.get(name) is not None}
    if strategy == "DAEMON":
        if parameters.get("desiredCount"):
            raise InvalidParameterException("The daemon scheduling strategy does not support a desired count.")
        if parameters.get("placementStrategy"):
            raise InvalidParameterException("The daemon scheduling strategy does not support placement strategies.")
    defaults = {
        "maximumPercent": 100 if strategy == "DAEMON" else 200,
        "minimumHealthyPercent": 0 if strategy == "DAEMON" else 100,
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "strategy": "ROLLING",
    }
    _require_constraints_valid(stored.get("placementConstraints"))
    configuration = _merge(defaults, stored.get("deploymentConfiguration", {}))
    stored["deploymentConfiguration"] = configuration
    rebalancing = stored.get("availabilityZoneRebalancing")
    if rebalancing is None:
        eligible = strategy == "REPLICA" and configuration["maximumPercent"] > 100
        stored["availabilityZoneRebalancing"] = "ENABLED" if eligible else "DISABLED"
    _require_rebalancing_possible(strategy, rebalancing, configuration)
    stored.setdefault("placementConstraints", [])
    stored.setdefault("placementStrategy", [])
    stored.setdefault("enableECSManagedTags", False)
    stored.setdefault("enableExecuteCommand", False)
    return stored


def _require_constraints_valid(constraints: Any) -> None:
    try:
        require_valid(constraints or [])
    except ValueError as error:
        raise InvalidParameterException(f"Invalid placement constraint: {error}.") from None


def _require_rebalancing_possible(strategy: Any, rebalancing: Any, configuration: Dict[str, Any]) -> None:
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
    if rebalancing != "ENABLED":
        return
    if strategy == "DAEMON":
        raise InvalidParameterException("Availability Zone rebalancing does not support the DAEMON scheduling strategy.")
    if configuration.get("maximumPercent", 200) <= 100:
        raise InvalidParameterException("Availability Zone rebalancing does not support a maximumPercent of 100 or less.")


def _merge(defaults: Dict[str, Any], given: Dict[str, Any]) -> Dict[str, Any]:
    return {**defaults, **{key: value for key, value in given.items() if value is not None}}
