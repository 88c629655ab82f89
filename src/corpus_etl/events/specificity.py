"""Does a candidate report one happening? Furniture of the page, questions, general statements and bare nouns do not."""

from __future__ import annotations

import re
from functools import cache

from .complements import Filler, clause_of
from .lexicon import Lexicon
from .participants import Roles
from .referents import is_quantity
from .scene import Scene
from .subjects import after_quotation, deep_subject
from .triggers import Candidate

_INVERTED = re.compile("^-(t-)?")
_ENDS = (".", "!", "…", "»", '"', "”", ":", ";", "?", ")")


@cache
def _furniture(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(patterns) + ")", re.IGNORECASE)


def furniture(lexicon: Lexicon, sentence: str) -> bool:
    """A sentence that belongs to the page, not to the article."""
    patterns = tuple(lexicon.notes.get("boilerplate") or ())
    return bool(patterns) and _furniture(patterns).match(sentence.replace("’", "'")) is not None


def question(sentence: str) -> bool:
    """A question of the narrator."""
    return sentence.rstrip().endswith("?") and "«" not in sentence


def heading(scene: Scene) -> bool:
    """A line without a closing stop, or a short one without a verb (« Un mort dans un accident. »): articles are left out in
    headings."""
    if not scene.text.rstrip().endswith(_ENDS):
        return True
    tree = scene.tree
    return len(tree) <= 15 and not any(tree.finite(k) or tree.infinitive(k) for k in range(len(tree)))


def unspecific(scene: Scene, candidate: Candidate, roles: Roles, dated: bool, counted: bool) -> str | None:
    """Why a candidate reports nothing specific, or null. `dated`, `counted`: its clause has a date, an amount."""
    if _polled(scene, candidate):
        return "an opinion poll"
    if candidate.entry.kind != "verb" and not candidate.own_support:
        return _bare_noun(scene, candidate, roles, dated or counted)
    return _predicate(scene, candidate, roles, dated or counted)


def _polled(scene: Scene, candidate: Candidate) -> bool:
    """« 58 % se disent sceptiques », « les réponses de 408 sondés »: what a poll counts is nobody's utterance."""
    if not candidate.entry.group.event_type.startswith("communication."):
        return False
    tree, polled = scene.tree, _words(scene, "polled")
    if candidate.entry.kind != "verb":
        return any(tree.lemmas[k] in polled for k in tree.subtree(candidate.head))
    subject = deep_subject(tree, candidate.anchor)
    if subject is None:
        return False
    below = tree.subtree(subject.token)
    share = tree.tense(candidate.anchor) != "past" and any(tree.forms[k] == "%" and abs(k - subject.token) <= 6 for k in below)
    return share or any(tree.lemmas[k] in polled for k in below)


def _words(scene: Scene, name: str) -> frozenset[str]:
    return scene.lexicon.cues[name]


def _bare_noun(scene: Scene, candidate: Candidate, roles: Roles, anchored: bool) -> str | None:
    tree, i = scene.tree, candidate.head
    det = tree.determiner(i)
    form = tree.forms[det] if det is not None else ""
    plural = _plural(scene, i)
    case = tree.case(i)
    parent = tree[i].head
    somebody = bool(roles.of("actor") or roles.of("recipient"))
    named = any(p.entity for p in roles.participants)
    words = scene.lexicon.words
    if not form and case in words["genitive"] and parent != i and is_quantity(scene, parent) and tree.determiner(parent) is not None:
        return None  # « une trentaine d'arrestations »
    if not form:
        before = tree.forms[i - 1] if i > 0 else ""
        if before in words["contracted_articles"]:
            form = before
        elif before.isdigit() or (i > 0 and tree[i - 1].upos == "NUM"):
            return None if somebody or before.isdigit() or plural else "a number without participant"
    if form in words["generic_determiners"] and form not in words["negative_determiners"]:
        return f"« {form} » makes it general"
    if any(tree.forms[k] in _words(scene, "until") for k in tree.children(i, "case")):
        return "« jusqu'à »: only bounds a time"
    if form in words["singular_articles"] and tree[i].deprel.startswith("nsubj") and tree.lemmas[parent] in _words(scene, "likelihood"):
        return f"only « {tree.forms[parent]} »"
    if not form and parent != i and case in words["before_potential"] and tree.lemmas[parent] in _words(scene, "potential_nouns"):
        return f"only « {tree.forms[parent]} »"
    if not form:
        if case in words["before_bare_nouns"] or tree[i].upos == "ADJ":
            return "noun without determiner"
        if not (heading(scene) or i == 0 or (somebody and not case) or tree[i].deprel.startswith(("conj", "appos", "root"))):
            return "noun without determiner"
        if not (somebody or anchored or (i == 0 and tree.children(i, "nmod", "obl"))):
            return "noun without determiner or participant"
        return None
    if candidate.support_kind or _told(scene, candidate, i):
        return None
    if form in words["indefinite_articles"] and not (named or anchored):
        return "indefinite noun without named participant, date or amount"
    if plural and not (named or anchored) and form not in words["possessives"]:
        return "plural noun without named participant, date or amount"
    return None


