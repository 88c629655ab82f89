"""Which date and which amounts belong to which mention: syntax first, then the sentence, then the paragraph (`carried`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus_etl.entities import EntityIndex
from corpus_etl.language import AnalysedDocument

from .charges import crime_dated
from .complements import clause_of
from .inherit import inherit
from .lexicon import Lexicon
from .mention import Mention, When
from .story import Story, carry, go_on, told
from .syntax import Tree
from .values import Place, fronted, head_of_span, nearest, sharing

_DAY_OR_WEEK = re.compile(r"\d{4}-(?:W\d\d|\d\d-\d\d)")


def usable(expression: Any, lexicon: Lexicon) -> bool:
    """Can this expression date an event? Not durations, frequencies, expressions without a value, or those that only
    say past, present or future (« récemment », « à présent », « aujourd'hui » in a text of which only the month is known)."""
    if expression.kind not in ("date", "interval", "time") or expression.value_start is None or expression.value_end is None:
        return False
    if expression.timex_value.endswith("_REF"):
        return False
    if expression.kind == "time" and not any(w in _words(expression.text) for w in lexicon.notes.get("day_words") or ()):
        return False
    nowadays = lexicon.cues["nowadays"]
    return not (expression.granularity != "day" and expression.text.replace("’", "'").casefold() in nowadays)


def blurred(expression: Any) -> bool:
    """« mardi » in a text of which only the month is known: a day that could be any of a month dates no event."""
    counted = expression.instant_start is not None and expression.timex_type == "DATE"  # « il y a six ans » means a year
    if counted or not expression.approx or not _DAY_OR_WEEK.match(expression.timex_value):
        return False
    return bool((expression.value_end - expression.value_start).days > 20)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[^\w]+", text.casefold()))


def outside_dateline(text: str, expressions: Sequence[Any], lexicon: Lexicon) -> list[Any]:
    """The expressions but those of datelines (« PARIS, 11 février 2025 (AFP) - »), which date the text, not an event."""
    before, after = lexicon.notes.get("dateline"), lexicon.notes.get("dateline_end")
    if not before or not after:
        return list(expressions)
    opening, closing = re.compile(f"(?:^|\n)\\W*{before}$"), re.compile(after)
    return [
        e
        for e in expressions
        if not (closing.match(text, e.end) and opening.search(text[max(0, e.start - 60) : e.start]))
    ]


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
    entities: EntityIndex,
) -> None:
    """Set `date` of the mentions."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    story: Story | None = None
    for index in sorted(trees):
        tree = trees[index]
        inside = [e for e in expressions if tree.sentence.start <= e.start and e.end <= tree.sentence.end]
        here = by_sentence.get(index, [])
        clock = _in_sentence(tree, here, [e for e in inside if not blurred(e)], lexicon)
        inherit(tree, here, clock, lexicon)
        if story and not inside and index == story.index + 1 and _same_paragraph(document, index):
            carry(tree, here, story, lexicon)
        _same_breath(here)
        _without(tree, here)
        story = told(tree, here, [(e, _when(e)) for e in inside if not _other_sense(tree, e, lexicon)], entities)
    go_on(trees, mentions, document.text, lexicon)


def _when(expression: Any) -> When:
    basis = "explicit" if expression.basis == "explicit" else "relative"
    return When(
        expression.value_start, expression.value_end, expression.granularity, basis, expression.start, expression.end
    )


def _in_sentence(tree: Tree, mentions: Sequence[Mention], expressions: Iterable[Any], lexicon: Lexicon) -> dict[int, When]:
    """Give each expression to its mention; the verbs that expressions stand at."""
    places = _places(tree, mentions)
    clock: dict[int, When] = {}
    for expression in expressions:
        head = head_of_span(tree, expression.start, expression.end)
        awaited = _awaited(tree, mentions, expression, lexicon)
        if awaited is not None and awaited.date is None:
            awaited.date = _when(expression)
            continue
        if head is None or _other_sense(tree, expression, lexicon):
            continue
        if expression.start - tree.sentence.start <= 8:
            head = _main_verb(tree, head)
        head = _relative_verb(tree, expression, lexicon) or head
        head = _before_stop(tree, head)
        key = nearest(tree, head, places)
        if key is not None and _of_what_is_said(tree, mentions[key], head):
            key = None
        if key is not None:
            key = crime_dated(tree, mentions, key, expression, lexicon)
        when = _when(expression)
        for mention in mentions:
            if mention.date is None and _written_then(tree, mention, head, lexicon):
                mention.date = when
        aimed = _aimed(tree, expression, lexicon)
        verb = tree.governor(head)
        if verb is not None and not aimed:
            clock.setdefault(verb, when)
        if key is None and not aimed and not any(_of_what_is_said(tree, m, head) for m in mentions):
            key = _verb_before(tree, mentions, expression)
        if key is None:
            continue
        if mentions[key].date is None or _finer(when, mentions[key].date):
            mentions[key].date = when
        front = fronted(tree, head, places[key].anchor)
        for other, mention in enumerate(mentions):
            if other == key or mention.date is not None:
                continue
            if (not aimed and _coordinated_before(tree, places[other].anchor, places[key].anchor, expression.start)) or (front and sharing(tree, places[key].anchor, places[other].anchor)) or (tree[places[other].anchor].deprel.startswith("advcl") and tree[places[other].anchor].head == places[key].anchor and tree.gerund(places[other].anchor)):
                mention.date = when
    return clock


def _awaited(tree: Tree, mentions: Sequence[Mention], expression: Any, lexicon: Lexicon) -> Mention | None:
    """« devra attendre jusqu'au 2 juin pour voir le procès s'ouvrir »: what stands behind « pour » happens at that date."""
    before = [t.i for t in tree.sentence.tokens if t.end <= expression.start][-4:]
    if not any(tree.lemmas[k] in lexicon.cues["awaiting"] for k in before):
        return None
    after = [t.i for t in tree.sentence.tokens if t.start >= expression.end]
    if not after or tree.forms[after[0]] not in lexicon.cues["aiming"]:
        return None
    behind = (m for m in sorted(mentions, key=lambda m: m.start) if m.candidate.anchor > after[0])
    return next((m for m in behind if not any(tree.finite(k) for k in range(after[0], m.candidate.anchor) if tree[k].upos == "VERB")), None)


def _before_stop(tree: Tree, head: int) -> int:
    """« devait s'entretenir avec lui hier ; elle a préféré … »: the verb before, where the parser hung the date on a verb
    behind a semicolon."""
    verb = tree.governor(head)
    if verb is None or verb < head or ";" not in tree.forms[head:verb]:
        return head
    return next((k for k in range(head - 1, -1, -1) if tree[k].upos == "VERB"), head)


def _same_breath(mentions: Sequence[Mention]) -> None:
    """« confirme X, sur place hier : « … », souligne-t-il »: what one speaker says in a sentence is said at one time."""
    said = [m for m in mentions if m.event_type == "communication.statement"]
    for mention in said:
        if mention.date is not None or mention.candidate.entry.kind != "verb":
            continue
        doing = {p.identity for p in mention.roles.of("actor") if p.entity}
        dated = (m for m in said if m.start < mention.start and m.date is not None)
        mention.date = next((m.date for m in dated if doing & {p.identity for p in m.roles.of("actor")}), None)


def _without(tree: Tree, mentions: Sequence[Mention]) -> None:
    """« une explosion s'est produite mardi sans faire de blessé »: has the date of its verb."""
    for mention in mentions:
        i = mention.candidate.anchor
        if mention.date is None and tree.infinitive(i) and any(tree.forms[k] in tree.grammar.words["without"] for k in tree.kids[i] if k < i):
            mention.date = next((m.date for m in mentions if m.candidate.anchor == tree[i].head), None)


