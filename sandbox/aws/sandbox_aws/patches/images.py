"""AMIs and their public SSM parameters come from the sandbox's own catalog."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami, AmiBackend
from moto.ssm.models import Parameter, ParameterDict

from ..images import Release
from .replace import wrap

_PREFIXES = ("/aws/service/ecs/optimized-ami/", "/aws/service/bottlerocket/")


class ReleasedImage(Ami):
    """An image of the catalog; its volumes are those that the real one declares."""

    def __init__(self, backend: Any, release: Release) -> None:
        self.release = release
        super().__init__(
            backend,
            release.image_id(backend.region_name),
            name=release.name,
            description=release.name,
            owner_id="591542846629" if release.os == "al2023" else "651937483462",
            owner_alias="amazon",
            public=True,
            virtualization_type="hvm",
            architecture=release.architecture,
            hypervisor="xen",
            root_device_type="ebs",
            root_device_name=release.volumes[0][0],
            image_location=f"amazon/{release.name}",
            region_name=f"{backend.region_name}a",
        )

    @property
    def block_device_mappings(self) -> List[Dict[str, Any]]:
        return [
            {
                "DeviceName": device,
                "Ebs": {
                    "SnapshotId": self.ebs_snapshot.id,
                    "VolumeSize": size,
                    "DeleteOnTermination": True,
                    "VolumeType": "gp3",
                    "Encrypted": False,
                },
            }
            for device, size in self.release.volumes
        ]


def register_release(release: Release) -> None:
    """Makes a release known to every account and region in use; others learn of it when first used."""
    for regions in list(ec2_backends.values()):
        for backend in list(regions.values()):
            image = ReleasedImage(backend, release)
            backend.amis[image.id] = image


def patch_images(world: Any) -> None:
    """AWS: the ECS-optimized images are public in every region. moto's are years old."""

    @wrap(AmiBackend, "_load_amis")
    def load_amis(original: Any, self: Any) -> None:
        original(self)
        # The backend is still under construction here, and an image makes volumes and tags in it.
        self.sandbox_images_pending = True

    @wrap(AmiBackend, "describe_images")
    def describe_images(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.__dict__.pop("sandbox_images_pending", False):
            for release in world.images.all():
                image = ReleasedImage(self, release)
                self.amis.setdefault(image.id, image)
        return original(self, *args, **kwargs)


def patch_image_parameters(world: Any) -> None:
    """AWS: a public parameter has one version for each release; moto lacks Bottlerocket's altogether."""

    def fill(parameters: ParameterDict, names: List[str]) -> None:
        for name in names:
            versions = dict.setdefault(parameters, name, [])
            for number, release in enumerate(world.images.of_parameter(name), start=1):
                if number > len(versions):
                    versions.append(_parameter(parameters, name, release, number))

    @wrap(ParameterDict, "_check_loading_status")
    def check_loading_status(original: Any, self: Any, key: str) -> None:
        path = str(key or "")
        if path.startswith(_PREFIXES):
            fill(self, world.images.parameters_below(path))
        else:
            original(self, key)

    @wrap(ParameterDict, "get_keys_beginning_with")
    def get_keys_beginning_with(original: Any, self: Any, path: str, recursive: bool) -> Iterator[str]:
        if path.startswith("/aws/service"):
            fill(self, world.images.parameters_below(path))
        return original(self, path, recursive)


def _parameter(parameters: ParameterDict, name: str, release: Release, version: int) -> Parameter:
    return Parameter(
        account_id=parameters.account_id,
        name=name,
        value=release.image_id(parameters.region_name),
        parameter_type="String",
        description=None,
        allowed_pattern=None,
        keyid=None,
        last_modified_date=utcnow(),
        version=version,
        data_type="text",
    )
