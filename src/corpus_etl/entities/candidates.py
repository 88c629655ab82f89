"""Whom a personal pronoun or a possessive may stand for, and how likely: agreement, prominence, function in the sentence."""

from __future__ import annotations

from functools import cached_property

from corpus_etl.language import Sentence, Token
from corpus_etl.language.quotations import Quotation, find_quotations

from .clauses import clause_subject
from .drafts import Draft, Referent, base, feature
from .gazetteer import normal
from .quotations import quotation_opening
from .salience import agrees, prominence
from .scene import Scene

_KIND_FIT = {
    "person": 1.0,
    "organization": 0.72,
    "place": 0.5,
    "group": 0.8,
    "product": 0.4,
    "other": 0.55,
    None: 0.5,
}
_MAX_STEPS = 12


class Candidates:
    """Finds the candidates for the pronouns of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def _quotations(self) -> list[Quotation]:
        """Quotations of the document in order."""
        return find_quotations(self.scene.document.text)

    def scores(
        self, token: Token, draft: Draft, sentence: Sentence, *, things: bool
    ) -> list[tuple[float, Referent]]:
        """All referents that the pronoun `token` may stand for, with a relative score; without `things` people only."""
        lexicon = self.scene.gazetteer.lexicon
        verb = sentence.tokens[token.head]
        opening = quotation_opening(self.scene.document, self._quotations, token, sentence)
        agentive = opening is not None or (
            base(token.deprel) in ("nsubj", "expl") and verb.lemma in lexicon.strings("agentive_verbs")
        )
        personal = base(token.deprel) == "nsubj" and verb.lemma in lexicon.strings("personal_verbs")
        rivals = self._same_clause(token, sentence) if draft.form == "pronoun" else set()
        # « « X est prêt », dit-il »: the speaker is not among those he speaks of, and was named before he spoke
        index, before = opening or (sentence.index, token.i)
        above = self._governing_subject(token, sentence)
        parallel = self._parallel_object(token, sentence)
        scored = []
        for referent in self.scene.referents:
            if id(referent) in rivals or not agrees(referent, draft.gender, draft.number):
                continue
            if (referent.thing and (agentive or not things)) or (
                personal and referent.kind not in ("person", "other", None)
            ):
                continue
            score = prominence(referent, index, before)
            if score <= 0:
                continue
            if referent is above:
                score *= 1.6  # « X est parti lorsqu'il … »
            if referent is parallel:
                score *= 2.0
            scored.append((_weighed(score, referent, draft), referent))
        return scored

    def _governing_subject(self, token: Token, sentence: Sentence) -> Referent | None:
        """Subject of the clause that governs the one whose subject a pronoun is."""
        verb = sentence.tokens[token.head]
        if base(token.deprel) not in ("nsubj", "expl") or base(verb.deprel) not in (
            "advcl",
            "ccomp",
            "csubj",
            "acl",
        ):
            return None
        subject = clause_subject(verb.head, sentence)
        found = self.scene.at.get((sentence.index, subject)) if subject is not None else None
        return found.referent if found is not None else None

    def _parallel_object(self, token: Token, sentence: Sentence) -> Referent | None:
        """« vendre X et l'intégrer à Y », « il a menacé X, l'accusant de … »: the object of the verb before."""
        verb = sentence.tokens[token.head]
        if base(token.deprel) not in ("obj", "iobj") or base(verb.deprel) not in ("conj", "advcl"):
            return None
        if verb.head >= token.i:
            return None
        for other in sentence.tokens[verb.head : token.i]:
            if other.head == verb.head and base(other.deprel) == "obj" and other.upos != "PRON":
                found = self.scene.at.get((sentence.index, other.i))
                return found.referent if found is not None else None
        return None

    def _same_clause(self, token: Token, sentence: Sentence) -> set[int]:
        """Ids of referents that a plain pronoun cannot stand for: other arguments of its verb."""
        verb = token.head
        subject = base(token.deprel) in ("nsubj", "expl")
        found = self._relative_antecedents(verb, sentence)
        if not subject and feature(sentence.tokens[verb].feats, "VerbForm") != "Fin":
            # « X a menacé Y, l'accusant de … »: the one who accuses is not the one accused.
            understood = clause_subject(token.i, sentence)
            agent = self.scene.at.get((sentence.index, understood)) if understood is not None else None
            if agent is not None and agent.referent is not None:
                found.add(id(agent.referent))
        for other in sentence.tokens:
            draft = None
            if (
                other.head == verb
                and other.i != token.i
                and base(other.deprel) in ("nsubj", "obj", "iobj", "obl")
            ):
                draft = self.scene.standing(other.i, sentence)
            elif subject and other.i > token.i and _governs(verb, other.i, sentence):
                draft = self.scene.pending(other.i, sentence)  # « Il rappelle que X … »: X is another
            if draft is not None and draft.referent is not None:
                found.add(id(draft.referent))
            if not subject and other.head == verb and base(other.deprel) == "nsubj":
                found |= self._borne_by(other, sentence)
        return found

    def _borne_by(self, subject: Token, sentence: Sentence) -> set[int]:
        """« La famille Garnier lui cède ses parts »: nor a name that the subject bears."""
        tokens = sentence.tokens
        bare = [
            t
            for t in tokens
            if t.head == subject.i and base(t.deprel) in ("nmod", "appos", "flat") and t.upos == "PROPN"
        ]
        bare = [t for t in bare if not any(c.head == t.i and base(c.deprel) == "case" for c in tokens)]
        borne = [self.scene.at.get((sentence.index, t.i)) for t in bare]
        return {id(d.referent) for d in borne if d is not None and d.referent is not None}

    def _relative_antecedents(self, verb: int, sentence: Sentence) -> set[int]:
        """« X qu'il a fondé », « X et Y, qui l'ont vu »: ids of whom the relative clause of a verb is about."""
        pronouns = self.scene.gazetteer.lexicon.pronouns
        relatives = [
            t
            for t in sentence.tokens
            if t.head == verb and pronouns.get(normal(t.text).lower(), ("",))[0] == "relative"
        ]
        head = sentence.tokens[verb]
        if base(head.deprel) != "acl" or not relatives:
            return set()
        antecedent = self.scene.standing(head.head, sentence)
        if antecedent is None:
            return set()
        return {id(r) for r in (antecedent.referent, *antecedent.several) if r is not None}


def _weighed(score: float, referent: Referent, draft: Draft) -> float:
    """A score with what kind and gender of the referent make of it."""
    score *= 0.5 if referent.thing else _KIND_FIT.get(referent.kind, 0.5)
    if referent.gender and draft.gender and referent.gender != draft.gender:
        score *= 0.7  # « Apple … il »
    elif not referent.gender and draft.gender:
        score *= 0.8 if referent.kind == "person" else 1.0 if draft.gender == "f" else 0.85
    return score


def _governs(verb: int, i: int, sentence: Sentence) -> bool:
    tokens = sentence.tokens
    for _ in range(_MAX_STEPS):
        if i == verb:
            return True
        if tokens[i].head == i:
            return False
        i = tokens[i].head
    return False
