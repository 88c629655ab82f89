"""What somebody is tried, sentenced or arrested for: « condamné pour le meurtre de sa femme en 2018 ».

The noun of the crime has the defendant for its actor, and a date with a year that stands behind it is its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .lexicon import Lexicon
from .mention import Mention
from .syntax import Tree


def charged_with(tree: Tree, mention: Mention, others: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """The mention in whose « pour » the noun of a crime stands, or null."""
    head = mention.candidate.head
    if mention.candidate.entry.kind == "verb" or mention.event_type not in lexicon.cues["crimes"]:
        return None
    for other in reversed(others):
        i = other.candidate.anchor
        if other.sentence.index < mention.sentence.index:
            return None
        if other.sentence.index != mention.sentence.index or i >= head or other.event_type not in lexicon.cues["prosecuting"]:
            continue
        if other.event_type.startswith("communication.") and tree[head].head == i and tree.case(head) in lexicon.cues["accused_of"]:
            return other  # « accusé du meurtre de X »
        if any(tree.finite(k) and tree[k].upos == "VERB" for k in range(i + 1, head)):
            return None
        between = {tree.case(k) for k in (head, *tree.ancestors(head)) if i < k <= head}
        return other if between & lexicon.cues["charged_for"] else None
    return None


def name_defendants(trees: Mapping[int, Tree], mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """Give crimes that have no actor the defendant."""
    for number, mention in enumerate(mentions):
        if mention.roles.of("actor") or "actor" in mention.roles.things:
            continue
        found = charged_with(trees[mention.sentence.index], mention, mentions[:number], lexicon)
        if found is None or found.factuality == "negated":
            continue
        taken = {p.identity for p in mention.roles.participants}
        accused = [replace(p, role="actor", how="charged") for p in found.roles.of("recipient") if p.identity not in taken]
        mention.roles = replace(mention.roles, participants=(*mention.roles.participants, *accused))


def crime_dated(tree: Tree, mentions: Sequence[Mention], key: int, expression: Any, lexicon: Lexicon) -> int:
    """Which mention a date belongs to that was given to number `key`: the crime before it, if it has a year of its own."""
    if expression.basis != "explicit" or mentions[key].event_type not in lexicon.cues["prosecuting"]:
        return key
    crimes = [
        n
        for n, m in enumerate(mentions)
        if m.end <= expression.start and charged_with(tree, m, [mentions[key]], lexicon) is not None
    ]
    return max(crimes, key=lambda n: mentions[n].start, default=key)
