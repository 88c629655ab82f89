"""Which date and which amounts belong to which mention: syntax first, then the sentence, then the paragraph (`carried`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus_etl.language import AnalysedDocument

from .lexicon import Lexicon
from .mention import Mention, When
from .syntax import Tree
from .values import Place, fronted, head_of_span, nearest, sharing

_AMOUNT_UNITS = {"percent": "percent"}


def usable(expression: Any) -> bool:
    """Can this expression date an event? Not durations, frequencies, or expressions without a value."""
    return expression.kind in ("date", "interval", "time") and expression.value_start is not None and expression.value_end is not None


def amount_kind(amount: Any) -> str:
    """money, percent or count."""
    if amount.currency:
        return "money"
    return "percent" if amount.unit == "percent" else "count"


def _places(tree: Tree, mentions: Sequence[Mention]) -> dict[int, Place]:
    places = {}
    for number, mention in enumerate(mentions):
        nodes = set(mention.candidate.words)
        if mention.candidate.support is not None:
            nodes.add(mention.candidate.support)
        places[number] = Place(frozenset(nodes), mention.candidate.anchor)
    return places


def assign_dates(
    document: AnalysedDocument,
    trees: Mapping[int, Tree],
    mentions: Sequence[Mention],
    expressions: Sequence[Any],
    lexicon: Lexicon,
) -> None:
    """Set `date` of the mentions."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    previous: tuple[int, Mention] | None = None
    for index in sorted(trees):
        tree = trees[index]
        inside = [e for e in expressions if tree.sentence.start <= e.start and e.end <= tree.sentence.end]
        here = by_sentence.get(index, [])
        _in_sentence(tree, here, inside, lexicon)
        if previous and not inside and index == previous[0] + 1 and _same_paragraph(document, index):
            _carry(tree, here, previous[1], lexicon)
        main = [m for m in here if m.date is not None and _main(tree, m)]
        previous = (index, main[-1]) if main else None


def _in_sentence(tree: Tree, mentions: Sequence[Mention], expressions: Iterable[Any], lexicon: Lexicon) -> None:
    places = _places(tree, mentions)
    for expression in expressions:
        head = head_of_span(tree, expression.start, expression.end)
        if head is None or _other_sense(tree, expression, lexicon):
            continue
        if expression.start - tree.sentence.start <= 8:
            head = _main_verb(tree, head)
        key = nearest(tree, head, places)
        if key is None:
            continue
        when = When(
            expression.value_start,
            expression.value_end,
            expression.granularity,
            "explicit" if expression.basis == "explicit" else "relative",
            expression.start,
            expression.end,
        )
        if mentions[key].date is None:
            mentions[key].date = when
        front = fronted(tree, head, places[key].anchor)
        for other, mention in enumerate(mentions):
            if other == key or mention.date is not None:
                continue
            if (front and sharing(tree, places[key].anchor, places[other].anchor)) or (tree[places[other].anchor].deprel.startswith("advcl") and tree[places[other].anchor].head == places[key].anchor and tree.gerund(places[other].anchor)):
                mention.date = when


def _other_sense(tree: Tree, expression: Any, lexicon: Lexicon) -> bool:
    """The expression bounds a state (« jusqu'au 15 », « désormais ») and tells no time of an event."""
    first = next((t.i for t in tree.sentence.tokens if t.end > expression.start), None)
    if first is None:
        return True
    words = tree.forms[max(0, first - 2) : first + 1]
    inside = [tree.forms[t.i] for t in tree.sentence.tokens if expression.start <= t.start < expression.end]
    cues = frozenset(lexicon.notes.get("no_event_date") or ())
    return any(w in cues for w in (*words[:-1][-1:], *inside[:2]))


def _main_verb(tree: Tree, head: int) -> int:
    """For an expression that opens the sentence: where it should hang, the main verb, if the parser put it into a
    clause that begins after it (« En 2018, alors que …, X a proposé »)."""
    root = next((t.i for t in tree.sentence.tokens if t.head == t.i), head)
    for a in tree.ancestors(head):
        if a == root:
            break
        if tree[a].deprel in ("advcl", "acl:relcl", "ccomp") and min(tree.subtree(a)) >= head - 3:
            marks = [k for k in tree.kids[a] if tree[k].deprel == "mark"]
            if marks and marks[0] > head:
                return root
    return head


def _same_paragraph(document: AnalysedDocument, index: int) -> bool:
    before, here = document.sentences[index - 1], document.sentences[index]
    return "\n" not in document.text[before.end : here.start]


def _main(tree: Tree, mention: Mention) -> bool:
    """The mention is the main predicate of its sentence, coordinated with it, or its argument."""
    i = mention.candidate.anchor
    while tree[i].head != i:
        if not tree[i].deprel.startswith(("conj", "obj", "nsubj", "xcomp", "obl:arg")):
            return False
        i = tree[i].head
    return True


def _carry(tree: Tree, mentions: Sequence[Mention], source: Mention, lexicon: Lexicon) -> None:
    """Carry a date into the next sentence where the story goes on: same participant, main clause, or « alors »."""
    assert source.date is not None
    adverbs = frozenset(lexicon.notes.get("carrying_adverbs") or ())
    known = {p.identity for p in source.roles.participants if p.entity}
    for mention in mentions:
        if mention.date is not None or not _main(tree, mention) or mention.candidate.entry.kind == "noun":
            continue
        same = known & {p.identity for p in mention.roles.participants if p.entity}
        adverb = any(tree.forms[k] in adverbs for k in tree.kids[mention.candidate.anchor])
        if not same and not adverb:
            continue
        if not adverb and tree.tense(mention.candidate.anchor) != source_tense(source):
            continue
        when = source.date
        mention.date = When(when.start, when.end, when.granularity, "carried", when.text_start, when.text_end)


def source_tense(source: Mention) -> str:
    """Tense class of the mention that a date is carried from."""
    feats = source.sentence.tokens[source.candidate.anchor].feats
    return "past" if "Tense=Past" in feats or "Tense=Imp" in feats else "other"


def assign_amounts(trees: Mapping[int, Tree], mentions: Sequence[Mention], amounts: Sequence[Any]) -> None:
    """Give money amounts and percentages to the nearest mention in the tree."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    for index, here in sorted(by_sentence.items()):
        tree = trees[index]
        places = _places(tree, here)
        for amount in amounts:
            if amount_kind(amount) == "count" or not (tree.sentence.start <= amount.start and amount.end <= tree.sentence.end):
                continue
            head = head_of_span(tree, amount.start, amount.end)
            key = nearest(tree, head, places) if head is not None else None
            if key is not None:
                here[key].amounts.append(amount)
