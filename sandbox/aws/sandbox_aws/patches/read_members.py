"""Which members of a request moto reads; see contract/dropped.py."""

from __future__ import annotations

from typing import Any

from moto.core.responses import BaseResponse

from .replace import wrap


def patch_reads(world: Any) -> None:
    @wrap(BaseResponse, "parse_parameters")
    def parse_parameters(original: Any, self: Any, request: Any) -> None:
        original(self, request)
        self.params = world.reads.watch(self.params)

    @wrap(BaseResponse, "_get_param")
    def get_param(original: Any, self: Any, param_name: str, if_none: Any = None) -> Any:
        # Of S3's members moto takes the bucket, the key and most others from path and headers, unwatched.
        if not self.automated_parameter_parsing and self.service_name != "s3":
            world.reads.watched = True
            world.reads.read("", param_name)
        return original(self, param_name, if_none)
