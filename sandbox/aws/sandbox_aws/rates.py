"""AWS's rate limits: how many calls of each kind an account may make in a region, and how fast.

Figures of the services that deploys and observations depend on, as AWS documents them; calls of
other services pass.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, Tuple

from .requests import AwsRequest


class TokenBucket:
    """Holds `burst` tokens at most, and gains `refill` in a second. It starts full."""

    def __init__(self, burst: float, refill: float, now: float) -> None:
        self._burst = burst
        self._refill = refill
        self._tokens = burst
        self._at = now

    def holds_one(self, now: float) -> bool:
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._at) * self._refill)
        self._at = max(self._at, now)
        return self._tokens >= 1

    def take(self) -> None:
        self._tokens -= 1


@dataclass(frozen=True)
class Rate:
    """A bucket that a call takes a token from."""

    bucket: str
    burst: int
    refill: float


def _ecs() -> Dict[str, Rate]:
    table = {
        ("cluster changes", 20, 1): (
            "CreateCluster DeleteCluster PutClusterCapacityProviders UpdateCluster UpdateClusterSettings"
        ),
        ("cluster reads", 50, 20): "DescribeClusters ListClusters",
        ("task definition changes", 20, 1): "DeregisterTaskDefinition RegisterTaskDefinition",
        ("task definition reads", 50, 20): (
            "DescribeTaskDefinition ListTaskDefinitions ListTaskDefinitionFamilies"
        ),
        ("task definition deletions", 5, 1): "DeleteTaskDefinitions",
        ("capacity provider changes", 10, 1): (
            "CreateCapacityProvider DeleteCapacityProvider UpdateCapacityProvider"
        ),
        ("capacity provider reads", 50, 20): "DescribeCapacityProviders",
        ("tag changes", 20, 10): "TagResource UntagResource",
        ("tag reads", 50, 20): "ListTagsForResource",
        ("cluster resource changes", 100, 40): (
            "DeleteAttributes DeregisterContainerInstance ExecuteCommand PutAttributes RunTask StartTask "
            "StopTask UpdateContainerAgent UpdateContainerInstancesState"
        ),
        ("cluster resource reads", 100, 20): (
            "DescribeContainerInstances DescribeTasks ListAttributes ListContainerInstances ListTasks"
        ),
        ("service changes", 50, 5): "CreateService DeleteService UpdateService",
        ("service reads", 100, 20): "DescribeServices ListServices",
    }
    return {
        action: Rate(f"ecs {bucket}", burst, refill)
        for (bucket, burst, refill), actions in table.items()
        for action in actions.split()
    }


_ECS = _ecs()
# EC2 counts each action apart; these have figures of their own.
_EC2 = {"RunInstances": (5, 2), "TerminateInstances": (100, 5), "CreateTags": (100, 10)}
_EC2_WITHOUT_FILTER = (
    "DescribeInstances DescribeInstanceStatus DescribeNetworkInterfaces DescribeSecurityGroups DescribeSnapshots "
    "DescribeSpotInstanceRequests DescribeVolumes"
).split()
# All of a version's calls together, beside what limits the kind.
_ELBV2 = Rate("elbv2", 40, 10)
_ELBV2_KINDS = {
    "CreateLoadBalancer": Rate("elbv2 resource-intensive", 10, 0.2),
    "SetSubnets": Rate("elbv2 resource-intensive", 10, 0.2),
    "RegisterTargets": Rate("elbv2 registration", 20, 4),
    "DeregisterTargets": Rate("elbv2 registration", 20, 4),
}
_ELBV2_READS = Rate("elbv2 reads", 40, 10)
_ELBV2_CHANGES = Rate("elbv2 changes", 20, 3)


def rates_of(request: AwsRequest) -> Tuple[Rate, ...]:
    """The rates that limit a call, each of which it needs a token of; none where none is documented."""
    action = request.action
    if request.service == "ecs":
        return (_ECS[action],) if action in _ECS else ()
    if request.service == "ec2":
        if action in _EC2:
            return (Rate(f"ec2 {action}", *_EC2[action]),)
        if request.mutating:
            return (Rate(f"ec2 {action}", 50, 5),)
        if action in _EC2_WITHOUT_FILTER and request.reads_all:
            return (Rate(f"ec2 {action} of all", 50, 10),)
        return (Rate(f"ec2 {action}", 100, 20),)
    if request.service == "elasticloadbalancing":
        kind = _ELBV2_KINDS.get(action, _ELBV2_CHANGES if request.mutating else _ELBV2_READS)
        return (_ELBV2, kind)
    return ()


# Until an answer leaves AWS, in milliseconds.
DEFAULT_READ_LATENCY = 50
DEFAULT_CHANGE_LATENCY = 150


class RateLimits:
    """Off until it is configured. Its own lock: nothing here waits for moto."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: Dict[Tuple[str, str, str], TokenBucket] = {}
        self.enabled = False
        self.read_milliseconds = 0.0
        self.change_milliseconds = 0.0

    def configure(self, spec: Dict[str, Any]) -> Dict[str, Any]:
        """Changes the given settings; all buckets are full again. Raises ValueError with what is wrong."""
        unknown = sorted(set(spec) - {"enabled", "readMilliseconds", "changeMilliseconds"})
        if unknown:
            raise ValueError(f"no such setting of rates: {', '.join(unknown)}")
        enabled = spec.get("enabled", self.enabled)
        if not isinstance(enabled, bool):
            raise ValueError(f"enabled must be true or false, got {enabled!r}")
        defaults = (DEFAULT_READ_LATENCY, DEFAULT_CHANGE_LATENCY) if enabled else (0, 0)
        read = _milliseconds("readMilliseconds", spec.get("readMilliseconds", defaults[0]))
        change = _milliseconds("changeMilliseconds", spec.get("changeMilliseconds", defaults[1]))
        with self._lock:
            self.enabled, self.read_milliseconds, self.change_milliseconds = enabled, read, change
            self._buckets.clear()
        return self.describe()

    def describe(self) -> Dict[str, Any]:
        return {
            "enabled": self.enabled,
            "readMilliseconds": self.read_milliseconds,
            "changeMilliseconds": self.change_milliseconds,
        }

    def after_fork(self) -> None:
        """The same settings with full buckets, and a lock that nobody holds."""
        self._lock = threading.Lock()
        self._buckets = {}

    def latency_seconds(self, request: AwsRequest) -> float:
        return (self.change_milliseconds if request.mutating else self.read_milliseconds) / 1000

    def admits(self, request: AwsRequest) -> bool:
        """Takes the call's tokens; False, and none is taken, if AWS would throttle it now."""
        rates = rates_of(request) if self.enabled else ()
        with self._lock:
            now = self._clock()
            buckets = [self._bucket(request, rate, now) for rate in rates]
            admitted = all([bucket.holds_one(now) for bucket in buckets])
            if admitted:
                for bucket in buckets:
                    bucket.take()
            return admitted

    def _bucket(self, request: AwsRequest, rate: Rate, now: float) -> TokenBucket:
        key = (request.access_key, request.region, rate.bucket)
        if key not in self._buckets:
            self._buckets[key] = TokenBucket(rate.burst, rate.refill, now)
        return self._buckets[key]


def _milliseconds(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 60_000:
        raise ValueError(f"{name} must be a number from 0 to 60000, got {value!r}")
    return float(value)
