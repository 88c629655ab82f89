"""Factuality and attribution of mentions, from the modules that read the discourse."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_etl.entities import EntityIndex
from corpus_etl.language import AnalysedDocument

from .attribution import AttributionCues, attribute
from .factuality import FactualityCues, factuality
from .mention import Mention, Source
from .syntax import Tree


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language pack by which factuality and sources are told."""

    factuality: FactualityCues
    attribution: AttributionCues


def load_cues(code: str) -> Cues:
    """The cues of a language. Raises ConfigurationError where they are missing."""
    return Cues(FactualityCues.load(code), AttributionCues.load(code))


class Discourse:
    """What a document says about its own statements."""

    def __init__(self, document: AnalysedDocument, entities: EntityIndex, cues: Cues) -> None:
        self.cues = cues
        self.attributions = attribute(document, entities, cues.attribution)

    def factuality(self, tree: Tree, mention: Mention) -> str:
        """asserted, negated, planned or possible: by the light verb where there is one, else by the trigger."""
        own = mention.candidate.entry.group.factuality
        worded = bool(mention.candidate.entry.phrase.negation)
        found = factuality(tree.sentence, mention.candidate.anchor, self.cues.factuality, worded)
        if found == "asserted" and mention.candidate.anchor != mention.candidate.head:
            found = factuality(tree.sentence, mention.candidate.head, self.cues.factuality)
        return found if found != "asserted" else own or "asserted"

    def attribution(self, tree: Tree, mention: Mention) -> Source | None:
        """Who asserts the event, or null for the narrator."""
        return self.source(tree, mention.candidate.anchor)

    def source(self, tree: Tree, token: int) -> Source | None:
        """Who says what a token says, or null for the narrator."""
        found = self.attributions.of(tree.sentence.index, token)
        return Source(found.entity, found.start, found.end) if found else None
