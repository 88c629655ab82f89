"""Where the arguments of a trigger stand: slots of an argument pattern to tokens of the sentence.

Deep subject and object are found through voice, control, relatives, coordination and participles; complements by their
preposition, also where the parser attached them one noun too low. Each filler says how it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .syntax import NOMINAL, Tree

_PRONOUNS = frozenset({"il", "elle", "ils", "elles", "on"})
_RELATIVES = frozenset({"qui", "lequel", "laquelle", "lesquels", "lesquelles"})
_OBJECT_RELATIVES = frozenset({"que", "qu'"})
_NEUTRAL = frozenset({"c'", "ce", "cela", "ça", "ceci"})
_PARTITIVES = frozenset({"des", "du", "d'", "de"})


@dataclass(frozen=True, slots=True)
class Filler:
    """The head token of an argument and how it was found; `other` is the antecedent of a relative pronoun."""

    token: int
    how: str
    other: int | None = None


# ---------------------------------------------------------------- deep subject
def surface_subject(tree: Tree, i: int, depth: int = 0) -> Filler | None:
    """Grammatical subject of verb `i`, also where it is understood."""
    if depth > 6:
        return None
    token = tree[i]
    own = [k for k in tree.children(i, "nsubj") if tree[k].deprel != "nsubj:outer" and k not in tree.temporal]
    if len(own) > 1:
        # « PARIS - Les députés ont voté »: the one next to the verb.
        own = [k for k in own if k < i][-1:] or own[:1]
    if own and tree.gerund(i) and own[0] > 0 and tree[own[0] - 1].upos == "CCONJ":
        # « contre X et Y affirmant que … »: the parser took a coordinated name for the subject.
        own = []
    if own:
        return _relative(tree, own[0], i) or Filler(own[0], "subject")
    after = inverted(tree, i)
    if after is not None:
        return Filler(after, "inverted")
    if token.deprel == "acl:relcl" and any(tree.forms[k] == "qui" for k in tree.kids[i]):
        return Filler(token.head, "relative")
    if token.head == i:
        return None
    head = token.head
    if token.deprel in ("fixed", "aux:caus", "aux"):
        return surface_subject(tree, head, depth + 1)
    if token.deprel.startswith("conj"):
        return _coordinated(tree, i, depth)
    if token.deprel == "acl" or (token.deprel == "amod" and tree.participle(i)):
        if tree.participle(i) or tree.gerund(i):
            return Filler(head, "modified")
        verb = tree[head].head
        if tree[head].deprel.startswith("obj") and tree.lemmas[verb] in tree.grammar.verb_classes.get("object_control", ()):
            return Filler(head, "control")
        return _noun_holder(tree, head, depth)
    if tree.infinitive(i) or tree.gerund(i) or tree.participle(i):
        return _understood(tree, i, depth) or (_main_subject(tree, i) if not depth and not _unsaid(tree, i) else None)
    return None


def _main_subject(tree: Tree, i: int) -> Filler | None:
    """Subject of the main clause, for gerunds and infinitives that the parser left without a controller."""
    root = next((t.i for t in tree.sentence.tokens if t.head == t.i), i)
    subjects = tree.children(root, "nsubj")
    if root == i or not subjects or tree.participle(i) or subjects[0] > i:
        return None
    return Filler(subjects[0], "main subject")


def _relative(tree: Tree, pronoun: int, verb: int) -> Filler | None:
    if tree.forms[pronoun] not in _RELATIVES:
        return None
    clause = next((a for a in (verb, *tree.ancestors(verb)) if tree[a].deprel == "acl:relcl"), None)
    before = tree[clause].head if clause is not None else _noun_before(tree, pronoun)
    return Filler(pronoun, "relative", before) if before is not None else None


def _noun_before(tree: Tree, pronoun: int) -> int | None:
    """Head of the noun phrase before a relative pronoun whose clause the parser left unattached."""
    for k in range(pronoun - 1, -1, -1):
        if tree[k].upos in ("NOUN", "PROPN"):
            while tree[k].deprel.startswith(("nmod", "flat", "amod")) and tree[k].head < k:
                k = tree[k].head
            return k
        if tree[k].upos not in ("PUNCT", "ADJ", "DET", "ADP", "VERB"):
            return None
    return None


def inverted(tree: Tree, i: int) -> int | None:
    """Subject after a verb of saying: « …, a-t-elle dit », « …, précise l'adjointe ». """
    clitic = tree.children(i, "expl:subj")
    clitic = [k for k in clitic if tree.forms[k].lstrip("-") in _PRONOUNS]
    if clitic:
        return clitic[-1]
    if tree.lemmas[i] not in tree.grammar.verb_classes.get("reporting", ()) or not tree.finite(i):
        return None
    first = min([i, *tree.children(i, "aux", "expl", "iobj")])
    said = clause_of(tree, i)
    if first == 0 or tree[first - 1].upos != "PUNCT" or (said is not None and (tree.verbal(said) or tree.infinitive(said))):
        return None
    for k in range(i + 1, min(len(tree), i + 10)):
        token = tree[k]
        if token.upos == "PUNCT":
            return None
        if token.upos in ("NOUN", "PROPN", "PRON") and k not in tree.temporal:
            head = token.head if token.deprel.startswith(("flat", "nmod")) and token.head > k else k
            if not tree.case(head) and not tree.case(k):
                return head
    return None


