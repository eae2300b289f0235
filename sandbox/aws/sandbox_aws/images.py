"""The AMIs that AWS publishes for ECS nodes, and the public SSM parameters that name the newest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Tuple

from .clock import now


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
# https://bottlerocket.dev/en/os/latest/#/install/quickstart/aws/host-quickstart/ecs/
_PARAMETERS: Dict[Tuple[str, str], str] = {
    ("al2023", "x86_64"): "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    ("al2023", "arm64"): "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    ("bottlerocket", "x86_64"): "/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id",
    ("bottlerocket", "arm64"): "/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id",
}

# Root volume (and, on Bottlerocket, data volume) sizes in GiB that the real images declare.
_VOLUMES = {"al2023": (("/dev/xvda", 30),), "bottlerocket": (("/dev/xvda", 2), ("/dev/xvdb", 20))}


@dataclass(frozen=True)
class Release:
    """One published image; the same release has another AMI id in each region."""

    os: str
    architecture: str
    number: int
    released_at: str

    @property
    def name(self) -> str:
        if self.os == "bottlerocket":
            return f"bottlerocket-aws-ecs-2-{self.architecture}-v1.{self.number}.0-sandbox"
        return f"al2023-ami-ecs-hvm-2023.0.{self.number:08d}-kernel-6.1-{self.architecture}"

    @property
    def volumes(self) -> Tuple[Tuple[str, int], ...]:
        """Device name and size in GiB of each volume, the root first."""
        return _VOLUMES[self.os]

    def image_id(self, region: str) -> str:
        """Depends on nothing but region, OS, architecture and number, so that runs can be compared."""
        digest = hashlib.sha256(f"{region}/{self.os}/{self.architecture}/{self.number}".encode()).hexdigest()
        return f"ami-{digest[:17]}"


class ImageCatalog:
    """All releases, oldest first; each OS and architecture starts with one."""

    def __init__(self) -> None:
        self._releases: Dict[Tuple[str, str], List[Release]] = {}
        for os, architecture in _PARAMETERS:
            self._releases[(os, architecture)] = [Release(os, architecture, 1, now())]

    def release(self, os: str, architecture: str) -> Release:
        """Publishes a newer image. Raises KeyError for an unknown OS or architecture."""
        releases = self._releases[(os, architecture)]
        release = Release(os, architecture, len(releases) + 1, now())
        releases.append(release)
        return release

    def all(self) -> Iterator[Release]:
        for releases in self._releases.values():
            yield from releases

    def of_parameter(self, name: str) -> List[Release]:
        """The releases that the public parameter has named so far: one per parameter version."""
        for key, parameter in _PARAMETERS.items():
            if parameter == name:
                return self._releases[key]
        return []

    def parameters_below(self, path: str) -> List[str]:
        return [name for name in _PARAMETERS.values() if name.startswith(path)]

    def find(self, region: str, image_id: str) -> Optional[Release]:
        return next((release for release in self.all() if release.image_id(region) == image_id), None)

    def describe(self, region: str) -> List[Dict[str, Any]]:
        return [
            {
                "imageId": release.image_id(region),
                "os": release.os,
                "architecture": release.architecture,
                "releasedAt": release.released_at,
                "parameter": _PARAMETERS[(release.os, release.architecture)],
            }
            for release in self.all()
        ]
