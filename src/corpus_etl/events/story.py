"""The date of a story: what the main clause of a sentence is dated to, and the sentences to which it is carried.

A date is carried to the next sentence of the paragraph only: to its main predicate where the same participants, a
pronoun or an adverb (« alors ») show that the story goes on in the same tense.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus_etl.entities import EntityIndex

from .implicit import definite
from .lexicon import Lexicon
from .mention import Mention, When
from .syntax import Tree

_NEAR = 6
"""Words around a verb among which « par ailleurs » or « également » belongs to it."""
_REACH = 6
"""Sentences from one statement of a speaker to the next one that shares its date."""
_CHAIN = ("conj", "obj", "nsubj", "xcomp", "obl:arg", "parataxis")


@dataclass(frozen=True)
class Story:
    """The date that the main clause of sentence `index` has, its tense and who takes part."""

    index: int
    when: When
    tense: str
    known: frozenset[object]


def told(
    tree: Tree, mentions: Sequence[Mention], dates: Sequence[tuple[Any, When]], entities: EntityIndex
) -> Story | None:
    """The story date of a sentence: that of its main predicate, be it an event or not."""
    root = next((t.i for t in tree.sentence.tokens if t.head == t.i), 0)
    main = [m for m in mentions if m.date is not None and in_main_clause(tree, m.candidate.anchor)]
    subjects = (m for k in tree.children(root, "nsubj") for m in entities.all_at(tree.sentence.index, k))
    everybody = frozenset(p.identity for m in mentions for p in m.roles.participants if p.entity)
    everybody |= {m.entity.key for m in subjects if m.entity is not None}
    if main:
        when = main[-1].date
        assert when is not None
        return Story(tree.sentence.index, when, tense(tree, main[-1].candidate.anchor), everybody)
    for expression, when in dates:
        head = next((t.i for t in tree.sentence.tokens if t.start <= expression.start < t.end), None)
        verb = tree.governor(head) if head is not None else None
        if verb == root:
            return Story(tree.sentence.index, when, tense(tree, root), everybody)
    said = [m.date for m in mentions if m.date is not None and m.event_type == "communication.statement"]
    # « X joue sur les mots dans un mail de 2016, indiquant que … »: the exchange goes on at that date.
    return Story(tree.sentence.index, said[0], tense(tree, root), everybody) if said and said[0] else None


def tense(tree: Tree, i: int) -> str:
    """The tense that a verb tells in: perfect (with the simple past), pluperfect, imperfect, present, future or other."""
    auxiliary = [a for a in tree.children(i, "aux", "cop") if tree.feature(a, "VerbForm") == "Fin"]
    if auxiliary and (tree[auxiliary[0]].deprel != "aux:pass" or not tree.passive(i)):
        return {"Pres": "perfect", "Imp": "pluperfect", "Past": "perfect", "Fut": "future"}.get(tree.feature(auxiliary[0], "Tense"), "other")
    finite = auxiliary[0] if auxiliary else i  # « elles sont soupçonnées »
    if tree.feature(finite, "VerbForm") != "Fin":
        return "other"
    return {"Pres": "present", "Imp": "imperfect", "Past": "perfect", "Fut": "future"}.get(tree.feature(finite, "Tense"), "other")


def in_main_clause(tree: Tree, i: int) -> bool:
    """`i` is the main predicate of its sentence, coordinated with it, its argument, or what a verb behind it reports."""
    while tree[i].head != i:
        reported = tree[i].deprel == "ccomp" and i < tree[i].head
        if not reported and not tree[i].deprel.startswith(_CHAIN):
            return False
        i = tree[i].head
    return True


def opening(tree: Tree, i: int) -> int | None:
    """« Blessé à la jambe, il a été transporté »: the predicate that a participle at the head of the sentence opens."""
    head = tree[i].head
    before = tree.participle(i) and tree[i].deprel.startswith(("advcl", "acl")) and i < head
    return head if before and tree.finite(head) and in_main_clause(tree, head) else None


def carry(tree: Tree, mentions: Sequence[Mention], story: Story, lexicon: Lexicon) -> None:
    """Give the date of the story to the predicates of the next sentence that go on telling it."""
    adverbs = lexicon.cues["carrying_adverbs"]
    when = replace(story.when, basis="carried")
    for mention in mentions:
        i = mention.candidate.anchor
        if mention.date is not None:
            continue
        if mention.candidate.entry.kind == "noun":
            verb = i if tree.verbal(i) else tree.governor(i)
            now = verb is not None and tense(tree, verb) == "present" != story.tense  # « poursuit ses bombardements »
            if mention.event_type in lexicon.cues["momentary"] and definite(tree, mention, lexicon) and not now:
                mention.date = when  # « deux voitures se suivaient. Au moment de l'accident, … »
            continue
        led = opening(tree, i)
        if led is None and not in_main_clause(tree, i):
            continue
        i = i if led is None else led
        nearby = list(tree.kids[i]) + [g for k in tree.kids[i] for g in tree.kids[k]]
        if any(tree.forms[k] in adverbs for k in nearby):
            mention.date = when
            continue
        same = story.known & {p.identity for p in mention.roles.participants if p.entity}
        pronoun = any(tree[k].upos == "PRON" and tree.feature(k, "PronType") == "Prs" for k in tree.children(i, "nsubj"))
        if (same or pronoun) and tense(tree, i) == story.tense:
            mention.date = when
    for mention in mentions:
        # « …, écrivait-il alors, suggérant de … »: a gerund shares the date of its verb.
        i = mention.candidate.anchor
        if mention.date is None and tree.gerund(i) and tree[i].deprel.startswith("advcl"):
            above = {tree[i].head, *tree.children(tree[i].head, "parataxis")}
            if any(m.date == when and m.candidate.anchor in above for m in mentions):
                mention.date = when


def go_on(trees: Mapping[int, Tree], mentions: Sequence[Mention], text: str, lexicon: Lexicon) -> None:
    """« X a fait savoir hier que … (…) X a par ailleurs indiqué que … »: a further statement of one speaker in one paragraph has
    the date of the one before, carried over the quotations between."""
    said = [m for m in mentions if m.event_type == "communication.statement" and m.candidate.entry.kind == "verb"]
    for number, mention in enumerate(said):
        tree, i = trees[mention.sentence.index], mention.candidate.anchor
        near = {tree.forms[k] for child in tree.children(i, "advmod", "obl") for k in tree.subtree(child) if abs(k - i) <= _NEAR}
        if mention.date is not None or not tree.finite(i) or near.isdisjoint(lexicon.cues["further"]):
            continue
        doing = {p.identity for p in mention.roles.of("actor") if p.entity}
        for other in reversed(said[:number]):
            if "\n" in text[other.end : mention.start] or mention.sentence.index - other.sentence.index > _REACH:
                break
            if doing & {p.identity for p in other.roles.of("actor")}:
                same = tense(trees[other.sentence.index], other.candidate.anchor) == tense(tree, i)
                if other.date is not None and same:
                    mention.date = replace(other.date, basis="carried")
                break