def _coordinated(tree: Tree, i: int, depth: int) -> Filler | None:
    head = tree[i].head
    if tree.finite(i) and not tree.finite(head):
        # « dit vouloir vendre … et a dénoncé »: the parser attached a finite verb to an infinitive.
        head = next((a for a in tree.ancestors(head) if tree.finite(a)), head)
    if not tree.verbal(head) and not tree.participle(head):
        # « Fondée par X et rachetée par Y, la maison … »: joined to the participle that opens the clause.
        before = [k for k in range(i) if tree.participle(k) and tree[k].deprel.startswith(("advcl", "acl"))]
        same = [k for k in before if tree.feature(k, "Gender") == tree.feature(i, "Gender")]
        if not tree.participle(i) or not same:
            return None
        head = same[-1]
    found = surface_subject(tree, head, depth + 1)
    return Filler(found.token, "coordinated", found.other) if found else None


def _understood(tree: Tree, i: int, depth: int) -> Filler | None:
    """Subject of an infinitive, gerund or participle clause: the controller in the clause above."""
    head = tree[i].head
    if not tree.verbal(head) and not tree.participle(head):
        return _noun_holder(tree, head, depth)
    classes = tree.grammar.verb_classes
    complement = tree[i].deprel in ("xcomp", "ccomp") or tree[i].deprel.startswith(("obl:arg", "advcl"))
    if tree.infinitive(i) and complement and tree.lemmas[head] in classes.get("object_control", ()):
        marker = next((tree.forms[k] for k in tree.kids[i] if k < i and tree[k].upos == "ADP"), "")
        # « condamné pour avoir volé » is about the person condemned, « appelé pour voler » is not.
        if marker not in ("pour", "sans", "après", "avant") or (marker == "pour" and tree.children(i, "aux")):
            if tree.passive(head):
                found = surface_subject(tree, head, depth + 1)
                return Filler(found.token, "control", found.other) if found else None
            addressee = dative(tree, head) or _object_noun(tree, head)
            if addressee is not None:
                return Filler(addressee, "control")
            if tree.lemmas[head] in classes.get("addressed", ()):
                return None  # « l'opération a permis d'arrêter X »: nobody is said to
    trying = _attempt(tree, i)
    if trying is not None:
        head = trying
    elif tree.gerund(i):
        # « « … », écrivait-il, suggérant de … »: the speaker, not the subject of what is quoted.
        inserted = [k for k in tree.children(head, "parataxis") if k < i and tree.finite(k)]
        head = inserted[-1] if inserted else head
    found = surface_subject(tree, head, depth + 1)
    if tree.gerund(i) and found is not None and tree.forms[found.token] in _NEUTRAL:
        # « C'est par ces mots que X répond, révélant … »: the subject of the verb before.
        verbs = [k for k in range(i) if tree[k].upos == "VERB" and tree.finite(k) and k != head]
        found = (surface_subject(tree, verbs[-1], depth + 1) if verbs else None) or found
    return Filler(found.token, "control", found.other) if found else None


