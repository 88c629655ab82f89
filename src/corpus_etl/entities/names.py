"""Name spans of a document: gazetteer matches, the model's named entities and capitalised words, reconciled.

The gazetteer is believed on well-known names; the statistical model's spans are trimmed (titles, articles, lower-case
words), split at coordinations and completed to the left and right; runs of capitalised words fill what it missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_etl.language import AnalysedDocument, Sentence, Token

from .drafts import Draft, base
from .gazetteer import Gazetteer, Hit, normal
from .model import Kind

_CONNECTORS = frozenset(
    {
        "de",
        "du",
        "des",
        "d'",
        "la",
        "le",
        "von",
        "van",
        "der",
        "ben",
        "bin",
        "al",
        "el",
        "da",
        "di",
        "dos",
        "&",
        "ibn",
        "ould",
        "bint",
    }
)
_SPLITTERS = frozenset({"et", "ou", ",", ";", "/", "(", ")", "«", "»", '"', ":", "avec", "contre", "and"})
_EVIDENCE_OF_LABEL: dict[str, tuple[Kind, float]] = {
    "person": ("person", 1.2),
    "organization": ("organization", 1.0),
    "place": ("place", 1.0),
    "other": ("other", 0.5),
}


@dataclass(slots=True)
class Span:
    """Tokens first..last of a sentence that make a name; `hit` where the gazetteer knows it."""

    first: int
    last: int
    label: str = ""
    hit: Hit | None = None


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
    shouting = _shouting(tokens)
    known = list(_gazetteer_spans(text, sentence, gazetteer, certain))
    labelled = [s for raw in _model_spans(tokens) for s in _repair(tokens, raw, gazetteer)]
    labelled = _with_surname(tokens, labelled, known, gazetteer)
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
        extended.append(_widen(tokens, span, wider, gazetteer))
    for span in [*sorted(extended, key=lambda s: (s.first - s.last, s.first)), *labelled]:
        if not any(taken[span.first : span.last + 1]):
            taken[span.first : span.last + 1] = [True] * (span.last - span.first + 1)
            spans.append(span)
    spans = [s for s in spans if s.hit is not None or not _doubtful(tokens, s, gazetteer)]
    if not shouting:
        for span in _capitalised(tokens, taken, gazetteer):
            spans.append(span)
    return sorted(spans, key=lambda s: s.first)


def _with_surname(
    tokens: tuple[Token, ...], spans: list[Span], known: list[Span], gazetteer: Gazetteer
) -> list[Span]:
    """A first name alone takes in the capitalised word behind it, whatever that was labelled."""
    covered = {i for s in known for i in range(s.first, s.last + 1)}
    joined: list[Span] = []
    for span in spans:
        if joined and span.first <= joined[-1].last:
            continue
        first = span.first
        while (
            first
            and first - 1 not in covered
            and not (joined and first - 1 <= joined[-1].last)
            and _begins(tokens, first - 1, gazetteer)
        ):
            first -= 1
        if first < span.first:
            span = Span(first, span.last, span.label or "person", span.hit)
        word = tokens[span.first]
        given = span.first == span.last and gazetteer.lexicon.first_name(word.text) is not None
        last = span.last
        while (
            given
            and last + 1 < len(tokens)
            and last + 1 not in covered
            and _name_like(tokens[last + 1])
            and tokens[last + 1].start - tokens[last].end == 1
            and last - span.first < 3
        ):
            last += 1
        joined.append(Span(span.first, last, "person" if last > span.last else span.label, span.hit))
    return joined


def _doubtful(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> bool:
    """One capitalised word at the head of a sentence is a name only as a bare subject or with an inner capital."""
    word = tokens[span.first]
    if span.first > 0 or span.last > 0 or word.text.isupper() or any(c.isupper() for c in word.text[1:]):
        return False
    if gazetteer.lexicon.first_name(word.text) is not None:
        return False
    bare_subject = base(word.deprel) in ("nsubj", "dislocated") and word.upos in ("PROPN", "X")
    nearby = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    bare_subject = bare_subject or (
        nearby is not None and nearby.upos == "AUX" and "Mood=Ind" in nearby.feats
    )
    return not (bare_subject and not any(t.head == word.i and t.upos == "DET" for t in tokens))


def _begins(tokens: tuple[Token, ...], i: int, gazetteer: Gazetteer) -> bool:
    """Is a token the part of a name that the model left out before the next one: a first name, or joined by « flat »?"""
    token, nearby = tokens[i], tokens[i + 1]
    if not _name_like(token) or nearby.start - token.end != 1 or token.text in gazetteer.lexicon.titles:
        return False
    flat = (
        base(nearby.deprel) == "flat"
        and nearby.head == i
        and token.text not in gazetteer.lexicon.strings("not_names")
    )
    return flat or gazetteer.lexicon.first_name(token.text) is not None


def _shouting(tokens: tuple[Token, ...]) -> bool:
    """Sentences set in capitals tell nothing by their capitals."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 1]
    upper = sum(w.isupper() for w in words)
    titled = sum(w[0].isupper() for w in words)
    return len(words) > 3 and (upper > 0.6 * len(words) or titled > 0.85 * len(words))


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
        if hit.weak and hit.entry.key not in certain and not _confirmed(tokens, place, last, hit):
            continue
        yield Span(place, last, _label(tokens, place, last), moved)


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


