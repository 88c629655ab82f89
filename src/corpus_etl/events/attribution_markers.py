"""« selon X », « pour X, … », « comme l'explique X, … »: phrases that name a source."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .attribution_base import Attribution, Sources
from .tokens import base, word_of


class Markers(Sources):
    """Scopes of source phrases."""

    def _markers(self, sentence: Sentence) -> None:
        tokens = sentence.tokens
        text = self.document.text
        found: list[tuple[Token, int]] = []
        for token in tokens:
            window = text[token.start : token.start + 24].lower().replace("’", "'").replace("‘", "'")
            marker = next(
                (
                    m
                    for m in self.cues.markers
                    if window.startswith(m) and (m.endswith("'") or not _goes_on(window[len(m) : len(m) + 1]))
                ),
                None,
            )
            if marker is None and token.i <= 1:
                marker = next((m for m in self.cues.fronted if window.startswith(m + " ")), None)
                if marker is not None and not self._fronted(sentence, token):
                    marker = None
            if marker is None or (word_of(token) in self.cues.ambiguous_markers and token.upos != "ADP"):
                continue
            after = token.start + len(marker)
            first = next((t.i for t in tokens[token.i :] if t.start >= after or t.end > after), None)
            if first is not None:
                found.append((token, first))
        for token, first in found:
            self._marker(sentence, token, first, among=len(found) > 1)

    def _as_told(self, sentence: Sentence) -> None:
        """« Comme l'explique X, … » at the head of a sentence, however it was parsed."""
        tokens = sentence.tokens
        if len(tokens) < 6 or word_of(tokens[0]) not in self.cues.comparison:
            return
        verb = next(
            (t for t in tokens[1:5] if self.lemma(t) in self.cues.statement and t.text.islower()), None
        )
        comma = next((t.i for t in tokens[2:16] if t.text == ","), None)
        if verb is None or comma is None or verb.i >= comma:
            return
        for i in range(comma - 1, 0, -1):
            found = self.source(sentence, i) if i != verb.i else None
            if found is not None:
                self.result.add(sentence.index, range(comma + 1, len(tokens)), self.attribution(found, verb))
                return

    def _marker(self, sentence: Sentence, marker: Token, first: int, among: bool) -> None:
        """One source phrase. `among` several (« 2 000 selon X, 5 000 d'après Y ») it tells about its part between commas."""
        tokens = sentence.tokens
        found = None
        at = first
        for i in range(first, min(first + 6, len(tokens))):
            if tokens[i].text in (",", ".", ";", ":", "»") or tokens[i].upos in ("VERB", "AUX"):
                break
            if tokens[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "X"):
                found, at = self.source(sentence, i), i
                if found is not None or tokens[i].upos in ("NOUN", "PRON"):
                    break
        if found is None:
            if tokens[at].upos in ("NOUN", "PROPN") and word_of(marker) in self.cues.sure_markers:
                found = (None, tokens[at].start, tokens[at].end)
            else:
                return
        if tokens[at].upos == "PRON" and tokens[at].text.lower() in self.cues.relatives:
            return
        mention = self.entities.at(sentence.index, at)
        last = mention.last if mention is not None and mention.sentence == sentence.index else at
        own = set(range(marker.i, max(at, last) + 1))
        clause = self._clause(sentence, at)
        inside = self.subtree(sentence, clause) if clause is not None else self._segment(sentence, marker.i)
        if among and marker.i > 1:
            low = max((t.i for t in tokens[: marker.i] if t.text in (",", ";")), default=-1)
            inside = set(range(low + 1, marker.i))
        entity, _, end = found
        end = max(end, tokens[at].end)
        if end > marker.start and end - marker.start < 90:
            source = Attribution(entity, marker.start, end, self.document.text[marker.start : end])
        else:
            source = self.attribution(found)
        self.result.add(sentence.index, inside - own, source)

    def _segment(self, sentence: Sentence, i: int) -> set[int]:
        """Tokens between the breaks (« ; », « , mais ») around a token."""
        tokens = sentence.tokens
        breaks = [
            t.i
            for t in tokens
            if t.text == ";" or (t.i > 0 and word_of(t) in self.cues.but and tokens[t.i - 1].text == ",")
        ]
        stops = [-1, *breaks, len(tokens)]
        low = max(s for s in stops if s < i) if i else -1
        high = min(s for s in stops if s > i)
        return set(range(low + 1, high))

    def _clause(self, sentence: Sentence, i: int) -> int | None:
        """Predicate of the clause that a source phrase stands in; null for the whole sentence."""
        tokens = sentence.tokens
        if i <= 4:
            return None
        for _ in range(10):
            token = tokens[i]
            if token.head == i:
                return None
            i = token.head
            if tokens[i].upos in ("VERB", "AUX") or any(
                base(tokens[c]) in ("cop", "nsubj") for c in self.kids[sentence.index].get(i, ())
            ):
                relation = base(tokens[i])
                if relation in ("xcomp", "conj") and "VerbForm=Inf" in tokens[i].feats:
                    continue
                return None if relation == "root" or tokens[i].head == i else i
        return None

    def _fronted(self, sentence: Sentence, marker: Token) -> bool:
        """« Pour X, … » at the head of a sentence, X somebody."""
        for token in sentence.tokens[marker.i + 1 : marker.i + 8]:
            if token.text == ",":
                mention = self.entities.at(sentence.index, token.i - 1)
                return mention is not None and (mention.kind in ("person", "organization", "group"))
            if token.upos in ("VERB", "AUX", "NUM"):
                return False
        return False


def _goes_on(character: str) -> bool:
    """The word does not end here: « d'après-midi »."""
    return character.isalnum() or character == "-"
