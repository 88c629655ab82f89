"""Who acts: the subject of a verb through voice, control, relatives, coordination, participles and inversion."""

from __future__ import annotations

from .complements import Filler, clause_of, complements, dative, object_noun
from .syntax import NOMINAL, Tree, agree
from .tokens import base

_OPENING = frozenset({"«", "“", '"'})
_CLOSING = frozenset({"»", "”", '"'})


def surface_subject(tree: Tree, i: int, depth: int = 0) -> Filler | None:
    """Grammatical subject of verb `i`, also where it is understood."""
    if depth > 6:
        return None
    token = tree[i]
    seeing = tree.beheld(i)
    if seeing is not None and seeing == token.head:
        return surface_subject(tree, seeing, depth + 1)
    own = [k for k in tree.children(i, "nsubj") if tree[k].deprel != "nsubj:outer" and k not in tree.temporal]
    if len(own) > 1 and _reports(tree, i):
        # « « Escroc », a répliqué ce dernier »: what is quoted does not speak.
        own = [k for k in own if not _quoted(tree, k, i)] or own
    if len(own) > 1:
        # « PARIS - Les députés ont voté »: the one next to the verb.
        own = [k for k in own if k < i][-1:] or own[:1]
    if own and tree.gerund(i) and own[0] > 0 and tree[own[0] - 1].upos == "CCONJ":
        # « contre X et Y affirmant que … »: the parser took a coordinated name for the subject.
        own = []
    speaker = _person_after(tree, i) if own and _reports(tree, i) else None
    if speaker is not None:
        return Filler(speaker, "inverted")
    if own:
        return _relative(tree, own[0], i) or Filler(own[0], "subject")
    after = inverted(tree, i)
    if after is not None:
        return Filler(after, "inverted")
    if token.deprel == "acl:relcl" and any(tree.forms[k] in tree.grammar.words["bare_subject_relatives"] for k in tree.kids[i]):
        return Filler(token.head, "relative")
    if token.head == i:
        return None
    head = token.head
    if token.deprel in ("fixed", "aux:caus", "aux"):
        return surface_subject(tree, head, depth + 1)
    if token.deprel.startswith("conj"):
        return _coordinated(tree, i, depth)
    if token.deprel == "acl" or (token.deprel == "amod" and tree.participle(i)):
        above = tree.governor(head)
        if tree.gerund(i) and i > 0 and tree.forms[i - 1] == "," and above is not None and above < i:
            # « ont ouvert le feu sur une voiture, tuant ses occupants »: who fired, not the car
            found = surface_subject(tree, above, depth + 1)
            if found is not None:
                return Filler(found.token, "control", found.other)
        if tree.participle(i) or tree.gerund(i):
            return Filler(head, "modified")
        verb = tree[head].head
        if tree[head].deprel.startswith("obj") and tree.lemmas[verb] in tree.grammar.verb_classes.get("object_control", ()):
            return Filler(head, "control")
        return _noun_holder(tree, head, depth)
    if tree.infinitive(i) or tree.gerund(i) or tree.participle(i):
        return _understood(tree, i, depth) or (_main_subject(tree, i) if not depth and not _unsaid(tree, i) else None)
    return None


def _reports(tree: Tree, i: int) -> bool:
    return tree.lemmas[i] in tree.grammar.verb_classes.get("reporting", ()) or after_quotation(tree, i)


def after_quotation(tree: Tree, i: int) -> bool:
    """A finite verb right behind a closed quotation: « …, s'étrangle la déléguée », whatever the verb; not one that only leads to
    the verb of saying (« peut-on lire »)."""
    if not tree.finite(i) or any(tree.infinitive(k) for k in tree.children(i, "xcomp")):
        return False
    first = i
    while first > 0 and tree[first - 1].upos in ("AUX", "PRON", "ADV"):
        first -= 1
    k = first - 2 if first > 1 and tree.forms[first - 1] == "," else first - 1
    if k <= 0 or tree.forms[k] not in _CLOSING:
        return False
    closes = tree.forms[k] not in _OPENING or tree.forms[k] in tree.forms[:k]  # plain quotation marks open, too
    return closes and not _goes_on(tree, k, first, i)


