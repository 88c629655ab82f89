"""Who or what undergoes: the object of an active verb, the subject of a passive one."""

from __future__ import annotations

from .complements import OBJECT_RELATIVES, Filler, object_noun
from .subjects import after_quotation, inverted, surface_subject
from .syntax import Tree


def deep_object(tree: Tree, i: int) -> Filler | None:
    """Who or what undergoes: the object of an active verb, the subject of a passive one."""
    if tree.passive(i):
        if tree[i].deprel in ("acl", "amod") and not tree.children(i, "nsubj"):
            return Filler(tree[i].head, "modified")
        own = object_noun(tree, i) if tree.beheld(i) is not None else None
        return surface_subject(tree, i) if own is None else Filler(own, "object")
    own = object_noun(tree, i)
    if own is None:
        own = _second_subject(tree, i)
    if own is not None and own != inverted(tree, i):
        return Filler(own, "object")
    if tree[i].deprel == "acl:relcl" and any(tree.forms[k] in OBJECT_RELATIVES for k in tree.kids[i]):
        return Filler(tree[i].head, "relative")
    if tree[i].deprel.startswith("conj") and tree[tree[i].head].deprel == "acl:relcl" and not tree.children(i, "nsubj"):
        above = tree[i].head
        if any(tree.forms[k] in OBJECT_RELATIVES for k in tree.kids[above]):
            return Filler(tree[above].head, "relative")  # « qu'il a dirigé et soutenu »
    if tree.infinitive(i):
        for a in tree.ancestors(i):
            # « OpenAI, qu'il a contribué à lancer »: the relative belongs to the infinitive below.
            if tree[a].deprel == "acl:relcl" and any(tree.forms[k] in OBJECT_RELATIVES for k in tree.kids[a]):
                return Filler(tree[a].head, "relative") if tree[a].head < i else None
            if not tree[a].deprel.startswith(("xcomp", "ccomp")):
                break
    for k in tree.children(i, "xcomp"):
        # « rencontre James Brown », read as « devient James Brown »
        if tree[k].upos == "PROPN" and k > i and not tree.case(k) and not tree.children(k, "cop"):
            return Filler(k, "object")
    following = _next_nominal(tree, i)
    if following is not None and inverted(tree, i) is None:
        return Filler(following, "next")
    for k in tree.children(i, "xcomp"):
        if not {tree.lemmas[i], tree.forms[k]}.isdisjoint(tree.grammar.words["causatives"]):
            return deep_object(tree, k)
    return None


def _second_subject(tree: Tree, i: int) -> int | None:
    """« Macron recevra lundi Olaf Scholz »: a second subject, behind the verb of an ordinary sentence, is its object."""
    subjects = tree.children(i, "nsubj")
    if not any(k < i for k in subjects) or after_quotation(tree, i) or tree.children(i, "ccomp"):
        return None
    return next((k for k in subjects if k > i and tree[k].upos in ("NOUN", "PROPN") and not tree.case(k)), None)


def _next_nominal(tree: Tree, i: int) -> int | None:
    """A noun phrase right after an active verb that the parser attached elsewhere: « accusé Sam Altman »."""
    if tree.reflexive(i) or tree.children(i, "obj", "ccomp", "xcomp"):
        return None
    after = [k for k in range(i + 1, min(len(tree), i + 12)) if k not in tree.temporal]
    for k in after[:4]:
        token = tree[k]
        if token.upos in ("NOUN", "PROPN"):
            head = token.head if token.deprel.startswith(("flat", "det")) and token.head > i else k
            if tree[head].head == i and tree[head].deprel.startswith("nsubj"):
                return None
            return None if tree[head].deprel.startswith(("obl", "nmod")) and tree.case(head) else head
        if token.upos not in ("DET", "ADJ", "ADV", "NUM") or tree.forms[k] in tree.grammar.words["oblique_prepositions"]:
            return None
    return None
