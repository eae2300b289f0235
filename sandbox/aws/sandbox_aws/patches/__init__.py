"""Where moto answers otherwise than AWS does: one file for each subject, applied once at start."""

from __future__ import annotations

import inspect
from typing import Any

from . import (
    addresses,
    alarms,
    answers,
    bucket_policies,
    cidr_reservations,
    ebs_keys,
    ecs_agent,
    ecs_counts,
    ecs_reads,
    ecs_services,
    ecs_task_definitions,
    images,
    instance_attributes,
    instance_launch,
    instance_lifecycle,
    launch_limits,
    load_balancers,
    network_interfaces,
    policies,
    read_members,
    same_network,
    service_quotas,
    subnets,
    target_groups,
    volumes,
)


def apply_patches(world: Any) -> None:
    for module in (
        answers,
        read_members,
        images,
        subnets,
        network_interfaces,
        cidr_reservations,
        addresses,
        same_network,
        instance_lifecycle,
        # Within the launch: one that is repeated with its token launches nothing.
        launch_limits,
        ebs_keys,
        instance_launch,
        instance_attributes,
        volumes,
        ecs_counts,
        ecs_services,
        ecs_task_definitions,
        service_quotas,
        ecs_reads,
        ecs_agent,
        target_groups,
        load_balancers,
        bucket_policies,
        policies,
        alarms,
    ):
        for name, patch in vars(module).items():
            if name.startswith("patch_") and inspect.isfunction(patch) and patch.__module__ == module.__name__:
                patch(world)
