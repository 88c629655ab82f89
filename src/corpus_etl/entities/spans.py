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
    text = token.text
    return text[:1].isupper() or (len(text) > 1 and text[0].islower() and any(c.isupper() for c in text[1:3]))


def repair(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> Iterator[Span]:
    """Split at coordinations, trim to capitalised words and drop spans that are no names."""
    piece = span.first
    for i in range(span.first, span.last + 2):
        if i > span.last or (_splits(tokens[i], gazetteer) and not _joined(tokens, i, span)):
            first, last = piece, i - 1
            piece = i + 1
            trimmed = _trim(tokens, first, last, gazetteer)
            if trimmed and not _prose(tokens, *trimmed, gazetteer):
                yield Span(
                    _hyphenated(tokens, trimmed[0]),
                    _complete(tokens, trimmed[1], span.label, gazetteer),
                    span.label,
                )


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


def _joined(tokens: tuple[Token, ...], i: int, span: Span) -> bool:
    """« Ministère de l'Économie et des Finances », « Meurthe-et-Moselle », « Marks and Spencer » stay whole."""
    if tokens[i].upos in ("VERB", "AUX"):
        return False
    if span.label != "organization" or i in (span.first, span.last):
        return False
    return tokens[i].text in ("et", "and", "&") and not (
        name_like(tokens[i + 1]) and name_like(tokens[i - 1]) and tokens[i].text == "et"
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
        and name_like(tokens[first - 2])
    ):
        first -= 2
    return first


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


def doubtful(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> bool:
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
            and tokens[span.last + 1].text in ("de", "du", "des", "d'")
            and name_like(tokens[wider.last])
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
    return right.start - left.end <= 1 and left.text[-1:].isalpha()


def without_party(tokens: tuple[Token, ...], span: Span, gazetteer: Gazetteer) -> list[Span]:
    """« le maire PS Jean-Paul Martin »: the letters before a first name are an organisation of their own."""
    first, second = tokens[span.first], tokens[min(span.first + 1, span.last)]
    letters = first.text.isupper() and first.text.isalpha() and 2 <= len(first.text) <= 6
    if span.hit or span.last - span.first < 2 or not letters or second.text.isupper() or gazetteer.lexicon.first_name(second.text) is None:
        return [span]
    return [Span(span.first, span.first, "organization", None), Span(span.first + 1, span.last, "person", None)]


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
    if tokens[span.first - 1].upos != "DET" and normal(tokens[span.first - 1].text).lower() not in (
        "du",
        "au",
    ):
        return last
    at = last + 1
    if at < len(tokens) and tokens[at].upos == "ADJ" and tokens[at].head == word.i:
        last, at = at, at + 1
    if at < len(tokens) and normal(tokens[at].text).lower() in ("de", "du", "des", "d'"):
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
            if last + 2 < len(tokens) and normal(tokens[last + 1].text).lower() in ("des", "du") and tokens[last + 2].upos == "NOUN":
                if tokens[last + 2].head in (at, word.i) and not name_like(tokens[last + 2]):
                    last += 2  # « le Bureau de la sécurité des transports »
    return last


def demonym(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> bool:
    """« la Luxembourgeoise », « les Français » name people by where they are from; they are common nouns here."""
    lower = tokens[first].text.lower()
    if first != last or first == 0 or not {lower, lower.removesuffix("s")} & gazetteer.adjectives.keys():
        return False
    before = normal(tokens[first - 1].text).lower()
    several = tokens[first].upos in ("NOUN", "X", "ADJ") and lower.endswith(("s", "x"))
    if tokens[first - 1].upos in ("DET", "NUM") or before in ("du", "des", "aux", "au"):
        return True
    # « des milliers de Tunisiens », « deux cents Maliens »
    return several and (before in ("de", "d'", "cent", "cents", "mille") or tokens[first - 1].deprel.startswith("nummod"))


def street(tokens: tuple[Token, ...], first: int, gazetteer: Gazetteer) -> bool:
    """Does a name stand in an address (« rue de la Libération », « l'avenue du général Leclerc »)?"""
    i = first - 1
    passing = gazetteer.lexicon.strings("name_connectors") | gazetteer.lexicon.titles | {"l'"}
    while i >= 0 and first - i < 5 and (normal(tokens[i].text) in passing or tokens[i].upos == "ADP"):
        i -= 1
    return (
        i >= 0
        and first - i < 5
        and normal(tokens[i].text).lower() in gazetteer.lexicon.strings("street_nouns")
    )


def shouting(tokens: tuple[Token, ...]) -> bool:
    """Sentences set in capitals tell nothing by their capitals."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 1]
    if len(words) > 1 and all(w.isupper() for w in words):
        return True
    upper = sum(w.isupper() for w in words)
    titled = sum(w[0].isupper() for w in words)
    return len(words) > 3 and (upper > 0.6 * len(words) or titled > 0.85 * len(words))
