"""Names that go on beyond their span: a surname behind a first name, a longer name around a known one, a body whose name goes
on in lower case."""

from __future__ import annotations

from corpus_etl.language import Token

from .drafts import base
from .gazetteer import Gazetteer, normal
from .spans import Span, name_like


def with_surname(
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
        titled = span.first > 0 and tokens[span.first - 1].text in gazetteer.lexicon.titles
        given = span.first == span.last and (titled or gazetteer.lexicon.first_name(word.text) is not None)
        last = span.last
        while (
            given
            and last + 1 < len(tokens)
            and last + 1 not in covered
            and name_like(tokens[last + 1])
            and tokens[last + 1].start - tokens[last].end == 1
            and last - span.first < 3
        ):
            last += 1
            last = _past_hyphen(tokens, last)
        joined.append(Span(span.first, last, "person" if last > span.last else span.label, span.hit))
    return joined


def _past_hyphen(tokens: tuple[Token, ...], last: int) -> int:
    """« Boutros » of « Boutros-Ghali » where the tokenizer cut: its end."""
    while (
        last + 2 < len(tokens)
        and tokens[last + 1].text == "-"
        and tokens[last + 1].start == tokens[last].end
        and tokens[last + 2].start == tokens[last + 1].end
        and name_like(tokens[last + 2])
    ):
        last += 2
    return last


def _begins(tokens: tuple[Token, ...], i: int, gazetteer: Gazetteer) -> bool:
    """Is a token the part of a name that the model left out before the next one: a first name, or joined by « flat »?"""
    token, nearby = tokens[i], tokens[i + 1]
    if not name_like(token) or nearby.start - token.end != 1 or token.text in gazetteer.lexicon.titles:
        return False
    flat = (
        base(nearby.deprel) == "flat"
        and nearby.head == i
        and token.text not in gazetteer.lexicon.strings("not_names")
    )
    return flat or gazetteer.lexicon.first_name(token.text) is not None


def widen(tokens: tuple[Token, ...], span: Span, wider: Span | None, gazetteer: Gazetteer) -> Span:
    """A one-word alias inside a longer name (« Apple Intelligence », « Brigitte Macron ») is another name."""
    hit = span.hit
    if hit is None:
        return span
    closing = next((t.i for t in tokens[span.last + 1 : span.last + 6] if t.text in ("»", "”", '"')), None)
    if (
        hit.entry.kind == "organization"
        and span.first
        and tokens[span.first - 1].text in ("«", "“", '"')
        and closing
    ):
        return Span(span.first, closing - 1, "organization", None if closing - 1 > span.last else hit)
    partial = hit.entry.kind == "person" and hit.alias != hit.entry.name and span.first > 0
    given = partial and gazetteer.lexicon.first_name(tokens[span.first - 1].text) is not None
    if (
        given
        and _adjacent(tokens[span.first - 1], tokens[span.first])
        and tokens[span.first - 1].text not in hit.entry.name
    ):
        return Span(span.first - 1, span.last, "person", None)  # « Jean de Gaulle »
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
            and tokens[span.last + 1].text in gazetteer.lexicon.strings("genitive_prepositions")
            and name_like(tokens[wider.last])
        ):
            return Span(span.first, wider.last, "organization", None)
        return span
    first, last = span.first, span.last
    before = tokens[first - 1] if first else None
    if (
        hit.entry.kind == "place"
        and before is not None
        and normal(before.text).lower() in gazetteer.lexicon.strings("before_places")
    ):
        return span  # « l'ambassadeur de Yougoslavie Borislav … »
    body = before is not None and before.text in gazetteer.lexicon.strings("name_parts_organization")
    if before is not None and body and hit.entry.kind == "place" and _adjacent(before, tokens[first]):
        return Span(first - 1, last, "organization", None)  # « la Région Bretagne »
    if (
        before
        and name_like(before)
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
        and all(name_like(t) for t in tokens[last + 1 : wider.last + 1])
    ):
        last = wider.last
    if (first, last) == (span.first, span.last):
        return span
    whole = tokens[first].start, tokens[last].end
    return Span(first, last, wider.label if wider else "", None) if whole[1] > whole[0] else span


def _adjacent(left: Token, right: Token) -> bool:
    """At most one character stands between two words, and no mark ends the left one."""
    return right.start - left.end <= 1 and left.text[-1:].isalpha()


def institution(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> int:
    """Last token of a body whose name goes on in lower case (« la Compagnie française du verre »)."""
    last = span.last
    bodies = gazetteer.lexicon.strings("name_parts_organization")
    inner = span.last > span.first and tokens[span.first].text in bodies  # « la Commission bancaire de l'Union monétaire »
    word = tokens[span.last if inner else span.first]
    if (
        span.hit
        or (not inner and any(name_like(t) for t in tokens[span.first + 1 : span.last + 1]))
        or span.first == 0
        or word.text not in bodies
    ):
        return last
    before = tokens[span.first - 1]
    if before.upos != "DET" and normal(before.text).lower() not in gazetteer.lexicon.strings("contracted_singular"):
        return last
    genitive = gazetteer.lexicon.strings("genitive_prepositions")
    at = last + 1
    if at < len(tokens) and tokens[at].upos == "ADJ" and tokens[at].head == word.i:
        last, at = at, at + 1
    if at < len(tokens) and normal(tokens[at].text).lower() in genitive:
        at += 1
        if at < len(tokens) and tokens[at].upos == "DET":
            at += 1
        if (
            at < len(tokens)
            and tokens[at].upos == "NOUN"
            and not name_like(tokens[at])
            and tokens[at].head <= last
        ):
            last = at
            if at + 1 < len(tokens) and tokens[at + 1].upos == "ADJ" and tokens[at + 1].head == at:
                last = at + 1
            articles = gazetteer.lexicon.strings("genitive_articles")
            if last + 2 < len(tokens) and normal(tokens[last + 1].text).lower() in articles and tokens[last + 2].upos == "NOUN":
                if tokens[last + 2].head in (at, word.i) and not name_like(tokens[last + 2]):
                    last += 2  # « le Bureau de la sécurité des transports »
    return last
