"""The language service: sentences and tokens of a text. The only place that knows spaCy.

A language is chosen by its code; everything about it is data in the folder of its pack.
"""

from .analyser import Analyser, describe, forms, lemmas, load
from .frames import SENTENCES, TOKENS, from_frames, to_frames
from .pack import Pack, pack
from .prefilter import Prefilter
from .sentences import split_sentences
from .types import AnalysedDocument, Sentence, Token

__all__ = [
    "SENTENCES",
    "TOKENS",
    "AnalysedDocument",
    "Analyser",
    "Pack",
    "Prefilter",
    "Sentence",
    "Token",
    "describe",
    "forms",
    "from_frames",
    "lemmas",
    "load",
    "pack",
    "split_sentences",
    "to_frames",
]
