"""Capitals that make no name, or not the name of a participant: heads of sentences, demonyms, streets, headings in capitals."""

from __future__ import annotations

from corpus_etl.language import Token

from .drafts import base
from .gazetteer import Gazetteer, normal
from .spans import Span


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


def demonym(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> bool:
    """« la Luxembourgeoise », « les Français » name people by where they are from; they are common nouns here."""
    lower, lexicon = tokens[first].text.lower(), gazetteer.lexicon
    singular = {lower.removesuffix(ending) for ending in lexicon.strings("demonym_plurals")}
    if first != last or first == 0 or not {lower, *singular} & gazetteer.adjectives.keys():
        return False
    before = normal(tokens[first - 1].text).lower()
    several = tokens[first].upos in ("NOUN", "X", "ADJ") and lower.endswith(tuple(lexicon.strings("plural_endings")))
    if tokens[first - 1].upos in ("DET", "NUM") or before in lexicon.strings("contracted_articles"):
        return True
    # « des milliers de Tunisiens », « deux cents Maliens »
    return several and (before in lexicon.strings("before_demonyms") or tokens[first - 1].deprel.startswith("nummod"))


def street(tokens: tuple[Token, ...], first: int, gazetteer: Gazetteer) -> bool:
    """Does a name stand in an address (« rue de la Libération », « l'avenue du général Leclerc »)?"""
    i = first - 1
    lexicon = gazetteer.lexicon
    passing = lexicon.strings("name_connectors") | lexicon.titles | lexicon.strings("address_articles")
    while i >= 0 and first - i < 5 and (normal(tokens[i].text) in passing or tokens[i].upos == "ADP"):
        i -= 1
    return (
        i >= 0
        and first - i < 5
        and normal(tokens[i].text).lower() in lexicon.strings("street_nouns")
    )


def shouting(tokens: tuple[Token, ...]) -> bool:
    """Sentences set in capitals tell nothing by their capitals."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 1]
    if len(words) > 1 and all(w.isupper() for w in words):
        return True
    upper = sum(w.isupper() for w in words)
    titled = sum(w[0].isupper() for w in words)
    return len(words) > 3 and (upper > 0.6 * len(words) or titled > 0.85 * len(words))
