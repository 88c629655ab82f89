"""Possessives, and whose what they stand with is: « sa plainte », « leurs parts »."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .candidates import Candidates
from .clauses import clause_subject
from .drafts import Draft, Referent, base, draft_of
from .gazetteer import normal
from .salience import best
from .scene import Scene

_MARGIN, _FLOOR = 1.25, 0.15
"""By how much the likeliest owner leads the second, and the least score it has."""


class Possessives:
    """Resolves the possessives of a scene."""

    def __init__(self, scene: Scene, candidates: Candidates) -> None:
        self.scene = scene
        self.candidates = candidates

    def resolve(self, token: Token, sentence: Sentence) -> Draft | None:
        """The draft of a possessive, placed in the scene, the one already there if there is one; null where it is none."""
        done = self.scene.at.get((sentence.index, token.i))
        if done is not None and done.form == "possessive":
            return done
        number = self.scene.gazetteer.lexicon.words["possessives"].get(normal(token.text).lower())
        if number is None:
            return None
        draft = draft_of(token, sentence, "possessive", normal(token.text).lower(), "", number)
        draft.referent = self._owner(token, draft, sentence)
        self.scene.settle(draft, sentence)
        return draft

    def _owner(self, token: Token, draft: Draft, sentence: Sentence) -> Referent | None:
        subject = self._agent(token, sentence)
        if subject is None:
            subject = clause_subject(token.i, sentence)
        owner = self.scene.at.get((sentence.index, subject)) if subject is not None else None
        if subject is not None and subject > token.i and base(sentence.tokens[token.head].deprel) == "obl":
            # « Depuis son départ, X … »: announced by the possessive.
            coming = owner or self.scene.pending(subject, sentence)
            announced = coming.referent if coming is not None else None
            if announced is not None and announced.number == draft.number and announced.name:
                return announced
        if owner is not None and self._somebody_elses(token, sentence):
            others = [(s, r) for s, r in self._scores(token, draft, sentence) if r is not owner.referent]
            return best(others, _MARGIN, _FLOOR)
        whose = owner.referent if owner is not None else None
        if whose is None or whose.number != draft.number:
            return best(self._scores(token, draft, sentence), _MARGIN, _FLOOR)
        return whose if subject is not None and subject < token.i else None

    def _somebody_elses(self, token: Token, sentence: Sentence) -> bool:
        """« Ce dernier était son adjoint », « X dénonce sa dérive »: what stands with the possessive is not the subject's."""
        if any(t.head == token.head and base(t.deprel) == "cop" for t in sentence.tokens):
            return True
        noun = sentence.tokens[token.head]
        blaming = self.scene.gazetteer.lexicon.strings("blaming_verbs")
        return base(noun.deprel) == "obj" and sentence.tokens[noun.head].lemma in blaming

    def _agent(self, token: Token, sentence: Sentence) -> int | None:
        """« l'annonce par X de son départ »: the agent of the noun that governs the possessive."""
        tokens = sentence.tokens
        noun = tokens[token.head]
        if base(noun.deprel) == "nmod" and self._is_agent(noun.head, sentence):
            return noun.head  # the parser hung the noun on the agent
        if noun.head == noun.i or tokens[noun.head].upos != "NOUN":
            return None
        beside = (t for t in tokens[: token.i] if t.head == noun.head and base(t.deprel) in ("nmod", "obl"))
        return next((t.i for t in beside if self._is_agent(t.i, sentence)), None)

    def _is_agent(self, i: int, sentence: Sentence) -> bool:
        """« par X »"""
        prepositions = self.scene.gazetteer.lexicon.strings("agent_prepositions")
        return any(t.head == i and normal(t.text).lower() in prepositions for t in sentence.tokens[:i])

    def _scores(self, token: Token, draft: Draft, sentence: Sentence) -> list[tuple[float, Referent]]:
        return self.candidates.scores(token, draft, sentence, things=False)
