"""How sure a mention is: a logistic function of how it was found. The weights are data of the pack (`_confidence.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

from .participants import Roles
from .scene import Scene
from .triggers import Candidate

DEFAULT = {"intercept": 0.6}


def features(scene: Scene, candidate: Candidate, roles: Roles, dated: bool, counted: bool) -> list[str]:
    """Names of the features that a candidate has."""
    group, tree = candidate.entry.group, scene.tree
    found = [f"prior_{group.prior}", candidate.entry.kind]
    if candidate.length > 1:
        found.append("several_words")
    if group.require.weight:
        found.append("conditions")
    actors, recipients = roles.of("actor"), roles.of("recipient")
    if actors:
        found.append("actor_named" if any(p.entity for p in actors) else "actor")
    if recipients:
        found.append("recipient_named" if any(p.entity for p in recipients) else "recipient")
    if not actors and not recipients:
        found.append("nobody")
    if dated:
        found.append("dated")
    if counted:
        found.append("counted")
    if candidate.entry.kind == "noun":
        found.append("noun_with_verb" if candidate.support_kind else "bare_noun")
    else:
        found.append("past" if tree.tense(candidate.anchor) == "past" else "not_past")
        if tree.infinitive(candidate.anchor):
            found.append("infinitive")
    if tree[candidate.head].upos not in ("VERB", "NOUN"):
        found.append("odd_tag")
    return found


def score(found: Iterable[str], weights: Mapping[str, float]) -> float:
    """Probability that the mention is right, 0 to 1, rounded to 1e-4 so that it is the same on all machines."""
    total = weights.get("intercept", 0.0) + sum(weights.get(name, 0.0) for name in found)
    return round(1.0 / (1.0 + exp(-total)), 4)
