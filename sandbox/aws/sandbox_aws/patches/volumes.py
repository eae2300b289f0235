"""Volumes of instances: those of the image, with the sizes and speeds that were asked for."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_block_store import Volume, VolumeAttachment
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.responses.instances import InstanceResponse

from .replace import wrap

_GP3_IOPS = 3000
_GP3_THROUGHPUT = 125


def patch_block_device_mappings(_: Any) -> None:
    """AWS completes the mapping from the image, and keeps IOPS and throughput; moto drops both. It refuses a volume
    smaller than its snapshot, and more than a quarter of a MiB/s for each of gp3's IOPS."""

    @wrap(InstanceResponse, "_parse_block_device_mapping")
    def parse_block_device_mapping(original: Any, self: Any) -> List[Dict[str, Any]]:
        requested = self._get_param("BlockDeviceMappings", [])
        of_image = _image_mappings(self.ec2_backend, self._get_param("ImageId"))
        for mapping in requested:
            default = of_image.get(mapping.get("DeviceName"))
            if default and "Ebs" in mapping:
                mapping["Ebs"] = {**_without_none(default), **_without_none(mapping["Ebs"])}
        for mapping in requested:
            _require_possible(mapping, of_image.get(mapping.get("DeviceName")) or {})
        mappings = original(self)
        for mapping, request in zip(mappings, requested):
            mapping["Ebs"]["Throughput"] = request.get("Ebs", {}).get("Throughput")
        named = {mapping["DeviceName"] for mapping in mappings}
        for device, ebs in of_image.items():
            if device not in named:
                mappings.append({"DeviceName": device, "VirtualName": None, "NoDevice": None, "Ebs": dict(ebs)})
        return mappings


def patch_volume_speed(_: Any) -> None:
    """AWS: a gp3 volume has 3,000 IOPS and 125 MiB/s unless more is asked for."""

    @wrap(InstanceBackend, "run_instances")
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        reservation = original(self, *args, **kwargs)
        wanted = {each["DeviceName"]: each["Ebs"] for each in kwargs.get("block_device_mappings") or []}
        for instance in reservation.instances:
            for device, attached in instance.block_device_mapping.items():
                ebs = wanted.get(device, {})
                volume = self.get_volume(attached.volume_id)
                if ebs.get("Iops"):
                    volume.iops = int(ebs["Iops"])
                if ebs.get("Throughput"):
                    volume.throughput = int(ebs["Throughput"])
        return reservation

    @wrap(Volume, "__init__")
    def init(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if self.volume_type == "gp3":
            self.iops = self.iops or _GP3_IOPS
            self.throughput = self.throughput or _GP3_THROUGHPUT


def patch_attachment_ends_with_instance(_: Any) -> None:
    """AWS tells with a volume's attachment whether the volume goes with the instance; moto only with the instance."""

    def delete_on_termination(self: Any) -> bool:
        attached = self.instance.block_device_mapping.get(self.device)
        return bool(attached and attached.delete_on_termination)

    VolumeAttachment.delete_on_termination = property(delete_on_termination)  # type: ignore[attr-defined]


def patch_default_root_volume(_: Any) -> None:
    """AWS gives an instance the image's volumes; moto gives 8 GiB on /dev/sda1, whatever the image says."""

    @wrap(Instance, "setup_defaults")
    def setup_defaults(original: Any, self: Any) -> None:
        of_image = _image_mappings(self.ec2_backend, self.image_id)
        if not of_image:
            original(self)
        for device, ebs in of_image.items():
            self.add_block_device(
                ebs["VolumeSize"],
                device,
                ebs["SnapshotId"],
                False,
                ebs["DeleteOnTermination"],
                None,
                ebs["VolumeType"],
            )


def _require_possible(mapping: Dict[str, Any], default: Dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"""
    ebs = mapping.get("Ebs") or {}
    size, least = ebs.get("VolumeSize"), default.get("VolumeSize")
    if size and least and int(size) < int(least):
        raise EC2ClientError(
            "InvalidBlockDeviceMapping",
            f"Volume of size {size}GB is smaller than snapshot '{default.get('SnapshotId')}', expect size >= {least}GB",
        )
    throughput, iops = int(ebs.get("Throughput") or _GP3_THROUGHPUT), int(ebs.get("Iops") or _GP3_IOPS)
    if ebs.get("VolumeType") == "gp3" and throughput > iops / 4:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"Throughput (MiBps) to iops ratio of {throughput / iops:f} is too high; maximum is 0.250000 MiBps per iops",
        )


def _image_mappings(backend: Any, image_id: Optional[str]) -> Dict[str, Dict[str, Any]]:
    images = backend.describe_images(filters={"image-id": [image_id]}) if image_id else []
    mappings = images[0].block_device_mappings if images else []
    kept = ("VolumeSize", "VolumeType", "DeleteOnTermination", "Encrypted", "SnapshotId")
    return {each["DeviceName"]: {key: each["Ebs"].get(key) for key in kept} for each in mappings}


def _without_none(ebs: Dict[str, Any]) -> Dict[str, Any]:
    return {key: value for key, value in ebs.items() if value is not None}
