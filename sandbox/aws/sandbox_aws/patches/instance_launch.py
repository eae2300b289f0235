"""RunInstances: ready-made interfaces, what AWS refuses, and the client token."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.iam_instance_profile import IamInstanceProfileAssociationBackend as InstanceProfileBackend
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.responses.instances import InstanceResponse

from .network_interfaces import require_free
from .replace import wrap

logger = logging.getLogger(__name__)

# What moto hands on when the caller gave no token.
_NO_TOKEN = "ABCDE"


def patch_run_instances(world: Any) -> None:
    """AWS refuses a busy interface and an image of another architecture, and launches once per token."""

    @wrap(InstanceBackend, "run_instances")
    def run_instances(
        original: Any, self: Any, image_id: str, count: int, user_data: Any, groups: List[str], **kwargs: Any
    ) -> Any:
        token = kwargs.get("client_token")
        launched = self.__dict__.setdefault("sandbox_launches", {})
        request = _fingerprint(image_id, count, user_data, kwargs)
        if token and token != _NO_TOKEN and token in launched:
            earlier_request, reservation = launched[token]
            if earlier_request != request:
                raise EC2ClientError(
                    "IdempotentParameterMismatch",
                    "The parameters in this request are not compatible with those of an earlier request "
                    f"with the client token {token}.",
                )
            logger.info("RunInstances repeated with client token %s", token)
            self.sandbox_repeated = {instance.id for instance in reservation.instances}
            return reservation
        if image_id:
            _require_matching_architecture(self, image_id, kwargs.get("instance_type"))
        kwargs["nics"] = _complete(self, kwargs.get("nics") or [], count)
        before = set(self.reservations)
        try:
            reservation = original(self, image_id, count, user_data, groups, **kwargs)
        except Exception:
            # moto files the reservation before it knows that the launch succeeds.
            for reservation_id in set(self.reservations) - before:
                del self.reservations[reservation_id]
            raise
        if token and token != _NO_TOKEN:
            launched[token] = (request, reservation)
        for instance in reservation.instances:
            world.timeline.record("launched", instance)
        return reservation

    @wrap(InstanceProfileBackend, "associate_iam_instance_profile")
    def associate_iam_instance_profile(original: Any, self: Any, instance_id: str, *args: Any, **kwargs: Any) -> Any:
        # moto associates the profile after each launch; after a repeated one it is there already.
        if instance_id in self.__dict__.pop("sandbox_repeated", ()):
            return self.iam_instance_profile_associations.get(instance_id)
        return original(self, instance_id, *args, **kwargs)


def patch_launch_members(_: Any) -> None:
    """AWS protects an instance from termination from its launch on, if it is asked to; moto only later on."""

    @wrap(InstanceResponse, "run_instances")
    def run_instances(original: Any, self: Any) -> Any:
        least, most = (self._get_int_param(name) for name in ("MinCount", "MaxCount"))
        if least != most:
            raise NotImplementedError(f"a launch of {least} to {most} instances: moto launches the least")
        answer = original(self)
        for instance in answer.result.instances:
            instance.disable_api_termination = self._get_bool_param("DisableApiTermination", False)
        return answer


def patch_ready_made_interface(_: Any) -> None:
    """AWS takes an instance's zone, subnet and addresses from the interface; moto makes up others."""

    @wrap(Instance, "prep_nics")
    def prep_nics(original: Any, self: Any, nic_spec: List[Dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        primary = next((nic for nic in nic_spec if int(nic.get("DeviceIndex") or 0) == 0), None)
        if primary is None or not primary.get("NetworkInterfaceId"):
            original(self, nic_spec, *args, **kwargs)
            return
        self.nics = {}
        for nic in nic_spec:
            eni = self.ec2_backend.get_network_interface(nic["NetworkInterfaceId"])
            eni.public_ip_auto_assign = False
            eni.delete_on_termination = nic.get("DeleteOnTermination") is True
            self.attach_eni(eni, int(nic.get("DeviceIndex") or 0))
        self.ready_made_interface = self.nics[0]


def _complete(backend: Any, nics: List[Dict[str, Any]], count: int) -> List[Dict[str, Any]]:
    completed = []
    for nic in nics:
        eni_id: Optional[str] = nic.get("NetworkInterfaceId")
        if eni_id:
            eni = backend.get_network_interface(eni_id)
            require_free(eni)
            if count > 1:
                raise EC2ClientError(
                    "InvalidParameterCombination", "An interface can be given to one instance only."
                )
            nic = {**nic, "SubnetId": eni.subnet.id}
        completed.append(nic)
    return completed


def _require_matching_architecture(backend: Any, image_id: str, instance_type: Optional[str]) -> None:
    image = backend.describe_images(ami_ids=[image_id])[0]
    known = INSTANCE_TYPES.get(instance_type or "")
    supported = (known or {}).get("ProcessorInfo", {}).get("SupportedArchitectures", [])
    if supported and image.architecture not in supported:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"The architecture '{','.join(supported)}' of the specified instance type does not match the "
            f"architecture '{image.architecture}' of the specified AMI. Specify an instance type and an AMI "
            "that have matching architectures, and try again.",
        )


def _fingerprint(image_id: str, count: int, user_data: Any, kwargs: Dict[str, Any]) -> str:
    names = ("instance_type", "nics", "subnet_id", "placement", "block_device_mappings", "tags")
    return repr((image_id, count, str(user_data), [(name, kwargs.get(name)) for name in names]))
