"""Nouns for people and firms that the parser took for something else: « le géant américain », « la libération de l'opposant X »."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from corpus_etl.language import AnalysedDocument, Sentence, Token

from .tokens import base
from .words import fold

_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "root", "dislocated"})


def headed(document: AnalysedDocument, nouns: Collection[str], demonyms: Collection[str]) -> AnalysedDocument:
    """The document with words of `nouns`, and names behind a word of `demonyms`, as the heads of their phrases."""
    sentences = tuple(_headed(s, nouns, demonyms) for s in document.sentences)
    return document if sentences == tuple(document.sentences) else replace(document, sentences=sentences)


def _headed(sentence: Sentence, nouns: Collection[str], demonyms: Collection[str]) -> Sentence:
    tokens = list(sentence.tokens)
    for k in range(1, len(tokens)):
        if _below_its_adjective(tokens, k, nouns, demonyms):
            tokens = _swapped(tokens, k - 1, k)
        elif _origin(tokens, k, demonyms):
            tokens = _swapped(tokens, k, k - 1)
        elif _noun_as_verb(tokens, k, nouns):
            tokens[k] = replace(tokens[k], upos="NOUN", lemma=fold(tokens[k].text), feats="Number=Sing")
            tokens = [replace(t, deprel="case") if t.head == k and t.i < k and t.deprel == "mark" else t for t in tokens]
    return sentence if tokens == list(sentence.tokens) else replace(sentence, tokens=tuple(tokens))


def _known(token: Token, nouns: Collection[str]) -> bool:
    return fold(token.text) in nouns or fold(token.lemma) in nouns


def _below_its_adjective(tokens: list[Token], k: int, nouns: Collection[str], demonyms: Collection[str]) -> bool:
    """« la start-up grenobloise »: the adjective behind a noun, which hangs on it."""
    noun, adjective = tokens[k - 1], tokens[k]
    origin = adjective.upos == "NOUN" and adjective.text.islower() and fold(adjective.text) in demonyms
    if not (adjective.upos == "ADJ" or origin) or base(adjective) not in _NOMINAL:
        return False
    led = any(t.head in (k, k - 1) and t.upos == "DET" and t.i < k - 1 for t in tokens)
    return led and noun.head == k and noun.deprel == "amod" and _known(noun, nouns)


def _origin(tokens: list[Token], k: int, demonyms: Collection[str]) -> bool:
    """« l'allemand Siemens », « auprès de l'américain Sequoia »: where a firm is from, before its name."""
    origin, name = tokens[k - 1], tokens[k]
    if origin.upos not in ("NOUN", "ADJ") or not origin.text.islower() or fold(origin.text) not in demonyms or k < 2:
        return False
    return name.upos == "PROPN" and name.head == k - 1 and base(name) in ("appos", "nmod", "flat") and tokens[k - 2].upos in ("DET", "ADP")


def _swapped(tokens: list[Token], noun: int, adjective: int) -> list[Token]:
    """The noun in the place of the adjective, which hangs on it."""
    above = tokens[adjective]
    changed = [replace(t, head=noun) if t.head == adjective else t for t in tokens]
    head = noun if above.head == adjective else above.head
    upos = "PROPN" if tokens[noun].upos == "PROPN" else "NOUN"
    changed[noun] = replace(tokens[noun], upos=upos, head=head, deprel=above.deprel)
    changed[adjective] = replace(above, upos="ADJ", head=noun, deprel="amod")
    return changed


def _noun_as_verb(tokens: list[Token], k: int, nouns: Collection[str]) -> bool:
    """« l'opposant Pavel X », read as a participle."""
    token = tokens[k]
    nominal = token.upos == "VERB" and base(token) in _NOMINAL - {"root", "conj"}
    return nominal and tokens[k - 1].upos == "DET" and token.text.islower() and fold(token.text) in nouns