def _unsaid(tree: Tree, i: int) -> bool:
    """The infinitive depends on a verb whose addressee does it and is not named."""
    return tree.lemmas[tree[i].head] in tree.grammar.verb_classes.get("addressed", ())


def _attempt(tree: Tree, i: int) -> int | None:
    """« il a tenté, en vain, de partir », where the parser hung the infinitive elsewhere: the verb of trying."""
    if not tree.infinitive(i) or not any(tree.forms[k] in ("de", "d'", "à") for k in tree.kids[i] if k < i):
        return None
    trying = tree.grammar.verb_classes.get("trying", ())
    for k in range(i - 1, max(-1, i - 9), -1):
        if tree[k].upos == "VERB":
            fits = tree.lemmas[k] in trying and k != tree[i].head and not tree.children(k, "xcomp", "obj", "ccomp")
            return k if fits else None
    return None


def _noun_holder(tree: Tree, noun: int, depth: int) -> Filler | None:
    """Whose decision, wish or chance it is: possessor or « de » complement, or subject of the verb above."""
    possessor = next(iter(complements(tree, noun, "de")), None)
    if possessor is not None and possessor.token != noun and not tree.verbal(possessor.token):
        return Filler(possessor.token, "control")
    verb = tree.governor(noun)
    found = surface_subject(tree, verb, depth + 1) if verb is not None else None
    if found and found.token == noun:
        return None
    return Filler(found.token, "control", found.other) if found else None


def deep_subject(tree: Tree, i: int) -> Filler | None:
    """Who acts: the subject of an active verb, the agent of a passive one."""
    if not tree.passive(i):
        return surface_subject(tree, i)
    agents = [k for k in tree.children(i, "obl", "nmod") if tree.case(k) in tree.grammar.passive_agents]
    agents += [k for k in tree.children(i, "obl:agent") if k not in agents]
    if not agents:
        below = [k for kid in tree.children(i, "obl", "xcomp", "obj") for k in tree.children(kid, "nmod", "obl")]
        agents = [k for k in below if tree.case(k) in tree.grammar.passive_agents and tree[k].upos in NOMINAL]
    return Filler(agents[0], "agent") if agents else None


# ---------------------------------------------------------------- deep object
def deep_object(tree: Tree, i: int) -> Filler | None:
    """Who or what undergoes: the object of an active verb, the subject of a passive one."""
    if tree.passive(i):
        if tree[i].deprel in ("acl", "amod") and not tree.children(i, "nsubj"):
            return Filler(tree[i].head, "modified")
        return surface_subject(tree, i)
    own = _object_noun(tree, i)
    if own is not None and own != inverted(tree, i):
        return Filler(own, "object")
    if tree[i].deprel == "acl:relcl" and any(tree.forms[k] in _OBJECT_RELATIVES for k in tree.kids[i]):
        return Filler(tree[i].head, "relative")
    if tree[i].deprel.startswith("conj") and tree[tree[i].head].deprel == "acl:relcl" and not tree.children(i, "nsubj"):
        above = tree[i].head
        if any(tree.forms[k] in _OBJECT_RELATIVES for k in tree.kids[above]):
            return Filler(tree[above].head, "relative")  # « qu'il a dirigé et soutenu »
    if tree.infinitive(i):
        for a in tree.ancestors(i):
            # « OpenAI, qu'il a contribué à lancer »: the relative belongs to the infinitive below.
            if tree[a].deprel == "acl:relcl" and any(tree.forms[k] in _OBJECT_RELATIVES for k in tree.kids[a]):
                return Filler(tree[a].head, "relative") if tree[a].head < i else None
            if not tree[a].deprel.startswith(("xcomp", "ccomp")):
                break
    following = _next_nominal(tree, i)
    if following is not None and inverted(tree, i) is None:
        return Filler(following, "next")
    for k in tree.children(i, "xcomp"):
        if tree.lemmas[i] == "faire" or tree.forms[k] in ("faire",):
            return deep_object(tree, k)
    return None