def _plural(scene: Scene, i: int) -> bool:
    tree = scene.tree
    return tree.feature(i, "Number") == "Plur" or (tree.forms[i].endswith("s") and tree.lemmas[i] != tree.forms[i])


def _told(scene: Scene, candidate: Candidate, i: int) -> bool:
    """The noun is subject or object of a verb in a past tense (« un attentat a fait dix morts »), or a misfortune in or by which
    something happened (« tués dans une attaque »)."""
    tree = scene.tree
    verb = tree.governor(i)
    if verb is None or tree[i].head != verb:
        return False
    if tree.passive(verb) and tree.case(i) in tree.grammar.passive_agents and tree.finite(verb) and not _plural(scene, i):
        return True  # « il est visé par une enquête »
    if tree.tense(verb) != "past":
        return False
    if tree[i].deprel.startswith(("nsubj", "obj")):
        return tree.finite(verb)
    harmful = candidate.entry.group.event_type.startswith(("disaster.", "conflict.", "life."))
    return harmful and tree.case(i) in _words(scene, "told_in") and (tree.finite(verb) or tree.participle(verb))


def _predicate(scene: Scene, candidate: Candidate, roles: Roles, anchored: bool) -> str | None:
    tree, i = scene.tree, candidate.anchor
    while tree.infinitive(i) and tree[i].deprel.startswith("xcomp") and tree.lemmas[tree[i].head] in _words(scene, "auxiliaries"):
        i = tree[i].head
    if tree.gerund(i) and (candidate.entry.group.event_type in _words(scene, "no_gerunds") or _ground(scene, i)):
        return "a reason, told in a gerund"
    if tree.participle(i) and tree[i].deprel in ("amod", "acl") and _in_title(scene, i):
        return "part of a title"
    if tree.participle(i) and tree.lemmas[i] in _words(scene, "alerting") and clause_of(tree, i) is None:
        return "told somebody, not what"
    if tree.infinitive(i) and candidate.entry.group.event_type in _words(scene, "unintended") and _purpose(scene, i):
        return "nobody means an accident to happen"
    spoken = candidate.entry.group.event_type.startswith("communication.")
    if spoken and i > 1 and tree.feature(i, "VerbForm") == "Inf" and tree.forms[i - 1] == "à" and tree.lemmas[i - 2] == tree.grammar.copula:
        return "« il est à noter »: nobody says it"
    subject = deep_subject(tree, i)
    if subject is not None:
        form = _INVERTED.sub("", tree.forms[subject.token])  # « a-t-on annoncé »
        if form in _words(scene, "addressed"):
            return "speaks to the reader"
        if form in _words(scene, "impersonal"):
            return f"general subject « {form} »"
        if form in _words(scene, "performing") and candidate.entry.group.event_type == "communication.statement" and tree.tense(i) != "past" and not after_quotation(tree, i):
            return "« je vous réponds »: part of what is said"
    named = any(p.entity for p in roles.participants)
    if named or anchored:
        adverb = next((tree.forms[k] for k in tree.children(i, "advmod") if tree.forms[k] in _words(scene, "generic_adverbs")), None)
        if adverb and tree.tense(i) != "past" and tree.finite(i):
            return f"« {adverb} »: a habit"
        return None
    if tree[i].upos == "ADJ" and tree[i].deprel == "amod" and candidate.entry.group.event_type == "communication.statement":
        return "an adjective"
    if tree.participle(i) and tree[i].deprel in ("acl", "amod"):
        return None if roles.participants or _names_something(scene, roles) else "participle without participant"
    if tree.infinitive(i) or tree.gerund(i):
        told = _narrated(scene, i) or (bool(roles.participants) and _definite(scene, roles) and scene.tree.governor(i) is not None)
        return None if told else "infinitive or gerund without named participant"
    if tree.tense(i) == "past" or heading(scene):
        past = bool(roles.participants) or roles.theme is not None or subject is not None or bool(roles.unresolved or tree.children(i, "nsubj"))
        return None if past or candidate.length > 1 else "no participant"
    if tree.feature(i, "Tense") in ("Fut", "Cnd") or any(tree.feature(k, "Tense") == "Fut" for k in tree.children(i, "aux")):
        return None if roles.participants or _names_something(scene, roles) else "future without participant"
    if after_quotation(tree, i) or _speaks(scene, candidate, i, roles) or (roles.participants and candidate.length > 1):
        return None
    if _names_something(scene, roles):
        return None
    if roles.participants and (_definite(scene, roles) or _somebody_does(scene, i, subject, roles)):
        return None
    return "present without named participant, date or amount"


