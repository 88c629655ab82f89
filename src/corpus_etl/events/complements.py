"""Complements of a trigger: by preposition, also where the parser attached them one noun too low; objects, datives, clauses.

A filler is the head token of an argument and how it was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .syntax import NOMINAL, Tree

OBJECT_RELATIVES = frozenset({"que", "qu'"})


@dataclass(frozen=True, slots=True)
class Filler:
    """The head token of an argument and how it was found; `other` is the antecedent of a relative pronoun."""

    token: int
    how: str
    other: int | None = None


def complements(tree: Tree, i: int, preposition: str) -> list[Filler]:
    """Complements of `i` with a preposition, nearest attachment first; for nouns « de » takes the possessive."""
    found: list[Filler] = []
    noun = not tree.verbal(i) and not tree.participle(i) and not tree.infinitive(i)
    if noun and preposition == "de":
        det = tree.determiner(i)
        if det is not None and tree.forms[det] in ("son", "sa", "ses", "leur", "leurs"):
            found.append(Filler(det, "possessor"))
    found += [Filler(k, "complement") for k in tree.attached.get(i, ()) if tree.case(k) == preposition]
    if not found and noun:
        found = [Filler(k, "adjacent") for k in _adjacent(tree, i, preposition)]
    if not found and noun and preposition == "de" and tree.governor(i) is not None and tree[i].deprel.startswith(("obj", "nsubj")):
        # « dont il a loué le sang-froid »: whose it is stands before the relative.
        owner = tree.antecedent(tree[i].head, tree.grammar.genitive_relatives)
        found = [Filler(owner, "relative")] if owner is not None and owner != i else []
    if not found and preposition != "de":
        found = [Filler(k, "complement below") for k in _lower(tree, i, noun) if tree.case(k) == preposition]
    return found


def _adjacent(tree: Tree, i: int, preposition: str) -> Iterable[int]:
    """The nominal of a preposition that stands right after noun `i`, whatever the parser made of it."""
    start = i + 1
    while start < len(tree) and tree[start].upos in ("ADJ", "ADV") and start < i + 3:
        start += 1
    if start >= len(tree) or tree[start].upos not in ("ADP", "DET", "ADV"):
        return
    for k in range(start + 1, min(len(tree), start + 7)):
        if tree[k].upos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            return
        if tree[k].upos in NOMINAL and tree.case(k) == preposition:
            yield k
            return


def _lower(tree: Tree, i: int, noun: bool) -> Iterable[int]:
    """Nominals that the parser may have attached too low (below a complement) or too high (to the verb above)."""
    for kid in tree.kids[i]:
        if tree[kid].deprel.startswith(("nmod", "obj", "obl", "appos", "flat")):
            yield from (k for k in tree.kids[kid] if tree[k].upos in NOMINAL and tree[k].deprel.startswith(("nmod", "obl")))
    if noun:
        verb = tree.governor(i)
        if verb is not None and tree[i].deprel.startswith(("obj", "nsubj", "obl")):
            yield from (k for k in tree.kids[verb] if k > i and tree[k].deprel.startswith("obl"))


def dative(tree: Tree, i: int) -> int | None:
    """« à X » or a dative clitic of verb `i`."""
    for k in tree.children(i, "iobj"):
        if tree.forms[k] not in ("se", "s'", "y", "en"):
            return k
    found = next((f.token for f in complements(tree, i, "à") if not tree.verbal(f.token)), None)
    return found if found is not None else tree.antecedent(i, tree.grammar.dative_relatives)


def object_noun(tree: Tree, i: int) -> int | None:
    for k in tree.children(i, "obj"):
        if not tree.verbal(k) and tree.forms[k] not in OBJECT_RELATIVES | {"se", "s'"} and k not in tree.temporal:
            return k
    for k in tree.children(i, "obj"):
        # « a acquitté jeudi Samir X »: the name behind a day that the parser took for the object
        if k in tree.temporal and k > i:
            names = [c for c in tree.children(k, "appos", "flat", "nmod") if c > k and tree[c].upos == "PROPN" and not tree.case(c)]
            if names and names[0] not in tree.temporal:
                return names[0]
    for k in tree.children(i, "obl:arg", "obl:mod", "obl"):
        # « dénoncer des propos »: an indefinite article read as a preposition.
        before = [c for c in tree.kids[k] if c < k and tree[c].deprel.startswith("case")]
        if len(before) == 1 and tree.forms[before[0]] in ("des", "du") and before[0] == min(tree.subtree(k)) and k > i:
            return k
    return None


def clause_of(tree: Tree, i: int) -> int | None:
    """Complement clause or infinitive of `i`."""
    kids = tree.children(i, "ccomp", "xcomp")
    kids += [k for k in tree.children(i, "acl", "advcl", "obl:arg") if k > i and _complement_clause(tree, k)]
    for k in kids:
        if tree.verbal(k) or tree.infinitive(k):
            return k
    if kids:
        return kids[0]
    return (_clause_after(tree, i) or _infinitive_after(tree, i)) if tree[i].upos == "VERB" else None


def _clause_after(tree: Tree, i: int) -> int | None:
    """A clause that the parser lost: « que » within a few words after the verb, then the next verb."""
    for k in range(i + 1, min(len(tree), i + 6)):
        if tree.forms[k] in ("que", "qu'") and tree[k].deprel != "advmod":
            return next((v for v in range(k + 1, len(tree)) if tree[v].upos in ("VERB", "AUX")), None)
        if tree[k].upos not in ("ADV", "PRON", "ADP", "NOUN") and tree.forms[k] != ",":
            return None
    return None


def _infinitive_after(tree: Tree, i: int) -> int | None:
    """« a annoncé, ce jeudi, avoir vendu … »: an infinitive behind an aside of time that the parser hung elsewhere."""
    k = i + 1
    while k < len(tree) and (k in tree.temporal or tree.forms[k] in (",", "ce", "cette", "dès")) and k < i + 9:
        k += 1
    if k == i + 1 or k >= len(tree):
        return None
    verb = tree[k].head if tree[k].upos == "AUX" else k
    return verb if tree.infinitive(verb) else None


def _complement_clause(tree: Tree, k: int) -> bool:
    """Introduced by « que », or an infinitive with « de » or « à »."""
    marks = [tree.forms[m] for m in tree.kids[k] if m < k and tree[m].deprel.startswith(("mark", "case"))]
    if tree.infinitive(k):
        return marks in (["de"], ["d'"], ["à"])
    return bool(marks) and marks[0] in ("que", "qu'") and tree.verbal(k)
