"""Did it happen? Factuality of an event from its trigger outwards: negation, tense and mood, governing words.

The categories follow FactBank (Saurí and Pustejovsky 2009), reduced to four: asserted, negated, planned, possible. Starting
at the trigger the syntactic path is climbed; every word on it adds what its own negation, tense, mood and adverbs say
(`factuality_words`), what the conjunction or preposition before it says (`factuality_markers`) and what it makes of its
complement (`factuality_governors`); the words are data: `packs/<language>/discourse/factuality.yaml`. The content of
reporting verbs stays what it is: who says it is told by `attribution`.
"""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .factuality_cues import Factuality, FactualityCues
from .factuality_governors import Governors
from .factuality_words import within
from .tokens import base, word_of
from .verb_forms import tense_of

__all__ = ["Factuality", "FactualityCues", "factuality"]

_MAX_STEPS = 7


def factuality(
    sentence: Sentence, trigger: int, cues: FactualityCues | None = None, worded: bool = False
) -> Factuality:
    """Factuality of the event whose trigger is the token `trigger` of a parsed sentence; with `worded` its negation belongs to
    the trigger (« il n'a pas survécu »)."""
    reading = _Reading(sentence, cues or FactualityCues.load(), trigger if worded else None)
    value = reading.of(trigger)
    return (reading.alternative(trigger) or value) if value == "asserted" else value


class _Reading(Governors):
    """The climb from a trigger to the top of its sentence."""

    def of(self, trigger: int) -> Factuality:
        """Factuality by the words on the way up, by what is announced and by questions."""
        if not self._question() and any(
            c.text.startswith("-") and base(c) in ("nsubj", "expl") for c in self.children.get(trigger, ())
        ):
            return self.own(trigger)  # « …, a-t-il promis »: nothing governs an aside
        value: Factuality = "asserted"
        i = trigger
        settled = False
        for _ in range(_MAX_STEPS):
            if not settled:
                value = self._so_far(value, i)
            step = self.governor(i)
            if step is None:
                break
            governor, effect = step
            if effect == "stop":
                return value
            if settled:
                # what is planned or possible can still be denied: « dément vouloir vendre »
                if effect == "negated" and not self.negated(governor):
                    return "negated"
            elif effect == "doubt":
                return "possible"
            elif effect != "through":
                denied = self.negated(governor)
                value = self._denied(governor, effect) if denied else self._governed(value, governor, effect)
                settled = True
            i = governor
        if value == "asserted" and self._announced(trigger):
            return "planned"
        if value == "asserted" and self._question() and self._in_main_clause(trigger):
            return "possible"
        return value

    def alternative(self, trigger: int) -> Factuality | None:
        """« il propose deux voies : soit A fusionne, soit B s'en va »: one of two; planned where somebody proposes them."""
        marks = [t.i for t in self.tokens if word_of(t) in self.cues.alternatives]
        if len(marks) < 2 or trigger < marks[0]:
            return None
        before = [self.cues.verbs.get(self.lemma(t)) for t in self.tokens[: marks[0]] if t.upos == "VERB"]
        return "planned" if "planned" in before else "possible"

    def _so_far(self, value: Factuality, i: int) -> Factuality:
        """An event so far `value`, with what the word `i` and the conjunction before it say."""
        own, marked = self.own(i), self.marked(i)
        helped = self.helping(i)
        if helped and own == "asserted":
            own = helped  # type: ignore[assignment]
        if own == "negated" and marked == "possible":
            own = "asserted"  # « s'il ne part pas »
        for said in (own, marked):
            if not (value == said == "negated"):  # « aucun accord n'est signé » denies once
                value = within(value, said)
        return value

    def _denied(self, governor: int, effect: str) -> Factuality:
        """What a denied governor makes of an event: « ne veut pas », « n'exclut pas », « n'a pas refusé de »."""
        lemma = self.lemma(self.tokens[governor])
        if lemma in self.cues.double:
            return self.mood(governor)  # « n'hésite pas à »
        if effect == "negated":
            return "possible" if lemma in self.cues.left_open else "asserted"
        return "negated"

    def _governed(self, value: Factuality, governor: int, effect: str) -> Factuality:
        """What a governor that is not denied makes of an event that is `value` by itself."""
        token = self.tokens[governor]
        lemma = self.lemma(token)
        if effect == "attempt":
            return "negated" if self._in_vain(governor) else within(value, "planned")
        if lemma in self.cues.modals and effect in ("planned", "possible"):
            return within(value, "asserted" if self._done(token) else effect)  # type: ignore[arg-type]
        finite = self.finite(governor)
        if (
            effect == "planned"
            and finite is not None
            and tense_of(finite) == "conditional"
            and lemma not in self.cues.polite
        ):
            effect = "possible"  # « envisagerait de … »
        return within(value, effect)  # type: ignore[arg-type]

    def _in_vain(self, governor: int) -> bool:
        """« en vain », « sans succès » somewhere behind a verb of trying."""
        words = " " + " ".join(word_of(t) for t in self.tokens[governor:]) + " "
        return any(f" {cue} " in words for cue, value in self.cues.adverbs.items() if value == "negated")

    def _done(self, modal: Token) -> bool:
        """« a dû partir », « a pu obtenir » happened; « doit », « devait », « devrait », « peut » tell nothing of the kind."""
        return "VerbForm=Part" in modal.feats and any(
            base(c) == "aux" and "Mood=Cnd" not in c.feats for c in self.children.get(modal.i, ())
        )

    def _announced(self, i: int) -> bool:
        """« X a proposé deux options : … »: what stands behind the colon is proposed."""
        colon = next((t.i for t in self.tokens[:i] if t.text == ":"), None)
        if colon is None:
            return False
        proposed = any(
            t.upos == "VERB" and t.lemma in self.cues.proposing and self.finite(t.i) is not None
            for t in self.tokens[:colon]
        )
        finite = self.finite(i)
        return proposed and finite is not None and "Tense=Imp" in finite.feats and finite.i == i

    def _question(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].text.endswith("?")

    def _in_main_clause(self, i: int) -> bool:
        """Does a token belong to the main clause of its sentence?"""
        for _ in range(_MAX_STEPS):
            token = self.tokens[i]
            if token.head == i or base(token) == "root":
                return True
            if base(token) in ("acl", "advcl", "ccomp", "nmod", "appos", "parataxis"):
                return False
            i = token.head
        return False
