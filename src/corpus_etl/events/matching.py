"""Do the words of a lexicon phrase stand at a verb of the sentence?"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import Lexicon
from .phrases import ANY_SPEECH, Phrase
from .syntax import Tree

_GAP = frozenset({"ADV", "PRON", "AUX", "PART"})
_INSIDE = frozenset({"ADV", "ADJ", "DET"})
_REACH = 14


def match_verb(tree: Tree, i: int, phrase: Phrase, lexicon: Lexicon) -> tuple[int, ...] | None:
    """Tokens of a verb phrase with head `i`, or null where a part is missing."""
    if not tree.vocabulary.issuperset(phrase.rest):
        return None
    if tree[i].deprel.startswith("aux") and not phrase.copula and not (_causative(tree, i) and phrase.rest):
        return None
    predicate = predicate_of(tree, i, phrase)
    if not in_voice(tree, predicate, phrase):
        return None
    words = [i]
    if (
        (phrase.reflexive or (phrase.head == ANY_SPEECH and tree.reflexive(predicate)))
        and i > 0
        and tree.forms[i - 1] in lexicon.words["reflexives"]
    ):
        words.insert(0, i - 1)
    if phrase.clitic and phrase.clitic not in tree.forms[max(0, i - 3) : i]:
        return None
    if phrase.negation and not _denied(tree, i, phrase.negation, lexicon):
        return None
    if phrase.before:
        first = i - len(phrase.before)
        if first < 0 or tuple(tree.forms[first:i]) != phrase.before:
            return None
        words = [*range(first, i), *words]
    if phrase.rest:
        rest = after_verb(tree, i, phrase.rest, lexicon)
        if rest is None:
            return None
        words += rest
        if predicate != i and predicate not in words:
            return None
    if phrase.trailing and not _leads_on(
        tree, words[-1], i if not phrase.copula else predicate, phrase.trailing
    ):
        return None
    return tuple(words)


def in_voice(tree: Tree, predicate: int, phrase: Phrase) -> bool:
    """Reflexive as the phrase is; a participle bare or with the copula."""
    if phrase.head == ANY_SPEECH:
        return True
    seen = tree.beheld(predicate) is not None and phrase.head in tree.grammar.verb_classes.get("beholding", ())
    if phrase.reflexive != (seen or tree.reflexive(predicate)) and not (tree.undergone(predicate) and not phrase.reflexive):
        return False
    return not phrase.participle or tree.participle(predicate) or bool(copulas(tree, predicate))


def _denied(tree: Tree, i: int, negation: tuple[str, ...], lexicon: Lexicon) -> bool:
    """The words of a negation stand around verb `i`: the particle before, « pas » on either side of it or of its auxiliary."""
    near = tree.forms[max(0, i - 6) : i]
    if not lexicon.words["negation_particles"].intersection(near):
        return False
    return len(negation) < 2 or negation[1] in (*near, *tree.forms[i + 1 : i + 3])


def copulas(tree: Tree, i: int) -> list[int]:
    """Copula or passive auxiliary of predicate `i`."""
    return [k for k in tree.children(i, "cop", "aux") if tree.lemmas[k] == tree.grammar.copula]


def _causative(tree: Tree, i: int) -> bool:
    """« faire » before the infinitive that it makes somebody do."""
    return tree[i].deprel == "aux:caus" and tree[i].head > i


def _leads_on(tree: Tree, last: int, verb: int, preposition: str) -> bool:
    """The preposition follows, or introduces a complement of the verb; « par » may also be a passive agent."""
    for k in range(last + 1, min(len(tree), last + 9)):
        if tree[k].upos in ("VERB", "AUX", "SCONJ") or tree.forms[k] in (",", ";", ":"):
            break
        if tree.grammar.preposition(tree.forms[k]) == preposition:
            return True
    return any(
        tree.case(k) == preposition for k in tree.children(verb, "obl", "iobj", "nmod", "xcomp", "advcl")
    )


def after_verb(tree: Tree, i: int, rest: Sequence[str], lexicon: Lexicon) -> list[int] | None:
    near = sequence(tree, i + 1, rest, skip=3)
    if near is not None:
        return near
    if rest[0] not in lexicon.words["simple_prepositions"]:
        return None
    for start in range(i + 2, min(len(tree), i + _REACH)):
        if tree[start].upos == "PUNCT" and tree.forms[start] in (";", ":", "."):
            return None
        found = sequence(tree, start, rest, skip=0)
        if found is not None and _below(tree, found[-1], i):
            return found
    return None


def _below(tree: Tree, k: int, verb: int) -> bool:
    for steps, a in enumerate(tree.ancestors(k)):
        if a == verb:
            return True
        if steps >= 3:
            return False
    return False


def sequence(
    tree: Tree, start: int, words: Sequence[str], skip: int, before: frozenset[str] = _GAP
) -> list[int] | None:
    """Match words from `start`; before the first one up to `skip` words of the classes `before`, inside determiners and an adjective."""
    found: list[int] = []
    k, gap = start, skip
    for number, word in enumerate(words):
        allowed = before | {"DET"} if number == 0 else _INSIDE
        budget = gap + 1 if number == 0 else 2
        while True:
            if k >= len(tree):
                return None
            if word in tree.readings[k]:
                found.append(k)
                k += 1
                break
            determiner = tree.forms[k] in tree.grammar.determiners
            if not determiner:
                budget -= 1
                if budget <= 0 or tree[k].upos not in allowed:
                    return None
            k += 1
    return found


def predicate_of(tree: Tree, i: int, phrase: Phrase) -> int:
    """The token that the arguments of verb `i` hang on: « a fait valoir » has those of the infinitive, « est en grève » those
    of the noun."""
    if _causative(tree, i) or (phrase.copula and phrase.rest and tree[i].deprel.startswith(("cop", "aux"))):
        return tree[i].head
    return i
