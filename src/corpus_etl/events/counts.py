"""Counted nouns whose numeral the parser took for the head: « trois mille Soudanais », « plus de 700 d'entre eux »."""

from __future__ import annotations

from dataclasses import replace

from corpus_etl.language import AnalysedDocument, Sentence, Token

from .grammar import Grammar
from .words import fold

_COUNTABLE = frozenset({"NOUN", "ADJ", "X", "VERB", "PROPN"})


def recount(document: AnalysedDocument, grammar: Grammar) -> AnalysedDocument:
    """The document with what is counted as the head of every counted phrase."""
    sentences = tuple(_recount(s, grammar) for s in document.sentences)
    return document if sentences == tuple(document.sentences) else replace(document, sentences=sentences)


def _recount(sentence: Sentence, grammar: Grammar) -> Sentence:
    tokens = list(sentence.tokens)
    k = 0
    while k < len(tokens):
        if not _numeral(tokens[k], grammar):
            tokens = _counted_below(tokens, k, grammar)
            k += 1
            continue
        end = k
        while end + 1 < len(tokens) and _numeral(tokens[end + 1], grammar):
            end += 1
        tokens = _lead(tokens, k, end, grammar)
        k = end + 1
    return sentence if tokens == list(sentence.tokens) else replace(sentence, tokens=tuple(tokens))


def _numeral(token: Token, grammar: Grammar) -> bool:
    return fold(token.text) in grammar.numerals or (token.upos == "NUM" and token.text[:1].isalnum())


def _counted_below(tokens: list[Token], k: int, grammar: Grammar) -> list[Token]:
    """« une vingtaine de civils »: a word behind the count that was tagged as an adjective of nothing is its noun."""
    if fold(tokens[k].text).rstrip("s") not in grammar.counting or k + 2 >= len(tokens):
        return tokens
    case, noun = tokens[k + 1], tokens[k + 2]
    if fold(case.text) not in grammar.words["genitive"] or noun.upos not in ("ADJ", "VERB") or not _plural(noun):
        return tokens
    if _qualifies(tokens, noun.i):
        return tokens
    changed = list(tokens)
    changed[noun.i] = replace(_as_noun(noun), head=k, deprel="nmod")
    changed[case.i] = replace(case, head=noun.i, deprel="case")
    return _rehang(changed, {t.i for t in tokens if t.head == case.i}, noun.i)


def _lead(tokens: list[Token], first: int, last: int, grammar: Grammar) -> list[Token]:
    """Make what the numerals from `first` to `last` count the head, where one of them is."""
    counted, marks = _counted(tokens, first, last, grammar)
    run = set(range(first, last + 1))
    if counted is None:
        return tokens
    top = next((tokens[i] for i in run if tokens[i].head not in run), tokens[first])
    above = tokens[top.head]
    bound = fold(above.text) in grammar.bounds and above.i < first and above.i >= first - 2
    if bound:
        run |= set(range(above.i, first))
        top = above
    if any(tokens[i].head == counted.i for i in run):
        return _count(tokens, range(first, last + 1), counted.i)
    if top.head in run or not _below(tokens, counted.i, run | marks):
        return tokens
    changed = list(tokens)
    relation = "obj" if _bare_object(tokens, top, run) else top.deprel
    head = top.head if top.head != top.i else counted.i
    changed[counted.i] = replace(_as_noun(counted), head=head, deprel=relation)
    changed = _count(changed, range(first, last + 1), counted.i)
    for i in sorted((run | marks) - set(range(first, last + 1))):
        changed[i] = replace(changed[i], head=counted.i, deprel="dep")
    outside = {t.i for t in tokens if t.head in run | marks and t.i not in run | marks | {counted.i}}
    return _rehang(changed, outside, counted.i)


def _counted(tokens: list[Token], first: int, last: int, grammar: Grammar) -> tuple[Token | None, set[int]]:
    """The word that is counted, and the words between that only join it to the numeral (« d'entre »)."""
    k = last + 1
    if k >= len(tokens):
        return None, set()
    if k + 2 < len(tokens) and (fold(tokens[k].text), fold(tokens[k + 1].text)) == grammar.among and tokens[k + 2].upos == "PRON":
        return tokens[k + 2], {k, k + 1}
    noun = tokens[k]
    if _qualifies(tokens, k):
        return None, set()
    return (noun, set()) if noun.upos in _COUNTABLE and _plural(noun) else (None, set())


def _count(tokens: list[Token], numerals: range, counted: int) -> list[Token]:
    """All numerals hang on what they count."""
    return [replace(t, upos="NUM", head=counted, deprel="nummod") if t.i in numerals else t for t in tokens]


def _as_noun(token: Token) -> Token:
    """The word tagged as a noun in the plural, where it was tagged as something else that can be counted."""
    if token.upos in ("PRON", "PROPN", "NOUN"):
        return token
    return replace(token, upos="NOUN", feats="Number=Plur", lemma=fold(token.text).rstrip("sx"))


def _qualifies(tokens: list[Token], k: int) -> bool:
    """An adjective before the noun that is counted: « deux jeunes femmes »."""
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    return tokens[k].upos != "NOUN" and after is not None and after.upos in ("NOUN", "PROPN") and _plural(after)


def _plural(token: Token) -> bool:
    return token.text[-1:] in ("s", "x") and len(token.text) > 3


def _below(tokens: list[Token], i: int, heads: set[int]) -> bool:
    """The parser hung the word on the count, so that the count stands for it."""
    return tokens[i].head in heads or (tokens[i].upos == "PRON" and any(tokens[h].head == tokens[i].head for h in heads))


def _bare_object(tokens: list[Token], top: Token, run: set[int]) -> bool:
    """« a attaqué trois mille Soudanais »: read as a measure, though the verb has no object."""
    verb = tokens[top.head]
    if top.deprel != "obl:mod" or verb.upos != "VERB" or min(run) != verb.i + 1:
        return False
    cased = any(t.head in run and t.deprel == "case" and t.i < min(run) for t in tokens)
    return not cased and not any(t.head == verb.i and t.deprel.startswith(("obj", "aux:pass", "nsubj:pass")) for t in tokens)


def _rehang(tokens: list[Token], moved: set[int], head: int) -> list[Token]:
    return [replace(t, head=head) if t.i in moved and t.i != head else t for t in tokens]