def _goes_on(tree: Tree, closing: int, first: int, i: int) -> bool:
    """The words behind the mark go on with what it quotes: « "réseau", qui figurait », « les « vautes » sont des beignets »."""
    if any(tree.feature(k, "PronType") == "Rel" for k in range(first, i)):
        return True
    opened = next((k for k in range(closing - 1, -1, -1) if tree.forms[k] in _OPENING), None)
    if opened is None:
        return False
    subject = next(iter(tree.children(i, "nsubj")), None)
    return (opened > 0 and closing - opened <= 4) or (subject is not None and subject < opened)


def _quoted(tree: Tree, k: int, verb: int) -> bool:
    """A quotation that closes before the verb begins with `k`."""
    return k > 0 and tree.forms[k - 1] in ("«", '"', "“") and any(f in ("»", '"', "”") for f in tree.forms[k + 1 : verb])


def _main_subject(tree: Tree, i: int) -> Filler | None:
    """Subject of the main clause, for gerunds and infinitives that the parser left without a controller."""
    root = next((t.i for t in tree.sentence.tokens if t.head == t.i), i)
    subjects = tree.children(root, "nsubj")
    if tree.participle(root) and not subjects:
        # « Venu faire ses adieux, le général l'a rappelé »: the participle that opens the sentence was made its head.
        subjects = [s for k in tree.children(root, "parataxis", "conj") if k > root for s in tree.children(k, "nsubj")][:1]
        return Filler(subjects[0], "main subject") if subjects and root in (i, tree[i].head) else None
    if root == i or not subjects or tree.participle(i) or subjects[0] > i:
        return None
    return Filler(subjects[0], "main subject")


def _relative(tree: Tree, pronoun: int, verb: int) -> Filler | None:
    if tree.forms[pronoun] not in tree.grammar.words["subject_relatives"]:
        return None
    clause = next((a for a in (verb, *tree.ancestors(verb)) if tree[a].deprel == "acl:relcl"), None)
    above = tree[verb].head
    if clause is not None:
        before: int | None = tree[clause].head
    elif tree[verb].deprel.startswith("conj") and above < pronoun and tree[above].upos in ("NOUN", "PROPN"):
        before = above  # « Elon Musk, parti en 2018 et qui a lancé une société »
    else:
        before = _noun_before(tree, pronoun)
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
    clitic = [k for k in clitic if tree.forms[k].lstrip("-") in tree.grammar.words["inverted_pronouns"]]
    if clitic:
        return clitic[-1]
    if not _reports(tree, i) or not tree.finite(i):
        return None
    if any(k < i and k not in tree.temporal for k in tree.children(i, "nsubj")):
        return None
    first = min([i, *tree.children(i, "aux", "expl", "iobj")])
    said = clause_of(tree, i)
    unmarked = _person_after(tree, i)
    if unmarked is not None:
        return unmarked
    if first == 0 or tree[first - 1].upos != "PUNCT" or (said is not None and (tree.verbal(said) or tree.infinitive(said))):
        return None
    for k in range(i + 1, min(len(tree), i + 10)):
        token = tree[k]
        if token.upos == "PUNCT":
            return None
        if token.upos in ("NOUN", "PROPN", "PRON") and k not in tree.temporal:
            part = token.deprel.startswith("flat") or (token.deprel.startswith("nmod") and token.head > k)
            head = token.head if part else k
            if not tree.case(head) and not tree.case(k):
                return head
    return None


