"""Alarms that CloudWatch refuses, and moto takes."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator

from moto.cloudwatch.exceptions import InvalidParameterCombination, ValidationError
from moto.cloudwatch.responses import CloudWatchResponse

from .replace import wrap

_HOUR, _DAY, _WEEK = 3600, 86400, 604800


def patch_alarms(_: Any) -> None:
    """AWS looks back a day, or a week by the hour, returns one of several metrics, whose expressions are of what is
    there, and acts in its own region."""

    @wrap(CloudWatchResponse, "put_metric_alarm")
    def put_metric_alarm(original: Any, self: Any) -> Any:
        asked = {
            name: self._get_param(name)
            for name in ("Period", "EvaluationPeriods", "Metrics", "AlarmActions", "OKActions", "InsufficientDataActions", "Dimensions")
        }
        for problem in _problems(asked, self.region):
            raise ValidationError(problem)
        queries = asked["Metrics"] or []
        if queries and sum(_returns(each) for each in queries) != 1:
            raise ValidationError("Exactly one element of the metrics list should return data.")
        if queries and not any(each.get("MetricStat") or _is_insight(each) for each in queries):
            raise InvalidParameterCombination("At least one metric must be specified in the metrics list.")
        return original(self)


def _problems(asked: Dict[str, Any], region: str) -> Iterator[str]:
    periods = [asked["Period"]] if asked["Period"] else [
        (each.get("MetricStat") or {}).get("Period") or each.get("Period") for each in asked["Metrics"] or []
    ]
    for period in (int(each) for each in periods if each):
        most = _WEEK if period >= _HOUR else _DAY
        if period * int(asked["EvaluationPeriods"] or 1) > most:
            yield f"Metrics cannot be checked across more than {'a week' if most == _WEEK else 'a day'}"
    for member in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        for arn in asked[member] or []:
            parts = arn.split(":")
            if len(parts) < 6 or parts[0] != "arn":
                yield f"Invalid arn syntax: {arn}"
            elif parts[3] not in ("", region):
                yield f"Invalid region {parts[3]} specified. Only {region} is supported."
            elif parts[2:5:2] == ["automate", "ec2"] and not _is_of_instance(asked):
                yield f"EC2 actions need a metric of one InstanceId: {arn}"
    ids = {each.get("Id") for each in asked["Metrics"] or []}
    for each in asked["Metrics"] or []:
        if _is_insight(each):
            continue
        named = set(re.findall(r"(?<![\w\"'.])[a-z]\w*", re.sub(r"\"[^\"]*\"|'[^']*'", "", each.get("Expression") or "")))
        if named - ids:
            yield f"Invalid metrics list: {', '.join(sorted(named - ids))} in the expression of {each.get('Id')} is no id"


def _is_insight(query: Dict[str, Any]) -> bool:
    """A query of Metrics Insights, which finds its metrics by itself."""
    return (query.get("Expression") or "").lstrip().upper().startswith("SELECT ")


def _is_of_instance(asked: Dict[str, Any]) -> bool:
    return any(each.get("Name") == "InstanceId" for each in asked["Dimensions"] or [])


def _returns(query: Dict[str, Any]) -> bool:
    return str(query.get("ReturnData", True)).lower() == "true"
