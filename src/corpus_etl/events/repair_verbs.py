"""Corrections of predicates whose verb and helper the parser exchanged: « nie avoir reçu », « font grève », « avant d'être »."""

from __future__ import annotations

from dataclasses import replace

from corpus_etl.language import Token

from .grammar import Grammar
from .repair_coordination import hangs_on
from .words import fold

_ASIDE = 14
"""Words that may part an auxiliary from its participle."""


def repair_predicates(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """The tokens with verbs that were taken for auxiliaries, and conjunctions hung too high, set right."""
    for i, token in enumerate(tokens):
        if fold(token.lemma) == grammar.tense_auxiliary and "VerbForm=Fin" in token.feats:
            tokens = _parted(tokens, i, grammar)
            token = tokens[i]
        if token.upos == "AUX" and token.deprel.startswith("aux") and token.head > i:
            if fold(token.lemma) not in grammar.auxiliaries:
                tokens = _main_verb(tokens, i)
            elif _object_noun(tokens, i, grammar):
                tokens = _light_verb(tokens, i)
        elif token.deprel == "advmod" and i + 2 < len(tokens):
            tokens = _conjunction(tokens, i, grammar)
    return _no_relative(tokens)


def _no_relative(tokens: list[Token]) -> list[Token]:
    """« Une centaine de personnes qui manifestaient ont été arrêtées »: a tensed clause without a relative pronoun, hung on the noun
    that heads the sentence, is its predicate."""
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.upos not in ("NOUN", "PROPN") or any(t.head == root.i and t.deprel in ("cop", "case") for t in tokens):
        return tokens
    for verb in tokens[root.i + 1 :]:
        if verb.head != root.i or verb.deprel != "acl:relcl" or verb.upos != "VERB":
            continue
        own = [t for t in tokens if t.head == verb.i]
        tensed = "VerbForm=Fin" in verb.feats or any(t.deprel.startswith("aux") and "VerbForm=Fin" in t.feats for t in own)
        subject = any("PronType=Rel" in t.feats or t.deprel.startswith(("nsubj", "mark")) for t in own)
        if not tensed or subject:
            continue
        passive = any(t.deprel == "aux:pass" for t in own)
        changed = {t.i: replace(t, head=verb.i) for t in tokens if t.head == root.i and t.upos == "PUNCT" and t.i > verb.i}
        changed[verb.i] = replace(verb, head=verb.i, deprel="root")
        changed[root.i] = replace(root, head=verb.i, deprel="nsubj:pass" if passive else "nsubj")
        return [changed.get(t.i, t) for t in tokens]
    return tokens


def _main_verb(tokens: list[Token], i: int) -> list[Token]:
    """« Il nie avoir reçu l'argent »: the verb governs the infinitive that it was made an auxiliary of."""
    verb, below = tokens[i], tokens[tokens[i].head]
    between = tokens[i + 1 : below.i + 1]
    if not any("VerbForm=Inf" in t.feats and (t.i == below.i or t.head == below.i) for t in between):
        return tokens
    changed = [replace(t, head=i) if t.head == below.i and t.i < i else t for t in tokens]
    root = below.head == below.i
    changed[i] = replace(verb, upos="VERB", head=i if root else below.head, deprel=below.deprel)
    changed[below.i] = replace(below, head=i, deprel="xcomp")
    return changed


def _object_noun(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """« font grève »: no auxiliary of a participle or an infinitive, but a light verb before its noun."""
    below = tokens[tokens[i].head]
    if fold(tokens[i].lemma) not in grammar.light_auxiliaries or tokens[i].deprel == "aux:caus" or below.i != i + 1:
        return False
    return "VerbForm=Inf" not in below.feats and "VerbForm=Part" not in below.feats


def _light_verb(tokens: list[Token], i: int) -> list[Token]:
    verb, noun = tokens[i], tokens[tokens[i].head]
    changed = [replace(t, head=i) if t.head == noun.i and t.i != i else t for t in tokens]
    root = noun.head == noun.i
    changed[i] = replace(verb, upos="VERB", head=i if root else noun.head, deprel=noun.deprel)
    changed[noun.i] = replace(noun, upos="NOUN", lemma=fold(noun.text), feats="", head=i, deprel="obj")
    return changed


def _conjunction(tokens: list[Token], i: int, grammar: Grammar) -> list[Token]:
    """« entendu avant d'être relâché »: the adverb belongs to the infinitive behind its preposition."""
    mark = tokens[i + 1]
    clause = tokens[mark.head]
    if (fold(tokens[i].text), grammar.preposition(fold(mark.text))) not in grammar.prepositions or mark.deprel != "mark":
        return tokens
    if tokens[i].head == clause.i or clause.i < i:
        return tokens
    changed = list(tokens)
    changed[i] = replace(tokens[i], head=clause.i, deprel="mark")
    changed[mark.i] = replace(mark, head=i, deprel="fixed")
    return changed


def _parted(tokens: list[Token], i: int, grammar: Grammar) -> list[Token]:
    """« Il a, selon nos informations, ouvert une enquête »: an aside parts an auxiliary from its participle."""
    if i + 1 >= len(tokens) or tokens[i + 1].text != ",":
        return tokens
    closing = next((k for k in range(i + 2, min(len(tokens) - 1, i + _ASIDE)) if tokens[k].text == ","), None)
    if closing is None or any("VerbForm=Fin" in t.feats for t in tokens[i + 2 : closing]):
        return tokens
    been = fold(tokens[closing + 1].text) == grammar.passive_participle
    if been and closing + 2 >= len(tokens):
        return tokens
    part = tokens[closing + 2 if been else closing + 1]
    if "VerbForm=Part" not in part.feats or "Tense=Past" not in part.feats or (part.head == i and part.deprel == "xcomp"):
        return tokens
    place = tokens[i] if part.head != part.i and tokens[i].head != part.i else part
    head = part.i if place.head in (i, part.i) else place.head
    if head != part.i and hangs_on(tokens, head, part.i):
        return tokens
    moved = {t.i: replace(t, head=part.i, deprel=t.deprel if been else t.deprel.replace(":pass", "")) for t in tokens if t.head in (i, part.i)}
    moved[i] = replace(tokens[i], upos="AUX", head=part.i, deprel="aux:tense")
    feats = part.feats if been else part.feats.replace("|Voice=Pass", "|Voice=Act")
    moved[part.i] = replace(part, upos="VERB", feats=feats, head=head, deprel=place.deprel)
    if been:
        moved[closing + 1] = replace(tokens[closing + 1], upos="AUX", head=part.i, deprel="aux:pass")
    return [moved.get(t.i, t) for t in tokens]
