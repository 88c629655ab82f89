"""Dates and amounts of events: each expression goes to the trigger that it belongs to in the tree, or to none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .syntax import Tree

REACH = 4.5
_NOMINAL_STEP = 1.0


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


def path_costs(tree: Tree, start: int, events: frozenset[int]) -> dict[int, float]:
    """Cost of the way from an expression to each token whose event it may belong to.

    Up through nominals to the first verb. If that verb is no event (`events`: tokens of all triggers) its arguments and
    infinitives come next (« une attaque a eu lieu mardi »), then the noun that it modifies (« l'accord signé mardi »)
    and, for infinitives, the verb above. Other clauses are never entered.
    """
    costs = {start: 0.0}
    i, cost = start, 0.0
    while tree[i].head != i:
        first = i == start
        i = tree[i].head
        cost += _NOMINAL_STEP
        if not first and not (tree.verbal(i) or tree.participle(i)) and i not in events:
            cost += 1.0
        costs[i] = cost
        if i in events or tree.verbal(i) or tree.participle(i) or tree.infinitive(i):
            break
    if i in events:
        return costs
    _down(tree, i, cost, costs)
    while not (i in events or tree[i].head == i):
        relation = tree[i].deprel
        subject = _modified_subject(tree, i)
        if subject is not None:
            costs.setdefault(subject, cost + 1.5)
            break
        if relation.startswith("xcomp") or (relation in ("acl", "amod", "acl:relcl")):
            i = tree[i].head
            cost += 1.5 if relation != "acl:relcl" else 2.5
            costs.setdefault(i, cost)
            if relation == "acl" and i not in events:
                # « l'échec de la fusion, capotée en mai »
                costs |= {k: cost + 1.0 for k in tree.children(i, "nmod") if k not in costs}
        else:
            break
    return costs


def _modified_subject(tree: Tree, i: int) -> int | None:
    """« Un don, parvenu la semaine dernière, a »: the subject of a participle that the parser hung on the verb behind it."""
    head = tree[i].head
    if not (tree[i].deprel.startswith("advcl") and tree.participle(i) and i < head):
        return None
    return next((k for k in tree.children(head, "nsubj") if k < i), None)


def _down(tree: Tree, verb: int, cost: float, costs: dict[int, float]) -> None:
    for kid in tree.kids[verb]:
        relation = tree[kid].deprel
        if relation.startswith(("nsubj", "obj", "xcomp", "obl")) and kid not in costs:
            costs[kid] = cost + 1.5
            for grand in tree.kids[kid]:
                if tree[grand].deprel.startswith(("nmod", "xcomp", "obj", "conj")):
                    costs.setdefault(grand, cost + 2.5)


def nearest(tree: Tree, start: int, places: Mapping[int, Place], reach: float = REACH) -> int | None:
    """Key of the place that an expression with head `start` belongs to, or null where none is within reach."""
    events = frozenset(n for place in places.values() for n in place.nodes | {place.anchor})
    costs = path_costs(tree, start, events)
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
