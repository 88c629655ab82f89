"""Name spans of a document: gazetteer matches, the model's named entities and capitalised words, reconciled.

The gazetteer is believed on well-known names; the statistical model's spans are trimmed (titles, articles, lower-case
words), split at coordinations and completed to the left and right; runs of capitalised words fill what it missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_etl.language import AnalysedDocument, Sentence, Token

from .capitals import demonym, doubtful, shouting, street
from .drafts import Draft
from .gazetteer import Gazetteer, Hit, normal
from .longer_names import institution, widen, with_surname
from .model import Kind
from .spans import Span, model_spans, name_like, repair, without_party

_EVIDENCE_OF_LABEL: dict[str, tuple[Kind, float]] = {
    "person": ("person", 1.2),
    "organization": ("organization", 1.0),
    "place": ("place", 1.0),
    "other": ("other", 0.5),
}


def find_names(document: AnalysedDocument, gazetteer: Gazetteer) -> list[Draft]:
    """Drafts of all names in reading order."""
    certain = _strong_keys(document, gazetteer)
    spans: dict[int, list[Span]] = {}
    for sentence in document.sentences:
        if sentence.tokens:
            spans[sentence.index] = _sentence_spans(document.text, sentence, gazetteer, certain)
    _propagate(document, spans, gazetteer)
    return [
        _draft(document.text, sentence, span, gazetteer)
        for sentence in document.sentences
        for span in sorted(spans.get(sentence.index, ()), key=lambda s: s.first)
    ]


def _propagate(document: AnalysedDocument, spans: dict[int, list[Span]], gazetteer: Gazetteer) -> None:
    """What is a name in one place of a document is one in the others, also at the start of a sentence."""
    stop = gazetteer.lexicon.strings("not_names")
    known: dict[str, list[tuple[str, ...]]] = {}
    for sentence in document.sentences:
        for span in spans.get(sentence.index, ()):
            words = tuple(t.text for t in sentence.tokens[span.first : span.last + 1])
            if span.first == 0 and len(words) == 1 and span.hit is None:
                continue  # a capital at the start of a sentence is no proof
            surname = (
                words[-1:] if len(words) > 1 and gazetteer.lexicon.first_name(words[0]) is not None else ()
            )
            for form in (words, surname):
                if (
                    form
                    and len(form[0]) > 2
                    and form[0] not in stop
                    and form not in known.setdefault(form[0], [])
                ):
                    known[form[0]].append(form)
    for forms in known.values():
        forms.sort(key=len, reverse=True)
    for sentence in document.sentences:
        found = spans.get(sentence.index)
        if found is None:
            continue
        taken = {i for span in found for i in range(span.first, span.last + 1)}
        for token in sentence.tokens:
            for form in known.get(token.text, ()):
                last = token.i + len(form) - 1
                place = range(token.i, last + 1)
                if (
                    last < len(sentence.tokens)
                    and not taken & set(place)
                    and tuple(t.text for t in sentence.tokens[token.i : last + 1]) == form
                ):
                    found.append(Span(token.i, last, ""))
                    taken |= set(place)
                    break


def _strong_keys(document: AnalysedDocument, gazetteer: Gazetteer) -> frozenset[str]:
    """Gazetteer keys that the text names by an unambiguous alias: they confirm the ambiguous ones."""
    return frozenset(h.entry.key for h in gazetteer.find(document.text) if not h.weak)


def _sentence_spans(
    text: str, sentence: Sentence, gazetteer: Gazetteer, certain: frozenset[str]
) -> list[Span]:
    tokens = sentence.tokens
    loud = shouting(tokens)
    known = list(_gazetteer_spans(text, sentence, gazetteer, certain))
    labelled = [s for raw in model_spans(tokens) for s in repair(tokens, raw, gazetteer)]
    labelled = with_surname(tokens, labelled, known, gazetteer)
    spans: list[Span] = []
    taken = [False] * len(tokens)
    extended = []
    for span in known:
        wider = next(
            (
                s
                for s in labelled
                if s.first <= span.first and span.last <= s.last and s.last - s.first > span.last - span.first
            ),
            None,
        )
        extended.append(widen(tokens, span, wider, gazetteer))
    for span in [*sorted(extended, key=lambda s: (s.first - s.last, s.first)), *labelled]:
        if not any(taken[span.first : span.last + 1]):
            taken[span.first : span.last + 1] = [True] * (span.last - span.first + 1)
            spans.append(span)
    spans = [
        s
        for s in spans
        if s.hit is not None
        or not (doubtful(tokens, s, gazetteer) or demonym(tokens, s.first, s.last, gazetteer))
    ]
    if loud:
        spans = [s for s in spans if s.hit is not None or s.label == "person"]
    spans = [s for span in spans for s in without_party(tokens, span, gazetteer)]
    particles = tuple(gazetteer.lexicon.strings("name_particles"))
    for span in spans:
        longer = institution(tokens, span, gazetteer)
        if longer > span.last and not any(taken[span.last + 1 : longer + 1]):
            taken[span.last + 1 : longer + 1] = [True] * (longer - span.last)
            span.last, span.label = longer, "organization"
        behind = span.last + 1
        if span.hit is None and behind < len(tokens) and not taken[behind] and tokens[behind].text.startswith(particles):
            taken[behind], span.last = True, behind  # « Dar el-ifta »
        if span.hit is None and span.last > span.first and demonym(tokens, span.first, span.first, gazetteer):
            span.first += 1  # « l'Argentin X »
    if not loud:
        for span in _capitalised(tokens, taken, gazetteer):
            spans.append(span)
    return sorted(spans, key=lambda s: s.first)


def _gazetteer_spans(
    text: str, sentence: Sentence, gazetteer: Gazetteer, certain: frozenset[str]
) -> Iterator[Span]:
    tokens = sentence.tokens
    place = 0
    for hit in gazetteer.find(text[sentence.start : sentence.end]):
        start, end = hit.start + sentence.start, hit.end + sentence.start
        while place < len(tokens) and tokens[place].end <= start:
            place += 1
        last = place
        while last + 1 < len(tokens) and tokens[last + 1].start < end:
            last += 1
        if place >= len(tokens):
            return
        moved = Hit(start, end, hit.entry, hit.alias, hit.weak)
        if hit.weak and (_of_another_sort(tokens, place, hit) or (hit.entry.key not in certain and not _confirmed(tokens, place, last, hit))):
            continue
        yield Span(place, last, _label(tokens, place, last), moved)


def _of_another_sort(tokens: tuple[Token, ...], first: int, hit: Hit) -> bool:
    """« le syndicat Alliance » is no military alliance: the noun before an ambiguous name says what bears it."""
    before = tokens[first - 1] if first else None
    if before is None or hit.entry.kind != "organization" or before.upos != "NOUN" or tokens[first].head != before.i:
        return False
    return bool(hit.entry.nouns) and normal(before.lemma).lower() not in hit.entry.nouns


def _confirmed(tokens: tuple[Token, ...], first: int, last: int, hit: Hit) -> bool:
    """Does the context speak for an ambiguous alias (« Orange », « Le Point », « Paris »)?"""
    label = _label(tokens, first, last)
    if hit.entry.kind == "person":
        return label == "person"
    if (
        hit.entry.kind == "place"
        and first
        and last + 1 < len(tokens)
        and normal(tokens[first - 1].text).lower() in ("de", "à")
    ):
        return True
    if hit.entry.kind == "organization":
        return label in ("organization", "other") and (first > 0 or tokens[first].upos == "PROPN")
    return label == hit.entry.kind or (first > 0 and tokens[first].upos == "PROPN" and label != "person")


def _label(tokens: tuple[Token, ...], first: int, last: int) -> str:
    return next((t.entity for t in tokens[first : last + 1] if t.entity), "")


def _capitalised(tokens: tuple[Token, ...], taken: list[bool], gazetteer: Gazetteer) -> Iterator[Span]:
    """Runs of capitalised words that neither the gazetteer nor the model has."""
    stop, titles = gazetteer.lexicon.strings("not_names"), gazetteer.lexicon.titles
    i = 0
    while i < len(tokens):
        if taken[i] or not _starts_name(tokens, i, gazetteer, stop, titles):
            i += 1
            continue
        last = i
        while (
            last + 1 < len(tokens)
            and not taken[last + 1]
            and name_like(tokens[last + 1])
            and tokens[last + 1].text not in titles
        ):
            last += 1
        given = gazetteer.lexicon.first_name(tokens[i].text) is not None
        if (
            given
            and last + 2 < len(tokens)
            and normal(tokens[last + 1].text) in gazetteer.lexicon.strings("name_connectors")
            and name_like(tokens[last + 2])
            and not taken[last + 2]
        ):
            last += 2
        if last > i or tokens[i].upos in ("PROPN", "X") or tokens[i].text.isupper():
            yield Span(i, last, "")
        i = last + 1


def _starts_name(
    tokens: tuple[Token, ...], i: int, gazetteer: Gazetteer, stop: frozenset[str], titles: frozenset[str]
) -> bool:
    token = tokens[i]
    if (
        not name_like(token)
        or token.text in stop
        or token.text in titles
        or len(token.text) < 2
        or not token.text[:2].strip(".").isalpha()
        or demonym(tokens, i, i, gazetteer)
    ):
        return False
    opening = i == 0 or tokens[i - 1].text in ("«", "“", '"', "—", "–", "-", "•", ".", "!", "?", ":")
    if not opening:
        return token.upos in ("PROPN", "X", "NOUN", "ADJ")
    if (
        gazetteer.lexicon.first_name(token.text) is not None
        and i + 1 < len(tokens)
        and name_like(tokens[i + 1])
    ):
        return True
    return token.upos == "PROPN" and (
        token.text.isupper()
        or any(c.isupper() for c in token.text[1:])
        or (i + 1 < len(tokens) and name_like(tokens[i + 1]))
    )


def _draft(text: str, sentence: Sentence, span: Span, gazetteer: Gazetteer) -> Draft:
    tokens = sentence.tokens
    first, last = span.first, span.last
    start, end = tokens[first].start, tokens[last].end
    if span.hit:
        start, end = span.hit.start, span.hit.end
    while end - start > 2 and text[end - 1] in ".,;:)»\"'’":
        if text[end - 1] == "." and text[start:end].count(".") > 1:
            break
        end -= 1
    draft = Draft(sentence.index, first, last, _head(tokens, first, last), start, end, "name")
    if street(tokens, first, gazetteer) and not (span.hit and span.hit.entry.kind == "place"):
        draft.evidence["place"] = 4.0
    elif span.hit:
        entry = span.hit.entry
        draft.key, draft.kind, draft.gender = entry.key, entry.kind, entry.gender
        draft.evidence[entry.kind] = 10.0
    elif span.label in _EVIDENCE_OF_LABEL:
        kind, weight = _EVIDENCE_OF_LABEL[span.label]
        draft.evidence[kind] = weight
    return draft


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= tokens[i].head <= last or tokens[i].head == i:
            return i
    return first