def _verb_before(tree: Tree, mentions: Sequence[Mention], expression: Any) -> int | None:
    """Where the tree leads nowhere: the mention whose verb is the last before the expression, in the same sentence.

    « Les individus qui ont braqué le chauffeur, hier, ont dû être déçus »: the parser hung « hier » on the main verb.
    """
    before = [t.i for t in tree.sentence.tokens if t.end <= expression.start]
    verbs = [k for k in before if tree[k].upos == "VERB" and (tree.finite(k) or tree.participle(k))]
    if not verbs or any(tree.forms[k] in (":", ";", "»") for k in before if k > verbs[-1]):
        return None
    verb = verbs[-1]
    told = any(m.candidate.anchor == verb for m in mentions)
    edge = next((k for k in reversed(before) if tree[k].upos not in ("ADP", "DET")), verb)
    if not told and tree[verb].deprel == "acl:relcl" and tree.forms[edge] == ",":
        verb = tree.governor(verb) or verb  # « ont attaqué le camp, où dorment 300 soldats, dimanche »
    return next((n for n, m in enumerate(mentions) if m.candidate.anchor == verb and tree.finite(verb)), None)


def _of_what_is_said(tree: Tree, mention: Mention, head: int) -> bool:
    """« accusé d'avoir volé en 2001 »: the date is that of the theft, not of the accusation."""
    if not mention.event_type.startswith("communication."):
        return False
    clause = clause_of(tree, mention.candidate.anchor)
    return clause is not None and clause < head and head in tree.subtree(clause)


