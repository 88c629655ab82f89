"""Corrections of coordinations that the parser hung too low: « A, cuisinier en Écosse, et B ont été unis »."""

from __future__ import annotations

from dataclasses import replace

from corpus_etl.language import Token

from .grammar import Grammar
from .tokens import base
from .words import fold


def repair_coordination(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """The tokens with conjuncts joined to what they are coordinated with."""
    tokens = _coordinated_complements(tokens)
    tokens = _lost_subject(tokens)
    tokens = _gapped(tokens)
    tokens = _further_subject(tokens)
    tokens = _joined_subjects(tokens)
    tokens = _apposed(tokens)
    tokens = _object_before_its_verb(tokens, grammar)
    return _object_behind_aside(tokens, grammar)


def _coordinated_complements(tokens: list[Token]) -> list[Token]:
    """« par A ainsi que par B »: a complement hung on the verb as its conjunct goes to the one with its preposition."""
    for token in tokens:
        if token.deprel != "conj" or token.upos not in ("NOUN", "PROPN") or tokens[token.head].upos != "VERB":
            continue
        own = _preposition(tokens, token.i)
        first = [
            t.i for t in tokens if t.head == token.head and t.i < token.i and t.deprel.startswith("obl") and _preposition(tokens, t.i) == own
        ]
        if own and first:
            tokens = [*tokens[: token.i], replace(token, head=first[-1]), *tokens[token.i + 1 :]]
    return tokens


def _lost_subject(tokens: list[Token]) -> list[Token]:
    """« Sollicités par A, B et C n'ont pas répondu »: what follows the comma behind a fronted participle is the subject of
    the verb that has none, not a conjunct or an apposition of the agent."""
    for clause in tokens:
        verb = tokens[clause.head]
        if clause.deprel != "advcl" or "VerbForm=Part" not in clause.feats or not clause.i < verb.i or verb.upos != "VERB":
            continue
        if any(t.head == verb.i and t.deprel.startswith(("nsubj", "expl:subj", "csubj")) for t in tokens):
            continue
        agents = [t for t in tokens if t.head == clause.i and t.deprel.startswith("obl") and t.i > clause.i]
        joined = [t for t in tokens for a in agents if t.head == a.i and t.deprel in ("conj", "appos") and t.i < verb.i]
        if not joined or not any(t.text == "," and t.head == joined[0].i for t in tokens[: joined[0].i]):
            continue
        first = joined[0].i
        changed = {t.i: replace(t, head=first) for t in joined[1:]}
        passive = any(t.head == verb.i and t.deprel == "aux:pass" for t in tokens)
        changed[first] = replace(joined[0], head=verb.i, deprel="nsubj:pass" if passive else "nsubj")
        tokens = [changed.get(t.i, t) for t in tokens]
    return tokens


def _gapped(tokens: list[Token]) -> list[Token]:
    """« la nomination de A pour X et B pour Y »: a name without preposition, followed by the preposition of what it was joined
    to, goes with the name before that."""
    for token in tokens:
        above = tokens[token.head]
        if token.deprel != "conj" or token.upos != "PROPN" or above.i >= token.i or _case(tokens, token.i) is not None:
            continue
        case, later = _case(tokens, above.i), _case_behind(tokens, token.i)
        if case is None or later is None or fold(case.lemma) != fold(later.lemma) or case.i == 0:
            continue
        name = head_of_name(tokens, case.i - 1)
        if name.upos == "PROPN" and name.i < above.i and name.i != token.head:
            tokens = _moved(tokens, token.i, name.i)
    return tokens


def _further_subject(tokens: list[Token]) -> list[Token]:
    """« A, chef cuisinier en Écosse, et B ont été unis »: the verb is plural and its subject, a name, is not: a name
    coordinated below is the second subject."""
    for subject in tokens:
        verb = tokens[subject.head]
        if not subject.deprel.startswith("nsubj") or subject.upos != "PROPN" or not subject.i < verb.i or not _plural(tokens, verb):
            continue
        if any(t.head == subject.i and t.deprel == "conj" for t in tokens):
            continue
        below = [t for t in tokens[subject.i + 1 : verb.i] if t.deprel == "conj" and t.upos == "PROPN" and t.head != subject.i]
        joined = [t for t in below if hangs_on(tokens, t.i, subject.i) and any(c.head == t.i and c.deprel == "cc" for c in tokens)]
        if len(joined) == 1 and joined[0].i != verb.i - 1:
            tokens = _moved(tokens, joined[0].i, subject.i)
    return tokens


def _joined_subjects(tokens: list[Token]) -> list[Token]:
    """« Le chauffeur, âgé de 52 ans, et quatre élèves ont été blessés »: two subjects before one verb, the second behind « et »."""
    for second in tokens:
        verb = tokens[second.head]
        if not second.deprel.startswith("nsubj") or second.upos not in ("NOUN", "PROPN") or not second.i < verb.i:
            continue
        first = next((t for t in tokens[: second.i] if t.head == verb.i and t.deprel == second.deprel and t.upos in ("NOUN", "PROPN")), None)
        opening = min([second.i, *(t.i for t in tokens if t.head == second.i and base(t) in ("det", "nummod", "amod"))])
        if first is None or opening == 0 or tokens[opening - 1].upos != "CCONJ":
            continue
        tokens = _moved(tokens, second.i, first.i, "conj")
        tokens = _moved(tokens, opening - 1, second.i, "cc")
    return tokens


def _apposed(tokens: list[Token]) -> list[Token]:
    """« avec A, secrétaire à l'armée et habitante de la ville »: a noun without article behind another one says more of the name."""
    for token in tokens:
        if token.deprel != "conj" or token.upos != "NOUN" or tokens[token.head].upos != "PROPN":
            continue
        if _introduced(tokens, token.i) or _case(tokens, token.i) is not None or "Number=Plur" in token.feats:
            continue
        before = [t for t in tokens if t.head == token.head and t.deprel == "appos" and token.head < t.i < token.i]
        if before and before[-1].upos == "NOUN" and not _introduced(tokens, before[-1].i):
            tokens = _moved(tokens, token.i, before[-1].i)
    return tokens


def _object_before_its_verb(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """« rejette « le fatalisme », n'hésitant pas à … »: no noun is the object of a verb behind it; it is that of the verb right
    before."""
    for token in tokens:
        if token.deprel != "obj" or token.upos not in ("NOUN", "PROPN") or token.head < token.i:
            continue
        k = token.i - 1
        while k >= 0 and (tokens[k].upos in ("DET", "ADJ", "NUM") or tokens[k].text in ("«", "“", '"')):
            k -= 1
        verb = tokens[k] if k >= 0 else None
        if verb is None or verb.upos != "VERB" or verb.i == token.head or any(t.head == verb.i and t.deprel.startswith("obj") for t in tokens):
            continue
        if "VerbForm=Fin" in verb.feats or any(t.head == verb.i and t.deprel == "aux:tense" and t.lemma == grammar.tense_auxiliary for t in tokens):
            tokens = _moved(tokens, token.i, verb.i)
    return tokens


def _object_behind_aside(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """« a détruit, au niveau du sous-sol, les locaux et le matériel »: a noun phrase behind an aside, joined to it by nothing
    but its comma, is the object of a verb that has none."""
    for token in tokens:
        if token.deprel != "conj" or token.upos != "NOUN" or _case(tokens, token.i) is not None or not _introduced(tokens, token.i):
            continue
        top = tokens[token.head]
        if _case(tokens, top.i) is None or any(t.head == token.i and t.deprel == "cc" for t in tokens):
            continue
        while top.deprel.startswith("nmod") and top.head < top.i:
            top = tokens[top.head]
        verb, start = tokens[top.head], _case(tokens, top.i)
        if verb.upos != "VERB" or verb.i > top.i or not top.deprel.startswith("obl") or start is None or start.i == 0 or tokens[start.i - 1].text != ",":
            continue
        own = [t for t in tokens if t.head == verb.i]
        if any(base(t) in ("obj", "ccomp", "xcomp", "expl") or t.deprel == "aux:pass" for t in own):
            continue
        if any(t.deprel == "aux:tense" and t.lemma == grammar.tense_auxiliary for t in own) or "VerbForm=Fin" in verb.feats:
            tokens = _moved(tokens, token.i, verb.i, "obj")
    return tokens


def _case(tokens: list[Token], i: int) -> Token | None:
    """The preposition of a token."""
    return next((t for t in tokens[:i] if t.head == i and t.deprel == "case"), None)


def _preposition(tokens: list[Token], i: int) -> str:
    case = _case(tokens, i)
    return fold(case.text) if case is not None else ""


def _case_behind(tokens: list[Token], i: int) -> Token | None:
    """The preposition right behind the name that begins at a token."""
    k = i + 1
    while k < len(tokens) and tokens[k].upos == "PROPN" and tokens[k].head == i:
        k += 1
    return tokens[k] if k < len(tokens) and tokens[k].upos == "ADP" else None


def head_of_name(tokens: list[Token], i: int) -> Token:
    """The first word of the name that a token goes on with, or the token itself."""
    token = tokens[i]
    while token.deprel.startswith("flat") and token.head < token.i:
        token = tokens[token.head]
    return token


def _introduced(tokens: list[Token], i: int) -> bool:
    return any(t.head == i and t.upos in ("DET", "NUM") for t in tokens[:i])


def _plural(tokens: list[Token], verb: Token) -> bool:
    """The finite verb, or its first auxiliary, is plural."""
    aux = next((t for t in tokens if t.head == verb.i and t.deprel.startswith("aux")), verb)
    return "VerbForm=Fin" in aux.feats and "Number=Plur" in aux.feats


def hangs_on(tokens: list[Token], i: int, top: int) -> bool:
    """Token `i` is token `top` or hangs, by whatever way, on it; a walk that leads in a circle counts, too."""
    for _ in range(len(tokens) + 1):
        if i == top:
            return True
        if tokens[i].head == i:
            return False
        i = tokens[i].head
    return True


def _moved(tokens: list[Token], i: int, head: int, relation: str | None = None) -> list[Token]:
    return [*tokens[:i], replace(tokens[i], head=head, deprel=relation or tokens[i].deprel), *tokens[i + 1 :]]
