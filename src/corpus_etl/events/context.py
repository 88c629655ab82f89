"""Factuality and attribution of mentions, from the modules that read the discourse."""

from __future__ import annotations

from typing import Any

from corpus_etl.entities import EntityIndex
from corpus_etl.language import AnalysedDocument

from .mention import Mention, Source
from .syntax import Tree

try:  # removed when both modules are there
    from . import attribution as attribution_
    from . import factuality as factuality_
except ImportError:
    attribution_ = factuality_ = None  # type: ignore[assignment]


def load_cues(code: str) -> Any:
    """The cues of the discourse of a language."""
    return None


class Discourse:
    """What a document says about its own statements."""

    def __init__(self, document: AnalysedDocument, entities: EntityIndex, cues: Any) -> None:
        self.cues = cues

    def factuality(self, tree: Tree, mention: Mention) -> str:
        """asserted, negated, planned or possible."""
        return mention.candidate.entry.group.factuality or "asserted"

    def attribution(self, tree: Tree, mention: Mention) -> Source | None:
        """Who asserts the event, or null for the narrator."""
        return None
