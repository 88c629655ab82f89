"""Where the arguments of a trigger stand: slots of an argument pattern to tokens of the sentence."""

from __future__ import annotations

from collections.abc import Callable

from .complements import Filler, clause_of, complements, dative, object_noun
from .objects import deep_object
from .subjects import after_quotation, deep_subject, surface_subject
from .syntax import NOMINAL, Tree


def fill_slot(tree: Tree, i: int, slot: str, support: int | None = None) -> list[Filler]:
    """Fillers of one slot of trigger `i`, before coordination is expanded; `support` is the light verb of a noun."""
    special: dict[str, Callable[[], Filler | None]] = {
        "subj": lambda: _subject(tree, i, support),
        "seen": lambda: surface_subject(tree, i),
        "obj": lambda: deep_object(tree, i),
        "clause.subj": lambda: _clause_subject(tree, i),
        "clause.subj.de": lambda: _clause_subject_of(tree, i),
        "clause.obj.de": lambda: _clause_object_of(tree, i),
        "attr": lambda: _attribute(tree, i),
        "quote.subj": lambda: _quoted_subject(tree, i),
    }
    if slot in special:
        found = special[slot]()
        return [found] if found else []
    if slot == "dat":
        if tree.beheld(i) is not None and object_noun(tree, i) is not None:
            seen = surface_subject(tree, i)  # « s'est vu infliger une amende »: to whom is the subject
            return [seen] if seen else []
        k = dative(tree, i)
        return [Filler(k, "complement")] if k is not None else []
    if slot == "clause":
        k = clause_of(tree, i)
        return [Filler(k, "clause")] if k is not None else []
    if slot in ("obj.de", "subj.de"):
        base = deep_object(tree, i) if slot == "obj.de" else deep_subject(tree, i)
        return complements(tree, base.token, "de")[:1] if base else []
    if slot == "conduct.de":
        base = deep_object(tree, i)
        conduct = base is not None and tree.lemmas[base.token] in tree.grammar.verb_classes.get("conduct_nouns", ())
        return complements(tree, base.token, "de")[:1] if base is not None and conduct else []
    if slot.startswith("entre."):
        return _between(tree, i, first=slot.endswith("1"))
    if slot == "visant":
        return [
            Filler(o.token, "complement")
            for k in tree.children(i, "acl")
            if tree.forms[k] == "visant" and (o := deep_object(tree, k))
        ]
    name, _, rank = slot.partition(".")
    found_all = complements(tree, i, name)
    if not found_all and support is not None:
        found_all = [f for f in complements(tree, support, name) if f.token != i]
    if not found_all and name in tree.grammar.aimed and tree[i].upos == "NOUN":
        # « les charges retenues contre lui »: the complement hangs on the participle.
        found_all = [f for k in tree.children(i, "acl") if tree.participle(k) for f in complements(tree, k, name)]
    if rank.isdigit():
        return found_all[int(rank) - 1 : int(rank)]
    return found_all[:1]


def _subject(tree: Tree, i: int, support: int | None) -> Filler | None:
    if not _has_verb(tree, i, support):
        return None
    return deep_subject(tree, support if support is not None else i)


def _has_verb(tree: Tree, i: int, support: int | None) -> bool:
    return support is not None or tree.verbal(i) or tree.participle(i) or tree.infinitive(i) or tree.gerund(i)


def _clause_subject(tree: Tree, i: int) -> Filler | None:
    clause = clause_of(tree, i)
    return surface_subject(tree, clause) if clause is not None else None


def _quoted_subject(tree: Tree, i: int) -> Filler | None:
    """« La direction se moque de nous », fulmine le délégué: of whom the quotation speaks that a verb stands behind."""
    said = tree[i].head
    if not tree[i].deprel.startswith("parataxis") or said >= i or not after_quotation(tree, i):
        return _clause_subject(tree, i) if said >= i else None
    found = surface_subject(tree, said)
    if found is None or (tree[found.token].upos == "PRON" and tree.feature(found.token, "Person") != "3"):
        return None
    return found


def _clause_subject_of(tree: Tree, i: int) -> Filler | None:
    """« affirmer que la décision de X est absurde »: X."""
    found = _clause_subject(tree, i)
    return next(iter(complements(tree, found.token, "de")), None) if found is not None else None


def _clause_object_of(tree: Tree, i: int) -> Filler | None:
    """« estimer que cela trahit la mission de X »: X."""
    clause = clause_of(tree, i)
    found = deep_object(tree, clause) if clause is not None else None
    return next(iter(complements(tree, found.token, "de")), None) if found is not None else None


def _attribute(tree: Tree, i: int) -> Filler | None:
    for relation in ("xcomp", "obj", "obl:arg"):
        kids = [k for k in tree.children(i, relation) if not tree.verbal(k) and tree[k].upos in NOMINAL]
        if (relation == "obj" and tree.children(i, "xcomp")) or (relation != "xcomp" and tree.passive(i)):
            kids = kids[1:]
        if kids:
            return Filler(kids[0], "attribute")
    return None


def _between(tree: Tree, i: int, first: bool) -> list[Filler]:
    for filler in complements(tree, i, "entre"):
        members = tree.conjuncts(filler.token)
        chosen = members[:1] if first else members[1:]
        return [Filler(k, "between") for k in chosen]
    return []