def _model_spans(tokens: tuple[Token, ...]) -> Iterator[Span]:
    first = None
    for i, token in enumerate(tokens):
        inside = token.entity_iob == "I" and first is not None and tokens[first].entity == token.entity
        if first is not None and not inside:
            yield Span(first, i - 1, tokens[first].entity)
            first = None
        if token.entity and first is None:
            first = i
    if first is not None:
        yield Span(first, len(tokens) - 1, tokens[first].entity)


def _name_like(token: Token) -> bool:
    text = token.text
    return text[:1].isupper() or (len(text) > 1 and text[0].islower() and any(c.isupper() for c in text[1:3]))


def _repair(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> Iterator[Span]:
    """Split at coordinations, trim to capitalised words and drop spans that are no names."""
    piece = span.first
    for i in range(span.first, span.last + 2):
        if i > span.last or (normal(tokens[i].text).lower() in _SPLITTERS and not _joined(tokens, i, span)):
            first, last = piece, i - 1
            piece = i + 1
            trimmed = _trim(tokens, first, last, gazetteer)
            if trimmed:
                yield Span(
                    _hyphenated(tokens, trimmed[0]), _complete(tokens, trimmed[1], span.label), span.label
                )


def _joined(tokens: tuple[Token, ...], i: int, span: Span) -> bool:
    """« Ministère de l'Économie et des Finances », « Meurthe-et-Moselle », « Marks and Spencer » stay whole."""
    if span.label != "organization" or i in (span.first, span.last):
        return False
    return tokens[i].text in ("et", "and", "&") and not (
        _name_like(tokens[i + 1]) and _name_like(tokens[i - 1]) and tokens[i].text == "et"
    )


def _trim(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> tuple[int, int] | None:
    stop = gazetteer.lexicon.strings("not_names")
    titles = gazetteer.lexicon.titles
    while first <= last and (
        not _name_like(tokens[first])
        or tokens[first].text in titles
        or (tokens[first].text in stop and first < last and tokens[first].upos != "PROPN" and first == 0)
        or (
            first == 0
            and tokens[first].upos in ("DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ")
            and first < last
        )
    ):
        first += 1
    while last >= first and not (_name_like(tokens[last]) or tokens[last].text.isdigit()):
        last -= 1
    if first > last or (
        first == last and (tokens[first].text in stop or not _plausible(tokens[first], first))
    ):
        return None
    return first, last


def _plausible(token: Token, place: int) -> bool:
    """Can one capitalised word be a name? At the start of a sentence only what the tagger takes for one."""
    if len(token.text) < 2 and token.text != "X":
        return False
    return place > 0 or token.upos in ("PROPN", "X", "NOUN") or token.text.isupper()


def _complete(tokens: tuple[Token, ...], last: int, label: str) -> int:
    """Take in the rest of a name that the model cut short."""
    while last + 1 < len(tokens):
        nearby = tokens[last + 1]
        joined = base(nearby.deprel) in ("flat", "compound") or (
            label == "person" and nearby.upos in ("PROPN", "X", "NOUN", "ADJ")
        )
        if _name_like(nearby) and joined and not nearby.entity and nearby.start - tokens[last].end == 1:
            last += 1
        elif (
            label == "person"
            and last + 2 < len(tokens)
            and normal(nearby.text) in _CONNECTORS
            and nearby.text != "et"
            and tokens[last + 2].entity == "person"
            and tokens[last + 2].entity_iob == "B"
            and base(tokens[last + 2].deprel) == "flat"
        ):
            last += 2
        else:
            return last
    return last


def _hyphenated(tokens: tuple[Token, ...], first: int) -> int:
    """« David-Julien » cut at its hyphen begins at « David »."""
    while (
        first > 1
        and tokens[first - 1].text == "-"
        and tokens[first - 1].end == tokens[first].start
        and tokens[first - 2].end == tokens[first - 1].start
        and _name_like(tokens[first - 2])
    ):
        first -= 2
    return first


def _widen(tokens: tuple[Token, ...], span: Span, wider: Span | None, gazetteer: Gazetteer) -> Span:
    """A one-word alias inside a longer name (« Apple Intelligence », « Brigitte Macron ») is another name."""
    hit = span.hit
    if hit is None:
        return span
    if span.last > span.first or " " in hit.alias or "-" in hit.alias:
        # « Les Échos du Dauphiné » is not « Les Échos »
        longer = (
            wider is not None
            and hit.entry.kind == "organization"
            and wider.first <= span.first
            and wider.last > span.last + 1
        )
        if (
            longer
            and wider is not None
            and tokens[span.last + 1].text in ("de", "du", "des", "d'")
            and _name_like(tokens[wider.last])
        ):
            return Span(span.first, wider.last, "organization", None)
        return span
    first, last = span.first, span.last
    before = tokens[first - 1] if first else None
    if (
        hit.entry.kind == "place"
        and before is not None
        and normal(before.text).lower() in ("de", "d'", "du", "en", "au", "à")
    ):
        return span  # « l'ambassadeur de Yougoslavie Borislav … »
    if (
        before
        and _name_like(before)
        and _adjacent(before, tokens[first])
        and before.text not in gazetteer.lexicon.titles
    ):
        person_part = gazetteer.lexicon.first_name(before.text) is not None
        if person_part or (
            first > 1 and before.upos == "PROPN" and before.text not in gazetteer.lexicon.strings("not_names")
        ):
            first -= 1
    if (
        wider
        and wider.last > last
        and wider.first <= span.first
        and all(_name_like(t) for t in tokens[last + 1 : wider.last + 1])
    ):
        last = wider.last
    if (first, last) == (span.first, span.last):
        return span
    whole = tokens[first].start, tokens[last].end
    return Span(first, last, wider.label if wider else "", None) if whole[1] > whole[0] else span


def _adjacent(left: Token, right: Token) -> bool:
    return right.start - left.end <= 1 and left.text[-1:].isalpha()


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
            and _name_like(tokens[last + 1])
            and tokens[last + 1].text not in titles
        ):
            last += 1
        given = gazetteer.lexicon.first_name(tokens[i].text) is not None
        if (
            given
            and last + 2 < len(tokens)
            and normal(tokens[last + 1].text) in _CONNECTORS
            and _name_like(tokens[last + 2])
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
        not _name_like(token)
        or token.text in stop
        or token.text in titles
        or len(token.text) < 2
        or not token.text[:2].strip(".").isalpha()
    ):
        return False
    opening = i == 0 or tokens[i - 1].text in ("«", "“", '"', "—", "–", "-", "•", ".", "!", "?", ":")
    if not opening:
        return token.upos in ("PROPN", "X", "NOUN", "ADJ")
    if (
        gazetteer.lexicon.first_name(token.text) is not None
        and i + 1 < len(tokens)
        and _name_like(tokens[i + 1])
    ):
        return True
    return token.upos == "PROPN" and (
        token.text.isupper()
        or any(c.isupper() for c in token.text[1:])
        or (i + 1 < len(tokens) and _name_like(tokens[i + 1]))
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
    if span.hit:
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
