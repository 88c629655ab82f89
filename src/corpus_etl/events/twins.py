"""Noun and verb of one type that tell of one event: « une panne a plongé le pays dans le noir », « ravagé par un incendie »."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .lexicon import Lexicon
from .mention import Mention
from .subjects import agents_of
from .syntax import Tree


def from_verb(tree: Tree, mention: Mention, others: Sequence[Mention], missing: Sequence[str]) -> None:
    """Give a noun the parties (of the `missing` roles) and the date of the verb that it is told with."""
    verb = next((m for m in others if _twins(tree, mention, m)), None)
    if verb is None:
        return
    taken = {p.identity for p in mention.roles.participants}
    roles = [r for r in missing if r == "recipient" or not tree[verb.candidate.head].deprel.endswith("relcl")]
    more = [
        replace(p, how="implicit") for r in roles for p in verb.roles.of(r) if not mention.roles.of(r) and p.identity not in taken
    ]
    mention.roles = replace(mention.roles, participants=(*mention.roles.participants, *more))
    mention.date = mention.date or verb.date


def one_post(tree: Tree, mention: Mention, others: Sequence[Mention], lexicon: Lexicon) -> None:
    """« A a confié le poste à B, qui succède à C »: what a clause tells again of one person and one kind of change has one actor
    and one date."""
    if mention.event_type not in lexicon.cues["one_post"] or not tree[mention.candidate.head].deprel.startswith("acl"):
        return
    who = {p.identity for p in mention.roles.of("recipient")}
    for other in others:
        same = other.sentence.index == mention.sentence.index and other.event_type == mention.event_type and other.factuality == mention.factuality
        if not same or not who & {p.identity for p in other.roles.of("recipient")}:
            continue
        mention.date = mention.date or other.date
        if not mention.roles.of("actor"):
            more = [replace(p, how="implicit") for p in other.roles.of("actor") if p.identity not in who]
            mention.roles = replace(mention.roles, participants=(*mention.roles.participants, *more))


def told_once(trees: Mapping[int, Tree], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions without those that only repeat: the verb beside the noun of a disaster, the noun beside the verb of a payment."""
    dropped: set[int] = set()
    together: dict[int, list[Mention]] = {}
    for mention in mentions:
        together.setdefault(mention.sentence.index, []).append(mention)
    for noun in mentions:
        for verb in together[noun.sentence.index]:
            if noun.event_type != verb.event_type or not _twins(trees[noun.sentence.index], noun, verb):
                continue
            if noun.event_type in lexicon.cues["told_by_noun"]:
                _merge(noun, verb, trees[noun.sentence.index])
                dropped.add(id(verb))
            elif noun.event_type in lexicon.cues["told_by_verb"] and verb.candidate.head > noun.candidate.head and verb.roles.of("actor"):
                _merge(verb, noun, trees[noun.sentence.index])
                dropped.add(id(noun))
    return [m for m in mentions if id(m) not in dropped]


def _merge(kept: Mention, other: Mention, tree: Tree) -> None:
    """What only the mention that is dropped knows goes to the one that stays."""
    taken = {p.identity for p in kept.roles.participants}
    relative = tree[other.candidate.head].deprel.endswith("relcl")
    more = [
        replace(p, how="implicit")
        for p in other.roles.participants
        if not kept.roles.of(p.role) and p.identity not in taken and not (p.role == "actor" and relative)
    ]
    kept.roles = replace(kept.roles, participants=(*kept.roles.participants, *more))
    kept.date, kept.place = kept.date or other.date, kept.place or other.place
    kept.amounts += [a for a in other.amounts if a not in kept.amounts]


def _twins(tree: Tree, noun: Mention, other: Mention) -> bool:
    """A noun and the verb whose subject or agent it is, or a participle or relative clause of it, of one type and factuality."""
    head, verb = noun.candidate.head, other.candidate.head
    if noun.candidate.entry.kind == "verb" or other.candidate.entry.kind != "verb" or other.sentence.index != noun.sentence.index:
        return False
    if other.event_type != noun.event_type or other.factuality != noun.factuality or verb == head:
        return False
    subject = tree[head].head == verb and tree[head].deprel.startswith("nsubj")
    modified = tree[verb].head == head and tree[verb].deprel.startswith("acl")
    agent = head in agents_of(tree, verb) or (tree[head].head == verb and tree[head].deprel == "obl:agent")
    return (subject or modified or agent) and (tree.verbal(verb) or tree.participle(verb))
