"""Which name a common noun stands with: « le président X », « X, patron de Y », « le patron de Y, X, », « X est … »."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus_etl.language import Sentence, Token

from .drafts import Draft, base
from .lexicon import Noun
from .model import Kind

Determiner = Literal["definite", "demonstrative", "possessive", "indefinite", "bare"]
_CLOSING = frozenset({",", ".", ")", ";", "?", "!", "…"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase whose noun the lexicon knows."""

    draft: Draft
    noun: Noun
    determiner: Determiner
    possessor: int | None = None  # token of the possessive determiner
    complements: list[int] = field(default_factory=list)  # heads of « de … » complements
    adjectives: list[str] = field(default_factory=list)
    named: Draft | None = None  # the name it is joined with (« le président X », « X, patron de Y »)
    eponym: bool = False  # a noun that takes a person's name (« le gouvernement X »)
    inside: bool = False  # the name follows at once: both are one mention


def join(
    sentence: Sentence, phrase: Phrase, children: dict[int, list[int]], covered: dict[int, Draft]
) -> tuple[Draft | None, bool]:
    """The name that a phrase is joined with, and whether it follows at once (both are one mention then)."""
    name = _following(sentence.tokens, phrase, covered)
    if name is not None and _same_gender(phrase, name):
        return name, True
    other = _linked(sentence.tokens, phrase, children, covered) or _between_commas(
        sentence.tokens, phrase, covered
    )
    return (other, False) if other is not None and _same_gender(phrase, other) else (None, False)


def _same_gender(phrase: Phrase, name: Draft) -> bool:
    """« conseillère » is not said of a man."""
    told = phrase.noun.gender if phrase.noun.kind == "person" else ""
    return not told or not name.gender or told == name.gender or told == "m"


def _following(tokens: tuple[Token, ...], phrase: Phrase, covered: dict[int, Draft]) -> Draft | None:
    """« le président X », « l'entreprise américaine X », « le secrétaire général de l'ONU X »"""
    draft = phrase.draft
    at = draft.head + 1
    while at < len(tokens) and at <= draft.head + 6 and at not in covered:
        if not (at <= draft.last or tokens[at].upos == "ADJ" or tokens[at].text in ("«", "“", '"')):
            return None
        at += 1
    inside = {
        i for c in phrase.complements if c in covered for i in range(covered[c].first, covered[c].last + 1)
    }
    while at in inside:
        at += 1
    while at < len(tokens) and tokens[at].upos == "ADJ" and at not in covered and inside:
        at += 1
    name = covered.get(at)
    if name is not None and phrase.noun.kind == "person" and name.kind == "organization":
        behind = covered.get(name.last + 1)
        name = behind if behind is not None and behind.kind == "person" else name  # « le délégué CGT X »
        at = name.first
    if name is None or name.first != at or not _fits(phrase.noun.kind, name) or tokens[at - 1].upos == "ADP":
        return None
    if phrase.noun.kind == "group" and name.kind != "person":
        return None
    if phrase.eponym and name.kind != "organization":
        return None
    beside = at == draft.last + 1 or not inside
    behind_complement = bool(phrase.complements) and at > draft.head + 1
    if behind_complement and not (
        name.kind == phrase.noun.kind == "person" and phrase.determiner in ("definite", "possessive")
    ):
        return None
    return name if beside or inside else None


def _linked(
    tokens: tuple[Token, ...], phrase: Phrase, children: dict[int, list[int]], covered: dict[int, Draft]
) -> Draft | None:
    """Appositions and copulas as the parser has them."""
    i, kind = phrase.draft.head, phrase.noun.kind
    kids = children.get(i, ())
    copula = any(base(tokens[c].deprel) == "cop" for c in kids)
    for child in kids:
        relation = base(tokens[child].deprel)
        if (
            child in covered
            and _fits(kind, covered[child])
            and (relation in ("appos", "flat") or (relation == "nsubj" and copula))
        ):
            return covered[child]
    head = tokens[i].head
    if (
        base(tokens[i].deprel) in ("appos", "nmod")
        and head in covered
        and head < i
        and _fits(kind, covered[head])
    ) and not any(base(tokens[c].deprel) == "case" for c in kids):
        return covered[head]
    return None


def _between_commas(tokens: tuple[Token, ...], phrase: Phrase, covered: dict[int, Draft]) -> Draft | None:
    """« X, patron de Y, », « X, une société qui … » and « le patron de Y, X, » where the parser went another way."""
    draft, kind = phrase.draft, phrase.noun.kind
    if kind == "group" or phrase.determiner not in ("bare", "definite", "indefinite", "possessive"):
        return None
    after = draft.last + 1
    start = draft.first - (0 if phrase.determiner == "bare" else 1)
    before = start - 2 - (start >= 4 and tokens[start - 2].text == ")")  # « l'Agence universitaire (AUF), un réseau de … »
    if (
        start >= 2
        and tokens[start - 1].text == ","
        and before in covered
        and phrase.determiner != "possessive"
    ):
        while (
            after < len(tokens)
            and tokens[after].upos in ("ADJ", "ADP", "NOUN", "ADV")
            and phrase.determiner == "indefinite"
            and after < draft.last + 5
        ):
            after += 1  # « une organisation à but non lucratif qui … »
        behind = tokens[after] if after < len(tokens) else None
        enclosed = (
            behind is None
            or behind.text in _CLOSING
            or (behind.upos == "PRON" and phrase.determiner == "indefinite")
        )
        linked = base(tokens[draft.head].deprel) in ("appos", "conj", "nmod", "parataxis", "dep") or (
            phrase.determiner == "indefinite" and behind is not None and behind.upos == "PRON"
        )
        if enclosed and linked and _fits(kind, covered[before]):
            return covered[before]
    opening = phrase.determiner == "bare" and draft.first == 0  # « Conseiller politique, X, … »
    if (phrase.determiner in ("definite", "possessive") or opening) and kind == "person":
        return _name_behind_comma(tokens, draft, covered)
    return None


def _name_behind_comma(tokens: tuple[Token, ...], draft: Draft, covered: dict[int, Draft]) -> Draft | None:
    """« la directrice, Mme X, », « l'ancien responsable de Y en Z, X, », « le lauréat, l'Argentin X, »"""
    comma = draft.last + 1
    while comma < len(tokens) and comma <= draft.last + 5 and tokens[comma].text != ",":
        finite = tokens[comma].upos in ("VERB", "AUX") and "VerbForm=Part" not in tokens[comma].feats
        if finite or tokens[comma].upos in ("PUNCT", "CCONJ", "SCONJ", "PRON"):
            return None
        comma += 1
    at = comma + 1
    while (
        at < len(tokens)
        and at <= comma + 4
        and at not in covered
        and tokens[at].upos in ("DET", "NOUN", "ADJ", "PROPN")
    ):
        at += 1
    name = covered.get(at)
    if comma >= len(tokens) or tokens[comma].text != "," or name is None or name.kind != "person":
        return None
    closing = name.last + 1
    return name if closing >= len(tokens) or tokens[closing].text in _CLOSING else None


def _fits(kind: Kind, name: Draft) -> bool:
    """Can a noun of a kind stand with a name of another?"""
    if name.kind is None or name.kind == "other" or kind == "other":
        return True
    if kind == "organization":
        return name.kind in ("organization", "product")
    return name.kind == kind