def _in_title(scene: Scene, i: int) -> bool:
    """« le président élu Donald X », « le ministre désigné Y »: a participle between an office and a name tells of no new event."""
    tree = scene.tree
    return tree[i].head == i - 1 and i + 1 < len(tree) and tree[i + 1].upos == "PROPN" and tree[i - 1].upos == "NOUN"


def _ground(scene: Scene, i: int) -> bool:
    """« Considérant que les faits étaient établis, le tribunal a condamné »: why a court decides, before its verb."""
    tree = scene.tree
    verb = tree[i].head
    ruling = any(tree.lemmas[k] in _words(scene, "ruling_bodies") for k in tree.children(verb, "nsubj"))
    return ruling and i < verb and tree[i].deprel.startswith("advcl") and tree.lemmas[i] in _words(scene, "grounds")


def _purpose(scene: Scene, i: int) -> bool:
    """« pour les faire s'écraser »: the infinitive, or the one that governs it, says what is aimed at."""
    tree = scene.tree
    marks = {tree.forms[m] for k in (i, tree[i].head) if tree.infinitive(k) for m in tree.kids[k] if m < k}
    return not marks.isdisjoint(_words(scene, "purposes"))


def _somebody_does(scene: Scene, i: int, subject: Filler | None, roles: Roles) -> bool:
    """« Un collectif réclame la démission du préfet », « plusieurs joueuses accusent … »: how news begin; not what somebody does
    whenever, or may do."""
    tree = scene.tree
    if subject is None or subject.token > i or not tree.finite(i) or tree.lemmas[subject.token] in _words(scene, "inanimate"):
        return False
    if subject.token not in {p.token for p in roles.participants} | set(roles.things.values()):
        return False
    if not tree[i].deprel.startswith(("root", "conj", "parataxis")) or _whenever(scene, i):
        return False
    det = tree.determiner(subject.token)
    form = tree.forms[det] if det is not None else ""
    words = scene.lexicon.words
    if form in words["possessives"] | words["demonstratives"]:
        return True
    if form and tree.is_plural(subject.token):
        return form in words["indefinite"] or form not in words["definite"] | words["generic_determiners"]
    return form in words["indefinite"] and _settled_object(scene, i)


def _whenever(scene: Scene, i: int) -> bool:
    """The clause is a possibility, or holds on a condition or as a habit."""
    tree, words = scene.tree, scene.lexicon.words
    if tree.lemmas[i] in _words(scene, "modals"):
        return True
    habits = _words(scene, "generic_adverbs") | words["generic_determiners"]
    marks = _words(scene, "conditional_marks")
    return any(f in habits or (f in marks and tree[k].upos == "SCONJ") for k, f in enumerate(tree.forms))


def _settled_object(scene: Scene, i: int) -> bool:
    """The verb has a clause or an object that is no « des … »: « un forcené abat sa femme »."""
    tree = scene.tree
    said = [k for k in tree.children(i, "ccomp", "xcomp") if k > i]
    objects = [k for k in tree.children(i, "obj") if k > i and tree.determiner(k) is not None]
    return bool(said) or any(tree.forms[tree.determiner(k) or 0] not in scene.lexicon.words["indefinite"] for k in objects)


def _names_something(scene: Scene, roles: Roles) -> bool:
    """A filler that is no known participant is, or holds, a name or a number."""
    tree = scene.tree
    fillers = [*roles.things.values(), *([roles.theme] if roles.theme is not None else [])]
    return any(tree[t].upos == "PROPN" or any(tree[k].upos in ("NUM", "PROPN") for k in tree.kids[t]) for t in fillers)


def _speaks(scene: Scene, candidate: Candidate, i: int, roles: Roles) -> bool:
    """« il estime que … », « elle brigue un mandat »: what one person says or does in the present, whoever it is."""
    tree = scene.tree
    subject = deep_subject(tree, i)
    if subject is None or not roles.unresolved:
        return False
    return tree.feature(subject.token, "PronType") == "Prs" and tree.feature(subject.token, "Number") == "Sing"


def _narrated(scene: Scene, i: int) -> bool:
    """The verb above is in a past tense: « ils ont décidé de fermer »."""
    verb = scene.tree.governor(i)
    return verb is not None and scene.tree.tense(verb) == "past"


def _definite(scene: Scene, roles: Roles) -> bool:
    """Some participant is definite, or resolved: present tense may narrate."""
    tree = scene.tree
    for participant in roles.participants:
        if tree[participant.token].upos == "PRON" or any(c.isupper() for c in participant.text[1:]):
            return True
        if any(tree[k].upos == "NUM" for k in tree.kids[participant.token]):
            return True
        det = tree.determiner(participant.token)
        form = tree.forms[det] if det is not None else ""
        if form in scene.lexicon.words["definite"]:
            return True
    return False
