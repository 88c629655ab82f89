"""Dates and amounts of events: each expression goes to the trigger that it belongs to in the tree, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .syntax import Tree

_BARRIERS = {"ccomp": 4.0, "acl:relcl": 3.0, "advcl": 3.0, "parataxis": 3.0, "csubj": 3.0, "acl": 1.5, "advcl:cleft": 1.0}
REACH = 6.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands in the tree: its tokens and the token on which it is anchored."""

    nodes: frozenset[int]
    anchor: int


def head_of_span(tree: Tree, start: int, end: int) -> int | None:
    """The highest token inside a span of code points, or null where the span touches no token."""
    inside = [t.i for t in tree.sentence.tokens if t.start < end and t.end > start]
    for i in inside:
        if tree[i].head == i or tree[i].head not in inside:
            return i
    return inside[0] if inside else None


def path_costs(tree: Tree, start: int) -> dict[int, float]:
    """Cost of the way from `start` up to each ancestor, and down from these by one argument step.

    One for each edge, more for leaving a clause; verbs on the way that are no events stay cheap, so that a date on
    a light verb reaches the noun below it.
    """
    costs = {start: 0.0}
    cost, i = 0.0, start
    for a in tree.ancestors(start):
        cost += 1.0 + _BARRIERS.get(tree[i].deprel, 0.0) if i != start else 1.0
        costs.setdefault(a, cost)
        i = a
    for a, reached in list(costs.items()):
        for kid in tree.kids[a]:
            if kid in costs or tree[kid].deprel.startswith(("punct", "cc", "det", "case")):
                continue
            step = 1.5 + _BARRIERS.get(tree[kid].deprel, 0.0) + (0.5 if tree[kid].deprel.startswith("conj") else 0.0)
            costs[kid] = reached + step
            for grand in tree.kids[kid]:
                if grand not in costs and tree[grand].deprel.startswith(("nmod", "obj", "conj", "xcomp", "obl:arg", "acl")):
                    costs[grand] = reached + step + 1.5 + _BARRIERS.get(tree[grand].deprel, 0.0)
    return costs


def nearest(tree: Tree, start: int, places: Mapping[int, Place], reach: float = REACH) -> int | None:
    """Key of the place that an expression with head `start` belongs to, or null where none is within reach."""
    costs = path_costs(tree, start)
    best: tuple[float, int, int] | None = None
    for key, place in places.items():
        cost = min((costs[n] for n in place.nodes | {place.anchor} if n in costs), default=None)
        if cost is None or cost > reach:
            continue
        rank = (cost, abs(place.anchor - start), key)
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def fronted(tree: Tree, head: int, anchor: int) -> bool:
    """The expression opens the clause of `anchor`: it stands before the verb and before its subject."""
    subjects = tree.children(anchor, "nsubj")
    return head < min([anchor, *subjects])


def sharing(tree: Tree, anchor: int, other: int) -> bool:
    """`other` shares a fronted date of `anchor`: coordinated with it, a gerund or participle under it, or its object noun."""
    i = other
    for _ in range(4):
        if i == anchor:
            return True
        token = tree[i]
        if token.head == i:
            return False
        relation = token.deprel
        gerund = relation.startswith(("advcl", "acl", "xcomp")) and (tree.gerund(i) or relation.startswith("xcomp"))
        argument = relation.startswith(("obj", "nsubj", "obl:arg"))
        if not (relation.startswith("conj") or gerund or argument):
            return False
        i = token.head
    return False


def ordered(places: Mapping[int, Place]) -> Sequence[int]:
    """Keys from left to right."""
    return sorted(places, key=lambda k: (places[k].anchor, k))


def spans_overlap(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Does any of the spans touch start..end?"""
    return any(a < end and start < b for a, b in spans)
