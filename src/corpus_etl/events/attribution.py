"""Who says so: the source that a text gives for an event, with the words that name it.

Sources are the subjects of reporting verbs (over their clauses, parentheses and quotations), « selon X », the owners of
documents that speak (« sa plainte affirme que ») and the agents of passives (« accusé de … par X »). Each opens a scope of
tokens; a token belongs to the smallest scope around it. The verb of a speech event is the narrator's, its content the
speaker's. The words are data: `packs/<language>/discourse/attribution.yaml`.
"""

from __future__ import annotations

from corpus_etl.entities import EntityIndex
from corpus_etl.language import AnalysedDocument, Sentence
from corpus_etl.language.quotations import Quotation, find_quotations

from .attribution_base import Attribution, Attributions
from .attribution_clauses import Clauses
from .attribution_cues import AttributionCues

__all__ = ["Attribution", "AttributionCues", "Attributions", "attribute"]


def attribute(
    document: AnalysedDocument, entities: EntityIndex, cues: AttributionCues | None = None
) -> Attributions:
    """Sources of everything said in a document."""
    return _Reader(document, entities, cues or AttributionCues.load()).run()


class _Reader(Clauses):
    """All scopes of a document."""

    def run(self) -> Attributions:
        for sentence in self.document.sentences:
            if not sentence.tokens:
                continue
            kids: dict[int, list[int]] = {}
            for token in sentence.tokens:
                if token.head != token.i:
                    kids.setdefault(token.head, []).append(token.i)
            self.kids[sentence.index] = kids
            self._markers(sentence)
            self._as_told(sentence)
            for token in sentence.tokens:
                if token.upos in ("VERB", "AUX") and (
                    self.lemma(token) in self.cues.quoting or self._inserted(sentence, token)
                ):
                    self._verb(sentence, token)
                    self._aside(sentence, token)
                elif token.upos in ("ADJ", "NOUN", "PROPN", "X") and token.text.islower():
                    self._aside(sentence, token)
                if token.upos == "NOUN" and token.lemma in self.cues.nouns:
                    self._noun(sentence, token)
        self._quotations()
        return self.result

    def _quotations(self) -> None:
        previous: tuple[Quotation, Attribution] | None = None
        for quotation in find_quotations(self.document.text):
            touched = [
                s for s in self.document.sentences if s.start < quotation.end and s.end > quotation.start
            ]
            if not touched:
                continue
            source = self._speaker(quotation, touched)
            if (
                source is None
                and previous is not None
                and quotation.start - previous[0].end < 200
                and "\n" in self.document.text[previous[0].end : quotation.start]
                and len(quotation) > 60
            ):
                source = previous[1]
            if source is None:
                continue
            previous = quotation, source
            for sentence in touched:
                inside = [
                    t.i for t in sentence.tokens if quotation.start <= t.start and t.end <= quotation.end
                ]
                self.result.add(sentence.index, inside, source)

    def _speaker(self, quotation: Quotation, touched: list[Sentence]) -> Attribution | None:
        """Subject of the verb of speech beside a quotation: in its first or last sentence, or the one just behind it."""
        if len(quotation) < 12:
            return None
        around = {touched[-1].index: touched[-1], touched[0].index: touched[0]}
        following = touched[-1].index + 1
        ends = touched[-1].end <= quotation.end + 2
        if (
            ends
            and following < len(self.document.sentences)
            and self.document.text[quotation.end : quotation.end + 3].strip(' »”"')[:1] in (",", "–", "—")
        ):
            around[following] = self.document.sentences[following]
        best: tuple[int, Attribution] | None = None
        for sentence in around.values():
            for verb in sentence.tokens:
                if (
                    verb.upos not in ("VERB", "AUX")
                    or self.lemma(verb) not in self.cues.quoting
                    or quotation.start <= verb.start < quotation.end
                ):
                    continue
                distance = min(abs(verb.start - quotation.end), abs(quotation.start - verb.end))
                if distance > 120 or (best is not None and best[0] <= distance):
                    continue
                subject = self.subject(sentence, verb.i)
                found = self.source(sentence, subject) if subject is not None else None
                if found is not None and not quotation.start <= found[1] < quotation.end:
                    best = distance, self.attribution(found, verb)
        if best is not None:
            return best[1]
        aside = self.asides.get(touched[-1].index)
        if aside is not None:
            return aside
        inner = [
            self.result.of(s.index, t.i)
            for s in touched[:1]
            for t in s.tokens
            if t.start < quotation.start and quotation.start - t.end < 40
        ]
        return next((a for a in reversed(inner) if a is not None), None)
