"""Events: who did what to whom, when and how much, from analysed sentences. See `docs/frames.md`."""

from functools import cache

from corpus_etl.language import Pack, Prefilter, pack

from . import lexicon
from .extraction import Resources, extract, find_mentions, resources
from .tables import Extraction, concat_frames, empty_frames

__all__ = [
    "Extraction",
    "Resources",
    "concat_frames",
    "empty_frames",
    "extract",
    "find_mentions",
    "prefilter",
    "resources",
    "trigger_stems",
]


@cache
def trigger_stems(language: Pack) -> tuple[str, ...]:
    """Lower-case strings of which every sentence with a trigger holds one, sorted."""
    return tuple(lexicon.stems(lexicon.load(language)))


def prefilter(code: str) -> Prefilter:
    """The filter of sentences that may hold an event of the lexicon of a language."""
    return Prefilter(trigger_stems(pack(code)))
