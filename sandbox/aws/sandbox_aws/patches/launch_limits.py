"""RunInstances where it can't: which zones offer a type, which have it now, and who may launch it."""

from __future__ import annotations

from typing import Any, Dict, List

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, InstanceTypeOfferingBackend
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.responses.instances import InstanceResponse

from .replace import wrap

# Where AWS answers an error of EC2's with another status than 400.
STATUSES = {"DryRunOperation": 412, "InsufficientInstanceCapacity": 500, "UnauthorizedOperation": 403}


def patch_offerings(world: Any) -> None:
    """AWS: a zone doesn't offer every type."""

    @wrap(InstanceTypeOfferingBackend, "describe_instance_type_offerings")
    def describe_instance_type_offerings(original: Any, self: Any, *args: Any, **kwargs: Any) -> List[Any]:
        offerings = original(self, *args, **kwargs)
        return [each for each in offerings if world.launches.offers(each["InstanceType"], each["Location"])]


def patch_where_launched(world: Any) -> None:
    """AWS launches only what the zone offers, and has; moto launches anything anywhere."""

    @wrap(InstanceBackend, "run_instances")
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        instance_type = kwargs.get("instance_type")
        zone = _zone_of(self, kwargs)
        offering = _zones_that_offer(self, instance_type)
        # What moto has no offering of at all is newer than it.
        if zone and offering:
            others = [each for each in offering if world.launches.offers(instance_type, each)]
            if zone not in others:
                raise EC2ClientError(
                    "Unsupported",
                    f"Your requested instance type ({instance_type}) is not supported in your requested Availability "
                    f"Zone ({zone}). Please retry your request by not specifying an Availability Zone or choosing "
                    f"{', '.join(others)}.",
                )
            if not world.launches.has_capacity(instance_type, zone):
                raise EC2ClientError(
                    "InsufficientInstanceCapacity",
                    f"We currently do not have sufficient {instance_type} capacity in the Availability Zone you "
                    f"requested ({zone}). Our system will be working on provisioning additional capacity. You can "
                    f"currently get {instance_type} capacity by not specifying an Availability Zone in your request "
                    f"or choosing {', '.join(each for each in others if each != zone)}.",
                )
        return original(self, *args, **kwargs)


def patch_denials(world: Any) -> None:
    """AWS: a service control policy may deny launches by the tags that they ask for, dry runs too."""

    @wrap(InstanceResponse, "run_instances")
    def run_instances(original: Any, self: Any) -> Any:
        tags = {
            tag["Key"]: tag.get("Value", "")
            for specification in self._get_param("TagSpecifications", [])
            if specification.get("ResourceType") == "instance"
            for tag in specification.get("Tags", [])
        }
        if world.launches.denies(tags):
            raise EC2ClientError(
                "UnauthorizedOperation",
                "You are not authorized to perform this operation. User: "
                f"arn:aws:sts::{self.current_account}:assumed-role/sandbox/local is not authorized to perform: "
                f"ec2:RunInstances on resource: arn:aws:ec2:{self.region}:{self.current_account}:instance/* with an "
                "explicit deny in a service control policy.",
            )
        return original(self)


def _zone_of(backend: Any, kwargs: Dict[str, Any]) -> Any:
    nics = kwargs.get("nics") or []
    subnet = next((nic["SubnetId"] for nic in nics if nic.get("SubnetId")), kwargs.get("subnet_id"))
    return backend.get_subnet(subnet).availability_zone if subnet else kwargs.get("placement")


def _zones_that_offer(backend: Any, instance_type: Any) -> List[str]:
    offerings = INSTANCE_TYPE_OFFERINGS["availability-zone"].get(backend.region_name, [])
    return [each["Location"] for each in offerings if each["InstanceType"] == instance_type]
