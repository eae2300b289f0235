"""Where a service's next task goes."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Tuple

from .container_instance import NodeContainerInstance
from .expression import Predicate, parse_expression, subjects_of
from .resources import Resources, fits, taken_by

_DEFAULT_STRATEGY = [{"type": "spread", "field": "attribute:ecs.availability-zone"}]
_predicates: Dict[str, Predicate] = {}


class Placement:
    """The rules by which a service's tasks of one task definition are placed."""

    def __init__(self, service: Any, task_definition: Any) -> None:
        constraints = [*(service.placement_constraints or []), *(task_definition.placement_constraints or [])]
        self.distinct = any(each.get("type") == "distinctInstance" for each in constraints)
        self._predicates = [
            _predicate(each.get("expression") or "") for each in constraints if each.get("type") == "memberOf"
        ]
        self._strategy: List[Dict[str, Any]] = service.placement_strategy or _DEFAULT_STRATEGY
        self.wanted: Resources = taken_by(task_definition)

    def admits(self, container_instance: NodeContainerInstance) -> bool:
        """Whether the placement constraints let a task onto it."""
        if not self._predicates:
            return True
        subjects = subjects_of(container_instance)
        return all(predicate(subjects) for predicate in self._predicates)

    def has_room(self, container_instance: NodeContainerInstance) -> bool:
        return fits(container_instance.left(), self.wanted)

    def choose(
        self, candidates: Iterable[NodeContainerInstance], tasks: List[Any]
    ) -> Optional[NodeContainerInstance]:
        """The best of the candidates by the service's strategy; None if no candidate has room."""
        possible = [each for each in candidates if self.has_room(each)]
        return min(possible, key=lambda each: self._rank(each, tasks), default=None)

    def _rank(self, candidate: NodeContainerInstance, tasks: List[Any]) -> Tuple[Any, ...]:
        ranks: List[Any] = []
        for strategy in self._strategy:
            field = strategy.get("field") or ""
            if strategy.get("type") == "spread":
                mine = _value(candidate, field)
                ranks.append(sum(_value(task.container_instance, field) == mine for task in tasks))
            elif strategy.get("type") == "binpack":
                left = candidate.left()
                ranks.append(left.cpu if field.lower() == "cpu" else left.memory_mib)
        same_node = sum(task.container_instance is candidate for task in tasks)
        return (*ranks, same_node, len(candidate.live_tasks), candidate.registered_at)


def require_valid(constraints: Iterable[Dict[str, Any]]) -> None:
    """Raises ValueError if the expression of a constraint can't be understood."""
    for constraint in constraints:
        if constraint.get("type") == "memberOf":
            _predicate(constraint.get("expression") or "")


def _predicate(expression: str) -> Predicate:
    if expression not in _predicates:
        _predicates[expression] = parse_expression(expression)
    return _predicates[expression]


def _value(container_instance: NodeContainerInstance, field: str) -> Optional[str]:
    if field in ("instanceId", "host"):
        return container_instance.ec2_instance_id
    return container_instance.attributes.get(field.split(":", 1)[-1])
