"""Service Quotas: moto knows VPC's defaults only. Here an account has what a fleet's account has."""

from __future__ import annotations

import json
from typing import Any, Dict, Tuple

from moto.servicequotas.exceptions import NoSuchResource
from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse

from .replace import wrap

# (service, code) -> name, value. The first two are raised, as in any account with a fleet in it.
_QUOTAS: Dict[Tuple[str, str], Tuple[str, float]] = {
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 250.0),
    ("ec2", "L-1216C47A"): ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 100000.0),
    ("ec2", "L-7295265B"): ("Running On-Demand X instances", 128.0),
    ("ecs", "L-9EF96962"): ("Services per cluster", 5000.0),
    ("ecs", "L-86C34207"): ("Container instances per cluster", 5000.0),
    ("elasticloadbalancing", "L-822D1B1B"): ("Target Groups per Application Load Balancer", 100.0),
    ("elasticloadbalancing", "L-7EED9B64"): ("Rules per Application Load Balancer", 100.0),
    ("elasticloadbalancing", "L-B6DF7632"): ("Listeners per Application Load Balancer", 50.0),
    ("elasticloadbalancing", "L-7E6692B2"): ("Targets per Application Load Balancer", 1000.0),
    ("elasticloadbalancing", "L-A0D0B863"): ("Targets per Target Group per Region", 1000.0),
}


def patch_account_quotas(_: Any) -> None:
    """AWS: GetServiceQuota tells the account's own value, for every service."""

    @wrap(ServiceQuotasBackend, "get_service_quota")
    def get_service_quota(original: Any, self: Any, service_code: str, quota_code: str) -> Dict[str, Any]:
        key = (service_code, quota_code)
        if key in _QUOTAS:
            name, value = _QUOTAS[key]
            quota = {"ServiceCode": service_code, "QuotaCode": quota_code, "QuotaName": name, "Value": value}
        else:
            quota = dict(original(self, service_code=service_code, quota_code=quota_code))
        return {**quota, "Value": _granted(self).get(key, quota["Value"])}


def patch_quota_increases(_: Any) -> None:
    """AWS: a request is decided in minutes to days. Here any value is granted at once, a lower one too."""

    def request_service_quota_increase(self: Any) -> str:
        asked = json.loads(self.body)
        service, code, value = asked["ServiceCode"], asked["QuotaCode"], float(asked["DesiredValue"])
        if value < 0:
            raise NoSuchResource
        self.backend.get_service_quota(service_code=service, quota_code=code)
        _granted(self.backend)[(service, code)] = value
        requested = {"ServiceCode": service, "QuotaCode": code, "DesiredValue": value, "Status": "APPROVED"}
        return json.dumps({"RequestedQuota": requested})

    assert not hasattr(ServiceQuotasResponse, "request_service_quota_increase"), "moto has it now"
    ServiceQuotasResponse.request_service_quota_increase = request_service_quota_increase


def _granted(backend: Any) -> Dict[Tuple[str, str], float]:
    """The values that were asked for, per account and region."""
    if not hasattr(backend, "granted_quotas"):
        backend.granted_quotas = {}
    granted: Dict[Tuple[str, str], float] = backend.granted_quotas
    return granted