def _object_noun(tree: Tree, i: int) -> int | None:
    for k in tree.children(i, "obj"):
        if not tree.verbal(k) and tree.forms[k] not in _OBJECT_RELATIVES | {"se", "s'"} and k not in tree.temporal:
            return k
    for k in tree.children(i, "obl:arg", "obl:mod", "obl"):
        # « dénoncer des propos »: an indefinite article read as a preposition.
        before = [c for c in tree.kids[k] if c < k and tree[c].deprel.startswith("case")]
        if len(before) == 1 and tree.forms[before[0]] in ("des", "du") and before[0] == min(tree.subtree(k)) and k > i:
            return k
    return None


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
        if token.upos not in ("DET", "ADJ", "ADV", "NUM") or tree.forms[k] in ("de", "d'", "à", "au", "aux", "du"):
            return None
    return None


def dative(tree: Tree, i: int) -> int | None:
    """« à X » or a dative clitic of verb `i`."""
    for k in tree.children(i, "iobj"):
        if tree.forms[k] not in ("se", "s'", "y", "en"):
            return k
    return next((f.token for f in complements(tree, i, "à") if not tree.verbal(f.token)), None)


# ---------------------------------------------------------------- complements
def complements(tree: Tree, i: int, preposition: str) -> list[Filler]:
    """Complements of `i` with a preposition, nearest attachment first; for nouns « de » takes the possessive."""
    found: list[Filler] = []
    noun = not tree.verbal(i) and not tree.participle(i) and not tree.infinitive(i)
    if noun and preposition == "de":
        det = tree.determiner(i)
        if det is not None and tree.forms[det] in ("son", "sa", "ses", "leur", "leurs"):
            found.append(Filler(det, "possessor"))
    for k in range(len(tree)):
        if _attached(tree, k, i) and tree.case(k) == preposition and k not in tree.subtree(i) - tree.subtree(k) - {k}:
            found.append(Filler(k, "complement"))
    if not found and noun:
        found = [Filler(k, "adjacent") for k in _adjacent(tree, i, preposition)]
    if not found and preposition != "de":
        found = [Filler(k, "complement below") for k in _lower(tree, i, noun) if tree.case(k) == preposition]
    return found


def _attached(tree: Tree, k: int, i: int) -> bool:
    token = tree[k]
    if k in tree.temporal:
        return False
    if token.head == k or k == i or tree.attachment(k) != i or token.upos not in NOMINAL:
        return False
    return token.deprel.startswith(("obl", "nmod", "iobj", "dep", "acl", "advcl", "xcomp", "appos", "obj"))


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


# ---------------------------------------------------------------- slots
def fill_slot(tree: Tree, i: int, slot: str, support: int | None = None) -> list[Filler]:
    """Fillers of one slot of trigger `i`, before coordination is expanded; `support` is the light verb of a noun."""
    special: dict[str, Callable[[], Filler | None]] = {
        "subj": lambda: _subject(tree, i, support),
        "obj": lambda: deep_object(tree, i),
        "clause.subj": lambda: _clause_subject(tree, i),
        "clause.subj.de": lambda: _clause_subject_of(tree, i),
        "attr": lambda: _attribute(tree, i),
    }
    if slot in special:
        found = special[slot]()
        return [found] if found else []
    if slot == "dat":
        k = dative(tree, i)
        return [Filler(k, "complement")] if k is not None else []
    if slot == "clause":
        k = clause_of(tree, i)
        return [Filler(k, "clause")] if k is not None else []
    if slot in ("obj.de", "subj.de"):
        base = deep_object(tree, i) if slot == "obj.de" else deep_subject(tree, i)
        return complements(tree, base.token, "de")[:1] if base else []
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


def _clause_subject_of(tree: Tree, i: int) -> Filler | None:
    """« affirmer que la décision de X est absurde »: X."""
    found = _clause_subject(tree, i)
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
