"""Spans of names as the statistical model has them, and their repair: trimmed, split, completed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_etl.language import Token

from .drafts import base
from .gazetteer import Gazetteer, Hit, normal


@dataclass(slots=True)
class Span:
    """Tokens first..last of a sentence that make a name; `hit` where the gazetteer knows it."""

    first: int
    last: int
    label: str = ""
    hit: Hit | None = None


def model_spans(tokens: tuple[Token, ...]) -> Iterator[Span]:
    """The names of a sentence as the model labelled them."""
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


def name_like(token: Token) -> bool:
    """Is a word spelt as names are: with a capital, or one right behind its first letter (« iPhone »)?"""
    text = token.text
    return text[:1].isupper() or (len(text) > 1 and text[0].islower() and any(c.isupper() for c in text[1:3]))


def repair(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> Iterator[Span]:
    """Split at coordinations, trim to capitalised words and drop spans that are no names."""
    piece = span.first
    for i in range(span.first, span.last + 2):
        if i > span.last or (_splits(tokens[i], gazetteer) and not _joined(tokens, i, span, gazetteer)):
            first, last = piece, i - 1
            piece = i + 1
            trimmed = _trim(tokens, first, last, gazetteer)
            if trimmed and not _prose(tokens, *trimmed, gazetteer):
                yield Span(
                    _hyphenated(tokens, trimmed[0]),
                    _complete(tokens, trimmed[1], span.label, gazetteer),
                    span.label,
                )


def without_party(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> list[Span]:
    """« le maire PS Jean-Paul Martin »: the letters before a first name are an organisation of their own."""
    first, second = tokens[span.first], tokens[min(span.first + 1, span.last)]
    letters = first.text.isupper() and first.text.isalpha() and 2 <= len(first.text) <= 6
    if span.hit or span.last - span.first < 2 or not letters or second.text.isupper() or gazetteer.lexicon.first_name(second.text) is None:
        return [span]
    return [Span(span.first, span.first, "organization", None), Span(span.first + 1, span.last, "person", None)]


def _prose(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> bool:
    """The head of a sentence that was taken for a name: « Agression à Valdoie », « Pages spécifiques à l'édition »."""
    if (
        first > 0
        or last == first
        or tokens[first].text in gazetteer.lexicon.strings("name_parts_organization")
    ):
        return False
    connectors = gazetteer.lexicon.strings("name_connectors")
    words = [t for t in tokens[first : last + 1] if normal(t.text).lower() not in connectors]
    return any(not name_like(t) for t in words[1:])


def _splits(token: Token, gazetteer: Gazetteer) -> bool:
    """A conjunction, mark or lower-case verb inside a span parts two names."""
    return normal(token.text).lower() in gazetteer.lexicon.strings("name_splitters") or (
        token.upos in ("VERB", "AUX") and token.text.islower() and len(token.text) > 2
    )


def _joined(tokens: tuple[Token, ...], i: int, span: Span, gazetteer: Gazetteer) -> bool:
    """« Ministère de l'Économie et des Finances », « Meurthe-et-Moselle », « Marks and Spencer » stay whole."""
    if tokens[i].upos in ("VERB", "AUX"):
        return False
    if span.label != "organization" or i in (span.first, span.last):
        return False
    lexicon = gazetteer.lexicon
    return tokens[i].text in lexicon.strings("name_joiners") and not (
        name_like(tokens[i + 1]) and name_like(tokens[i - 1]) and tokens[i].text in lexicon.strings("list_joiners")
    )


def _trim(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> tuple[int, int] | None:
    stop = gazetteer.lexicon.strings("not_names")
    titles = gazetteer.lexicon.titles
    while first <= last and (
        not name_like(tokens[first])
        or tokens[first].text in titles
        or (tokens[first].text in stop and first < last and tokens[first].upos != "PROPN" and first == 0)
        or (
            first == 0
            and tokens[first].upos in ("DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ")
            and first < last
        )
    ):
        first += 1
    while last >= first and not (name_like(tokens[last]) or tokens[last].text.isdigit()):
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


def _complete(tokens: tuple[Token, ...], last: int, label: str, gazetteer: Gazetteer) -> int:
    """Take in the rest of a name that the model cut short."""
    while last + 1 < len(tokens):
        nearby = tokens[last + 1]
        joined = base(nearby.deprel) in ("flat", "compound") or (
            label == "person" and nearby.upos in ("PROPN", "X", "NOUN", "ADJ")
        )
        if name_like(nearby) and joined and not nearby.entity and nearby.start - tokens[last].end == 1:
            last += 1
        elif (
            label == "person"
            and last + 2 < len(tokens)
            and normal(nearby.text) in gazetteer.lexicon.strings("name_connectors")
            and nearby.text not in gazetteer.lexicon.strings("list_joiners")
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
        and name_like(tokens[first - 2])
    ):
        first -= 2
    return first