def _aimed(tree: Tree, expression: Any, lexicon: Lexicon) -> bool:
    """« un préavis pour le 23 mars, d'ici à 2026 »: the date is what is aimed at, not when it is said."""
    words = lexicon.cues["aiming"]
    before = [tree.forms[t.i] for t in tree.sentence.tokens if t.end <= expression.start][-3:]
    inside = [tree.forms[t.i] for t in tree.sentence.tokens if expression.start <= t.start < expression.end][:2]
    return any(w in words for w in (*before, *inside))


def _coordinated_before(tree: Tree, first: int, last: int, start: int) -> bool:
    """« a été pris à partie et agressé, hier »: a date behind both belongs to both."""
    if tree[last].start > start or first > last or tree.children(last, "nsubj"):
        return False
    return tree[last].deprel == "conj" and tree[last].head == first


def _finer(when: When, other: When | None) -> bool:
    """« pour cette saison, la réunion aura lieu le 12 septembre »: the day says more than the year around it."""
    if other is None or when.granularity != "day" or other.granularity == "day":
        return False
    return other.start <= when.start and when.end <= other.end and (other.end - other.start).days > 31


def _written_then(tree: Tree, mention: Mention, head: int, lexicon: Lexicon) -> bool:
    """« dans un mail envoyé en 2016, indiquant que … »: what is said in a dated message is said at its date."""
    if not mention.event_type.startswith("communication."):
        return False
    messages = lexicon.cues["messages"]
    message = next((a for a in tree.ancestors(head) if tree.lemmas[a] in messages), None)
    if message is None or tree.case(message) not in lexicon.cues["message_prepositions"]:
        return False
    i = mention.candidate.anchor
    verb = tree.governor(message)
    told = tree.gerund(i) and message < i and not any(tree.finite(k) for k in range(message, i) if tree[k].upos in ("VERB", "AUX"))
    return verb is not None and (i == verb or told)


def _other_sense(tree: Tree, expression: Any, lexicon: Lexicon) -> bool:
    """The expression bounds a state (« jusqu'au 15 », « désormais ») and tells no time of an event."""
    first = next((t.i for t in tree.sentence.tokens if t.end > expression.start), None)
    if first is None:
        return True
    words = tree.forms[max(0, first - 2) : first + 1]
    inside = [tree.forms[t.i] for t in tree.sentence.tokens if expression.start <= t.start < expression.end]
    cues = lexicon.cues["no_event_date"]
    contracted = any(w in lexicon.cues["bounding_prepositions"] for w in words[:-1][-1:])
    return any(w in cues for w in (*words[:-1][-1:], *(words[:1] if contracted else ()), *inside[:2]))


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


def _relative_verb(tree: Tree, expression: Any, lexicon: Lexicon) -> int | None:
    """« le 14 novembre, date à laquelle X a déposé plainte »: the verb of the clause that the date is said of."""
    openers = tuple(lexicon.notes.get("date_relatives") or ())
    after = [t.i for t in tree.sentence.tokens if t.start >= expression.end]
    while after and tree.forms[after[0]] in (",", "(", "-", "–", "—"):
        after.pop(0)
    words = " ".join(tree.forms[k] for k in after[:4]).replace("' ", "'")
    opener = next((o for o in openers if words == o or words.startswith(o + " ")), None)
    if opener is None:
        return None
    following = after[len(opener.split()) :]
    return next((k for k in following if tree[k].upos == "VERB" and (tree.finite(k) or tree.participle(k))), None)


def _same_paragraph(document: AnalysedDocument, index: int) -> bool:
    before, here = document.sentences[index - 1], document.sentences[index]
    return "\n" not in document.text[before.end : here.start]


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