def _person_after(tree: Tree, i: int) -> int | None:
    """« … de travaux confirme André Kaufmann, adjoint au maire »: a name right after a verb of saying that reports what stands
    before it, without a comma."""
    if tree[i].deprel not in ("ccomp", "parataxis") or tree[i].head > i or tree.children(i, "mark", "iobj"):
        return None
    if not tree.finite(i) or any(k > tree[i].head for k in tree.children(i, "nsubj")):
        return None  # a subject of its own; the parser may have given it that of the clause before
    k = i + 1
    if k + 1 >= len(tree) or i < 3 or tree[k].upos != "PROPN" or base(tree[k]) not in ("obj", "nsubj", "obl"):
        return None
    end = k
    while end + 1 < len(tree) and tree[end + 1].upos == "PROPN":
        end += 1
    closed = end + 1 < len(tree) and tree.forms[end + 1] in (",", ".", ":", "(")
    return k if end > k and closed else None


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
    decision = _decision(tree, i)
    if decision is not None:
        return _noun_holder(tree, decision, depth)
    classes = tree.grammar.verb_classes
    complement = tree[i].deprel in ("xcomp", "ccomp") or tree[i].deprel.startswith(("obl:arg", "advcl"))
    if tree.infinitive(i) and complement and tree.lemmas[head] in classes.get("object_control", ()):
        marker = next((tree.forms[k] for k in tree.kids[i] if k < i and tree[k].upos == "ADP"), "")
        # « condamné pour avoir volé » is about the person condemned, « appelé pour voler » is not.
        words = tree.grammar.words
        if marker not in words["not_by_object"] or (marker in words["done_marks"] and tree.children(i, "aux")):
            if tree.passive(head):
                found = surface_subject(tree, head, depth + 1)
                return Filler(found.token, "control", found.other) if found else None
            addressee = dative(tree, head) or object_noun(tree, head)
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
    if tree.gerund(i) and found is not None and tree.forms[found.token] in tree.grammar.words["neutral_pronouns"]:
        # « C'est par ces mots que X répond, révélant … »: the subject of the verb before.
        verbs = [k for k in range(i) if tree[k].upos == "VERB" and tree.finite(k) and k != head]
        found = (surface_subject(tree, verbs[-1], depth + 1) if verbs else None) or found
    if tree.participle(i) and found is not None and found.token < head < i and not agree(tree[found.token], tree[i]):
        # « La cour a acquitté X, jugé pour meurtre »: the object, where the subject does not agree
        other = object_noun(tree, head)
        if other is not None and head < other < i and agree(tree[other], tree[i]):
            return Filler(other, "control")
    return Filler(found.token, "control", found.other) if found else None


def _decision(tree: Tree, i: int) -> int | None:
    """« la décision du TPI d'inculper X »: the noun that the infinitive belongs to, where the parser hung it on the verb above."""
    marks = [k for k in tree.kids[i] if k < i and tree.forms[k] in tree.grammar.words["deciding_marks"]]
    if not tree.infinitive(i) or not marks:
        return None
    for k in range(marks[0] - 1, max(-1, marks[0] - 7), -1):
        if tree[k].upos in ("VERB", "AUX", "SCONJ", "PUNCT"):
            return None
        if tree[k].upos == "NOUN" and tree.lemmas[k] in tree.grammar.verb_classes.get("holder_nouns", ()):
            return k if k < marks[0] - 1 else None
    return None


def _unsaid(tree: Tree, i: int) -> bool:
    """The infinitive depends on a verb whose addressee does it and is not named."""
    return tree.lemmas[tree[i].head] in tree.grammar.verb_classes.get("addressed", ())


def _attempt(tree: Tree, i: int) -> int | None:
    """« il a tenté, en vain, de partir », where the parser hung the infinitive elsewhere: the verb of trying."""
    if not tree.infinitive(i) or not any(tree.forms[k] in tree.grammar.words["trying_marks"] for k in tree.kids[i] if k < i):
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


def agents_of(tree: Tree, i: int) -> list[int]:
    """Complements of a passive verb or participle that say who acts: « par [X] »."""
    return [k for k in tree.children(i, "obl", "nmod") if tree.case(k) in tree.grammar.passive_agents]


def deep_subject(tree: Tree, i: int) -> Filler | None:
    """Who acts: the subject of an active verb, the agent of a passive one."""
    if not tree.passive(i):
        return surface_subject(tree, i)
    agents = agents_of(tree, i)
    if not agents:
        # « a été pris à partie et agressé par X »: one agent for both participles.
        joined = [k for k in tree.children(i, "conj") if tree.participle(k) and not tree.children(k, "nsubj", "aux")]
        agents = [a for k in joined for a in agents_of(tree, k)]
    agents += [k for k in tree.children(i, "obl:agent") if k not in agents and tree.case(k) not in tree.grammar.aimed]
    if not agents:
        below = [k for kid in tree.children(i, "obl", "xcomp", "obj") for k in tree.children(kid, "nmod", "obl")]
        agents = [k for k in below if tree.case(k) in tree.grammar.passive_agents and tree[k].upos in NOMINAL]
    return Filler(agents[0], "agent") if agents else None
