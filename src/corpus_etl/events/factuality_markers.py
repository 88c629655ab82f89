"""What the conjunction or preposition before a clause or noun makes of it: « pour », « sans », « si », « en cas de »."""

from __future__ import annotations

from corpus_etl.language import Token

from .factuality_cues import Factuality
from .factuality_words import Words
from .tokens import base, word_of

_LONGEST = 4
"""Words of the longest marker."""
_MARKED = ("advcl", "acl", "obl", "xcomp", "nmod", "ccomp", "conj", "root", "parataxis")
_CONDITIONED = ("advcl", "ccomp", "parataxis", "root")


class Markers(Words):
    """The markers of one sentence."""

    def marked(self, i: int) -> Factuality:
        """What the conjunction or preposition before a clause says (« pour », « sans », « si »)."""
        token = self.tokens[i]
        if token.upos == "NOUN":
            said = self._before_noun(i)
            if said != "asserted":
                return said
        if base(token) not in _MARKED or token.upos not in ("VERB", "AUX", "ADJ", "NOUN"):
            return "asserted"
        for child in self.children.get(i, ()):
            if base(child) not in ("mark", "case", "advmod") or child.i > i:
                continue
            said_by_child = self._said_by(child, token)
            if said_by_child is not None:
                return said_by_child
        return "asserted"

    def _said_by(self, child: Token, token: Token) -> Factuality | None:
        """What the marker that begins with `child` says of `token`; null where it is none or does not hold of it."""
        words = [word_of(t) for t in self.tokens[child.i : child.i + _LONGEST]]
        phrases = (" ".join(words[:width]) for width in range(_LONGEST, 0, -1))
        phrase = next((p for p in phrases if p in self.cues.markers), None)
        if phrase is None:
            return None
        found: Factuality = self.cues.markers[phrase]  # type: ignore[assignment]
        if found == "asserted":
            return found
        if not self._holds(phrase, token):
            return None
        if found == "planned" and self._reached(token):
            return "asserted"
        if phrase in self.cues.purposes and token.lemma in self.cues.performed and self.own(token.head) == "asserted":
            return "asserted"
        return found

    def _reached(self, token: Token) -> bool:
        """« il a fallu deux ans pour signer »: what had to be spent was spent."""
        verb = self.tokens[token.head]
        if verb.lemma not in self.cues.needing or "Tense=Past" not in verb.feats or "Mood=Sub" in verb.feats:
            return False
        return not any(k.upos == "AUX" and "Mood=Cnd" in k.feats for k in self.children.get(verb.i, ()))

    def _holds(self, phrase: str, token: Token) -> bool:
        """Can a marker have its meaning before a word of this form?"""
        cues, infinitive = self.cues, self.infinitive(token)
        if phrase in cues.conditions:
            return base(token) in _CONDITIONED
        if phrase in cues.purposes:
            return infinitive and not self.perfect_infinitive(token)
        if phrase in cues.lacking or phrase.endswith(tuple(f" {p}" for p in cues.partitive)):
            return infinitive or token.upos == "NOUN"
        return True

    def _before_noun(self, i: int) -> Factuality:
        """« faute d'accord », « en cas de grève », « en l'absence d'accord » as they stand in the text."""
        first = i
        while (
            first
            and self.tokens[first - 1].upos in ("DET", "ADJ")
            and word_of(self.tokens[first - 1]) not in self.cues.partitive
        ):
            first -= 1
        for width in range(_LONGEST, 0, -1):
            if first - width >= 0:
                said = self.cues.before_nouns.get(
                    " ".join(word_of(t) for t in self.tokens[first - width : first])
                )
                if said:
                    return said
        return "asserted"
