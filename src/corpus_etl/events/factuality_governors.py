"""What governs an event and what it makes of it: verbs over clauses, verbs and nouns over event nouns.

An effect is one of the values of `Factuality` or `attempt`, `doubt` (possible whatever else is said), `through` (nothing by
itself, but what governs it counts) or `stop` (nothing, and nothing above it counts).
"""

from __future__ import annotations

from corpus_etl.language import Token

from .factuality_markers import Markers
from .factuality_words import VALUES
from .tokens import base, word_of
from .verb_forms import told_apart

_REACH = 6
"""Words between a verb and the infinitive that the parser hung elsewhere."""


class Governors(Markers):
    """The governing words of one sentence."""

    def governor(self, i: int) -> tuple[int, str] | None:
        """The word that governs an event and its effect; null at the top of the sentence."""
        token = self.tokens[i]
        if token.head == i or base(token) == "root":
            return None
        head = self.tokens[token.head]
        relation = base(token)
        if relation == "conj":
            return self._shared(token, head)
        if relation == "advcl" and (near := self._detached(token)) is not None:
            return near.i, self._on_clause(token, near)
        if relation in ("xcomp", "ccomp", "csubj") or (
            relation in ("obl", "advcl", "acl", "obj") and self.infinitive(token)
        ):
            outer = self._over_its_bearer(head) if relation == "acl" else None
            over = outer if outer is not None else head
            return over.i, self._on_clause(token, over)
        if token.upos in ("VERB", "AUX"):
            past = "VerbForm=Part" in token.feats and "Tense=Pres" not in token.feats
            if past and told_apart(self.tokens, i):
                return head.i, "stop"  # « propose une prime, jugée insuffisante par Y »
            if relation == "acl" and past and not token.deprel.endswith("relcl") and base(head) == "obj":
                return head.i, "through"
            return (head.i, "stop") if relation != "aux" else (head.i, "through")
        if relation in ("nmod", "obl", "obj", "nsubj", "iobj"):
            return head.i, self._on_noun(token, head, relation)
        return None

    def _over_its_bearer(self, head: Token) -> Token | None:
        """The word that governs an infinitive hung on X: « accuser X d'avoir … », « demander à X de … », « la volonté de X de … »."""
        if head.upos not in ("NOUN", "PROPN", "PRON") or head.lemma in self.cues.nouns:
            return None
        outer = self.tokens[head.head]
        governs = (
            self.lemma(outer) in self.cues.verbs if outer.upos == "VERB" else outer.lemma in self.cues.nouns
        )
        return outer if governs and base(head) in ("obj", "iobj", "obl", "nmod") else None

    def _detached(self, token: Token) -> Token | None:
        """« a tenté, en vain, de … »: the governor right before an infinitive that the parser hung elsewhere."""
        if not self.infinitive(token):
            return None
        mark = next((c for c in self.children.get(token.i, ()) if base(c) == "mark" and c.i < token.i), None)
        if mark is None or word_of(mark) not in self.cues.infinitive_marks:
            return None
        for t in reversed(self.tokens[max(0, mark.i - _REACH) : mark.i]):
            if t.upos == "VERB":
                return t if self.lemma(t) in self.cues.verbs else None
            if t.upos in ("AUX", "SCONJ", "CCONJ"):
                return None
        return None

    def _shared(self, token: Token, head: Token) -> tuple[int, str]:
        """A conjunct shares what governs the first one when it is of its kind."""
        own_subject = any(base(c) == "nsubj" for c in self.children.get(token.i, ()))
        alike = token.upos == head.upos and self.infinitive(token) == self.infinitive(head)
        if own_subject or not alike:
            return head.i, "stop"
        outer = self.governor(head.i)
        if (
            "VerbForm=Inf" in head.feats
            and self.marked(head.i) in VALUES
            and not any(base(c) == "mark" for c in self.children.get(token.i, ()))
        ):
            return head.i, self.marked(head.i)
        return outer if outer is not None else (head.i, "stop")

    # ------------------------------------------------------------------ over a clause
    def _on_clause(self, token: Token, head: Token) -> str:
        """What a word makes of a clause that it governs."""
        lemma = self.lemma(head)
        if head.upos in ("VERB", "AUX"):
            return self._verb_on_clause(token, head)
        if head.upos == "ADJ" or "VerbForm=Part" in head.feats:
            return self.cues.adjectives.get(lemma) or self.cues.verbs.get(lemma) or "through"
        return self.cues.nouns.get(lemma, "stop")

    def _verb_on_clause(self, token: Token, head: Token) -> str:
        lemma = self.lemma(head)
        effect = self.cues.verbs.get(lemma)
        finite_clause = base(token) == "ccomp" and not self.infinitive(token)
        if finite_clause and effect in ("planned", "possible") and lemma in self.cues.with_infinitive:
            return "stop"
        kids = self.children.get(head.i, ())
        if lemma in self.cues.going:
            going = "VerbForm=Inf" in token.feats and not any(base(c) == "obl" for c in kids)
            return "planned" if going else "stop"
        if base(token) in ("obl", "advcl", "acl") and self.marked(token.i) != "asserted":
            return "stop"
        if finite_clause and any(word_of(c) in self.cues.nothing for c in kids if base(c) == "nsubj"):
            return "doubt"  # « rien n'indique que »
        if effect is None:
            return "stop" if finite_clause else "through"
        if effect == "planned" and lemma in self.cues.agreeing and self.past(head.i):
            return "through"
        return effect

    # ------------------------------------------------------------------ over a noun
    def _on_noun(self, token: Token, head: Token, relation: str) -> str:
        """What a word makes of an event noun beside it."""
        prepositions = {word_of(c) for c in self.children.get(token.i, ()) if base(c) == "case"}
        if relation == "obl" and not prepositions and token.i > head.i:
            relation = "obj"  # « dément tout accord » however it was parsed
        if head.upos in ("VERB", "AUX", "ADJ"):
            return self._verb_on_noun(token, head, relation, prepositions)
        if relation == "nmod" and prepositions & self.cues.complement_prepositions:
            return self.cues.nouns.get(self.lemma(head)) or "stop"
        return "stop"

    def _verb_on_noun(self, token: Token, head: Token, relation: str, prepositions: set[str]) -> str:
        cues, lemma = self.cues, self.lemma(head)
        if relation == "nsubj" and not token.deprel.endswith("pass"):
            return "through" if lemma in cues.occurrence else "stop"
        if relation == "obl":
            said = self._verb_on_oblique(token, head, prepositions)
            if said is not None:
                return said
        effect = cues.verbs.get(lemma)
        if effect in (*VALUES, "attempt") and lemma not in cues.not_with_nouns:
            # « rejeter la demande », « demander la fusion »: a request or offer that exists is not undone by it
            return "stop" if lemma in cues.rejecting and self._definite(token) else effect
        if lemma in cues.announcing and relation == "obj" and token.lemma in cues.plans:
            return "planned"
        return "through" if lemma in cues.support else "stop"

    def _verb_on_oblique(self, token: Token, head: Token, prepositions: set[str]) -> str | None:
        """What a verb makes of a noun behind a preposition; null where it is as of its object."""
        cues, lemma = self.cues, self.lemma(head)
        beside = [c for c in self.children.get(head.i, ()) if base(c) == "obj" and c.i < token.i]
        if beside and lemma in cues.support | cues.launching and prepositions & cues.dative_prepositions:
            return cues.nouns.get(beside[0].lemma, "stop")  # « lancer un appel à … »
        if prepositions & cues.state_prepositions and self.negated(head.i):
            return "through"  # « n'ira pas en prison »
        return None if prepositions & cues.complement_prepositions else "stop"

    def _definite(self, token: Token) -> bool:
        return any(word_of(c) in self.cues.definite for c in self.children.get(token.i, ()) if c.upos == "DET")
