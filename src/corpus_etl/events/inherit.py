"""Dates inside a sentence that an event takes from another: a gerund or a coordinated verb from the verb that it goes with, a
verb from its « lorsque », a death from what caused it, a clause behind a colon from the date that opens the sentence.

What somebody says does not take the date of the saying: no complement clause is entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .lexicon import Lexicon
from .mention import Mention, When
from .story import opening, tense
from .syntax import Tree

_STEPS = 4


def inherit(tree: Tree, mentions: Sequence[Mention], clock: Mapping[int, When], lexicon: Lexicon) -> None:
    """Give dates to the mentions of a sentence whose clause has none. `clock`: verbs that a date stands at, events or not."""
    dates = dict(clock)
    for mention in mentions:
        if mention.date is not None:
            dates |= dict.fromkeys((mention.candidate.anchor, _verb(mention)), mention.date)
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.date is None:
            mention.date = _found(tree, mention, dates, lexicon)
            if mention.date is not None:
                dates[_verb(mention)] = mention.date


def _verb(mention: Mention) -> int:
    """The verb that an event is told with: its light verb, or its anchor."""
    support = mention.candidate.support
    return mention.candidate.anchor if support is None else support


def _found(tree: Tree, mention: Mention, dates: Mapping[int, When], lexicon: Lexicon) -> When | None:
    verb = _verb(mention)
    sources = [
        *_led(tree, verb, dates, lexicon),
        *_occasions(tree, verb, lexicon),
        *_colon(tree, verb, dates),
    ]
    if mention.event_type in lexicon.cues["simultaneous"]:
        sources += _causes(tree, verb)
    if mention.event_type in lexicon.cues["same_ruling"] and mention.candidate.entry.kind == "noun":
        sources += [a for a in tree.ancestors(verb) if tree[a].upos == "VERB"][:1]
    return next((dates[k] for k in sources if k in dates), None)


def _led(tree: Tree, i: int, dates: Mapping[int, When], lexicon: Lexicon) -> Iterator[int]:
    """The verbs at whose time verb `i` happens, the nearest first."""
    for _ in range(_STEPS):
        leader = _leader(tree, i, lexicon)
        if leader is None:
            return
        when = dates.get(leader)
        if _later(tree, i, lexicon) and when is not None and when.text_start > tree[leader].start:
            return  # « arrêtée en mai, puis condamnée »: later than May
        yield leader
        i = leader


def _later(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """A coordinated verb that may tell the next step: with « puis », or with an auxiliary of its own."""
    if not tree[i].deprel.startswith("conj"):
        return False
    return tree.finite(i) or any(tree.forms[k] in lexicon.cues["later"] for k in tree.kids[i])


def _leader(tree: Tree, i: int, lexicon: Lexicon) -> int | None:
    """The verb that a coordinated verb, a gerund or a clause with « lorsque » goes with, or null."""
    relation, head = tree[i].deprel, tree[i].head
    if head == i:
        return None
    if relation.startswith("conj"):
        return head if _goes_on(tree, i, head) else None
    if tree.gerund(i) and relation.startswith("advcl"):
        return head
    if (
        tree.gerund(i)
        and relation.startswith("acl")
        and min(tree.subtree(i)) < i
        and tree.forms[min(tree.subtree(i))] == ","
    ):
        return next((a for a in tree.ancestors(i) if tree[a].upos == "VERB"), None)
    return head if relation == "advcl" and _occasion(tree, i, head, lexicon) else None


def _goes_on(tree: Tree, i: int, head: int) -> bool:
    """A coordinated gerund, a participle that shares the auxiliary, or a verb in the same tense, without subject of its own."""
    if not (tree.verbal(head) or tree.participle(head)) or tree.children(i, "nsubj"):
        return False
    if tree.gerund(i):
        return tree.gerund(head)
    if tree.finite(i):
        return tree.finite(head) and tense(tree, i) == tense(tree, head)
    return tree.participle(i) and (tree.participle(head) or tree.finite(head))


def _occasion(tree: Tree, clause: int, main: int, lexicon: Lexicon) -> bool:
    """A clause that says when its main clause happened, in the same tense."""
    marks = (tree.forms[k] for k in tree.kids[clause] if tree[k].deprel.startswith("mark"))
    return any(m in lexicon.cues["occasions"] for m in marks) and tense(tree, clause) == tense(tree, main)


def _occasions(tree: Tree, i: int, lexicon: Lexicon) -> Iterator[int]:
    """« a perdu la vie lorsque son car a été percuté lundi »: the verb of the clause, which may hang on a later conjunct."""
    for verb in (i, *(k for k in tree.children(i, "conj") if tense(tree, k) == tense(tree, i))):
        yield from (k for k in tree.children(verb, "advcl") if _occasion(tree, k, verb, lexicon))


def _causes(tree: Tree, i: int) -> Iterator[int]:
    """What a death or damage came of: the main verb of an opening participle, an agent, the antecedent of « qui avaient fait
    cinq morts », the clause of « l'orage qui s'est abattu lundi a coûté la vie »."""
    led = opening(tree, i)
    if led is not None:
        yield led
    if tree.participle(i) and tree[i].deprel.startswith("acl") and tree[tree[i].head].deprel.startswith("nsubj"):
        verb = tree[tree[i].head].head  # « un homme, blessé par balle, a été secouru et transporté à l'hôpital mardi »
        yield from (verb, *tree.children(verb, "conj"))
    yield from tree.children(i, "obl:agent")
    if tree[i].deprel == "acl:relcl":
        yield tree[i].head
    for subject in tree.children(i, "nsubj"):
        yield from (k for k in tree.subtree(subject) if tree[k].deprel.startswith("acl"))


def _colon(tree: Tree, i: int, dates: Mapping[int, When]) -> Iterator[int]:
    """« Jeudi, un autre est sorti du bois : X a écrit »: the verb before the colon, where the date opens the sentence."""
    head = tree[i].head
    if not tree[i].deprel.startswith("parataxis") or head > i or ":" not in tree.forms[head:i]:
        return
    when = dates.get(head)
    opens = when is not None and not any(
        tree.verbal(k) for k in range(head) if tree[k].start < when.text_start
    )
    if (
        opens
        and when is not None
        and when.text_start < tree[head].start
        and tense(tree, i) == tense(tree, head)
    ):
        yield head
