"""Lemmas of verbs by rule, for the words of the discourse cues only: a net under the lemmatizer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus_etl.language import Token, pack


@lru_cache(maxsize=1)
def _tables(language: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    data = pack(language).read_yaml("discourse", "verb_forms.yaml")
    endings = ((ending, infinitive) for infinitive, several in data["endings"].items() for ending in several)
    return dict(data["forms"]), tuple(sorted(endings, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=20_000)
def _lead_back(form: str, known: frozenset[str], language: str) -> str | None:
    forms, endings = _tables(language)
    if forms.get(form) in known:
        return forms[form]
    for ending, infinitive in endings:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            lemma = form[: -len(ending)] + infinitive
            if lemma in known:
                return lemma
    return None


def verb_lemma(token: Token, known: frozenset[str], language: str = "fr") -> str:
    """The token's lemma where it is one of `known`, else one of `known` that its form belongs to, else its lemma."""
    if token.lemma in known or token.upos not in ("VERB", "AUX", "ADJ", "NOUN", "X"):
        return token.lemma
    if token.upos in ("NOUN", "X") and not token.text.islower():
        return token.lemma
    return _lead_back(token.text.lower(), known, language) or token.lemma


@lru_cache(maxsize=20_000)
def _tense(form: str, language: str) -> str | None:
    for tense, endings, exceptions in _tense_table(language):
        if form.endswith(endings) and form not in exceptions:
            return tense
    return None


@lru_cache(maxsize=1)
def _tense_table(language: str) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    data = pack(language).read_yaml("discourse", "verb_forms.yaml")["tenses"]
    return tuple((tense, tuple(t["endings"]), frozenset(t["except"])) for tense, t in data.items())


def tense_of(token: Token, language: str = "fr") -> str:
    """« future » or « conditional » of a finite verb, by its ending or else by its features; "" for other tenses."""
    if token.upos not in ("VERB", "AUX"):
        return ""
    by_ending = _tense(token.text.lower(), language)
    if by_ending:
        return by_ending
    return "conditional" if "Mood=Cnd" in token.feats else "future" if "Tense=Fut" in token.feats else ""


def told_apart(tokens: Sequence[Token], i: int) -> bool:
    """A past participle with its agent that a comma parts from its noun (« une prime, jugée insuffisante par X »): told on its
    own."""
    token = tokens[i]
    if token.upos != "VERB" or token.deprel != "acl" or "VerbForm=Part" not in token.feats or "Tense=Pres" in token.feats:
        return False
    agents = [t for t in tokens if t.head == i and t.deprel == "obl:agent"]
    agents += [tokens[t.head] for t in tokens if t.text.lower() == "par" and t.deprel == "case" and tokens[t.head].head == i]
    if not agents:
        return False
    k = i - 1
    while k > token.head and tokens[k].upos == "ADV":
        k -= 1
    return k > token.head and tokens[k].text == ","
