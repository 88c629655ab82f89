"""What a word says of its own event: negation, tense and mood, adverbs, modifiers, its auxiliaries."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .factuality_cues import Factuality, FactualityCues
from .tokens import base, word_of
from .verb_forms import tense_of, verb_lemma

VALUES: tuple[Factuality, ...] = ("negated", "planned", "possible")
"""What a word may make of an event; without one of these it is asserted."""


def within(inner: Factuality, outer: Factuality) -> Factuality:
    """What an event is that is `inner` by itself and stands in a context that is `outer`."""
    if outer == "asserted":
        return inner
    if outer == "negated":
        return "asserted" if inner == "negated" else "negated"
    return outer if inner == "asserted" else inner


class Words:
    """The words of one sentence under the cues. The negation of the token `worded` belongs to the trigger and denies nothing."""

    def __init__(self, sentence: Sentence, cues: FactualityCues, worded: int | None = None) -> None:
        self.tokens = sentence.tokens
        self.worded = worded
        self.cues = cues
        self.children: dict[int, list[Token]] = {}
        for token in sentence.tokens:
            if token.head != token.i:
                self.children.setdefault(token.head, []).append(token)

    def lemma(self, token: Token) -> str:
        """Lemma of a verb by the cues' words; of other words the lemmatizer's."""
        return verb_lemma(token, self.cues.known) if token.upos in ("VERB", "AUX") else token.lemma

    def own(self, i: int) -> Factuality:
        """Negation, tense, mood, adverbs and modifiers of one word."""
        token = self.tokens[i]
        predicate = token.upos in ("VERB", "AUX", "ADJ") or any(base(k) == "cop" for k in self.children.get(i, ()))
        value = self.mood(i) if predicate else self.modified(i)
        if self.adverb(i) == "possible":
            value = within(value, "possible")
        if self.negated(i) and token.lemma not in self.cues.double:
            return "negated"
        return value

    def negated(self, i: int) -> bool:
        """Is a word denied by « ne … pas », « aucun », « ni », « non », « pas de »?"""
        if i == self.worded:
            return False
        token, cues = self.tokens[i], self.cues
        negators = [
            k
            for k in self.children.get(i, ())
            if (word_of(k) in cues.negators or k.lemma in cues.negators) and k.i < i + 4
        ]
        if self._restricted(negators):
            return False
        before = word_of(self.tokens[i - 1]) if i else ""
        if token.upos not in ("VERB", "AUX", "ADJ"):
            return self._denied_noun(i) or before in cues.negators_before or before in cues.determiners
        if self._particle(i):
            if negators or self._denied_argument(i):
                return True
        elif any(word_of(n) in cues.bare_negators for n in negators):
            return True
        return before in cues.negators_before or (before in cues.negators_before_verbs and token.upos != "ADJ")

    def _restricted(self, negators: list[Token]) -> bool:
        """« pas seulement », « plus que »: what looks like a denial is none."""
        cues = self.cues
        pairs = [(word_of(n), word_of(self.tokens[n.i + 1])) for n in negators if n.i + 1 < len(self.tokens)]
        return any(
            after in cues.not_only or (negator in cues.restricted_negators and after in cues.restriction)
            for negator, after in pairs
        )

    def _particle(self, i: int) -> bool:
        """« ne » stands with a word or with its auxiliary."""
        kids = self.children.get(i, ())
        helpers = {k.i for k in kids if base(k) in ("aux", "cop", "expl")}
        return any(word_of(k) in self.cues.particles for k in kids) or any(
            word_of(t) in self.cues.particles for t in self.tokens[max(0, i - 6) : i] if t.head in helpers
        )

    def _denied_argument(self, i: int) -> bool:
        """« aucun accord n'a été signé », « il n'a vu personne »: the negation of a verb with « ne » stands in an argument."""
        cues = self.cues
        if any(word_of(t) in cues.determiners for t in self.tokens[i + 1 : i + 3]):
            return True
        return any(
            word_of(k) in cues.negative_pronouns
            or any(
                word_of(d) in cues.determiners for d in self.children.get(k.i, ()) if d.upos in ("DET", "ADJ", "ADV")
            )
            for k in self.children.get(i, ())
            if base(k) in ("nsubj", "obj", "obl", "iobj")
        )

    def _denied_noun(self, i: int) -> bool:
        """« aucun accord », « sans accord »"""
        return any(
            word_of(k) in self.cues.determiners or (word_of(k) in self.cues.lacking and k.i < i)
            for k in self.children.get(i, ())
        )

    def mood(self, i: int) -> Factuality:
        """What tense and mood say: future planned, conditional possible (planned after a verb of the past), imperative planned."""
        finite = self.finite(i)
        if finite is None:
            return "asserted"
        tense = tense_of(finite)
        if tense == "conditional":
            head = self.tokens[self.tokens[i].head]
            reported = base(self.tokens[i]) == "ccomp" and head.upos == "VERB" and self.past(head.i)
            return "planned" if reported and (finite.i == i or finite.deprel == "aux:pass") else "possible"
        if tense == "future" or "Mood=Imp" in finite.feats:
            return "planned"
        return "asserted"

    def finite(self, i: int) -> Token | None:
        """The finite verb of a predicate: itself, its auxiliary or copula, or the auxiliary of the one it is joined to."""
        token = self.tokens[i]
        if "VerbForm=Fin" in token.feats or "Mood=" in token.feats or tense_of(token):
            return token
        for child in self.children.get(i, ()):
            if base(child) in ("aux", "cop") and ("VerbForm=Fin" in child.feats or "Mood=" in child.feats):
                return child
        shared = base(token) == "conj" and token.head != i and self.tokens[token.head].upos == token.upos
        if shared and not any(
            base(c) in ("aux", "cop", "nsubj", "case", "mark") for c in self.children.get(i, ())
        ):
            return self.finite(token.head)
        return None

    def past(self, i: int) -> bool:
        """Is the predicate of a word in a past tense?"""
        token = self.tokens[i]
        if "VerbForm=Inf" in token.feats and token.head != i:
            return self.past(token.head)  # « a fait savoir que … »
        finite = self.finite(i)
        compound = finite is not None and finite.i != i
        return finite is not None and (
            "Tense=Past" in finite.feats or "Tense=Imp" in finite.feats or compound
        )

    def infinitive(self, token: Token) -> bool:
        """« partir », « être parti », « être nommé »"""
        return "VerbForm=Inf" in token.feats or any(
            base(c) in ("aux", "cop") and "VerbForm=Inf" in c.feats for c in self.children.get(token.i, ())
        )

    def perfect_infinitive(self, token: Token) -> bool:
        """« avoir vendu », « être parti », but not « être jugé », of which nothing is past."""
        helpers = [c for c in self.children.get(token.i, ()) if base(c) == "aux"]
        passive_only = len(helpers) == 1 and helpers[0].deprel == "aux:pass"
        return (
            self.infinitive(token)
            and any(c.lemma in self.cues.auxiliaries for c in helpers)
            and "VerbForm=Part" in token.feats
            and not passive_only
        )

    def helping(self, i: int) -> str:
        """« nie avoir attaqué » with the governing verb taken for an auxiliary: what that makes of the event."""
        for child in self.children.get(i, ()):
            if base(child) == "aux" and child.lemma not in self.cues.auxiliaries:
                effect = self.cues.verbs.get(self.lemma(child))
                if effect in VALUES:
                    return effect
        return ""

    def adverb(self, i: int) -> str | None:
        """Class of an adverb beside a word."""
        for child in self.children.get(i, ()):
            if child.upos in ("ADV", "ADP", "NOUN", "ADJ"):
                phrase = " ".join(word_of(t) for t in self.tokens[max(0, child.i - 1) : child.i + 1])
                after = " ".join(word_of(t) for t in self.tokens[child.i : child.i + 2])
                for candidate in (word_of(child), phrase, after):
                    if candidate in self.cues.adverbs:
                        return self.cues.adverbs[candidate]
        return None

    def modified(self, i: int) -> Factuality:
        """What adjectives and participles beside an event noun say."""
        cues = self.cues
        for child in self.children.get(i, ()):
            if base(child) not in ("amod", "acl") or child.upos not in ("ADJ", "VERB"):
                continue
            value = cues.modifiers.get(child.lemma) or cues.modifiers.get(cues.masculine(word_of(child)))
            participle = child.upos == "VERB" and "VerbForm=Part" in child.feats and "Tense=Pres" not in child.feats
            if value is None and participle and child.lemma in cues.participle_verbs:
                value = cues.verbs.get(child.lemma)
            if value:
                return value  # type: ignore[return-value]
        return "asserted"
