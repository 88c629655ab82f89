"""The words around an expression that bear on its value, read from `packs/<language>/time/lexicon.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Wording:
    """The regular expressions under `wording`; see the comments there."""

    joint: Pattern
    length_before: Pattern
    length_after: Pattern
    event: Pattern
    of_event: Pattern
    later: Pattern
    limit: Pattern
    long_ago: Pattern

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Wording":
        """The compiled expressions; raises KeyError where one is missing."""
        return cls(**{f.name: re.compile(words[f.name], re.IGNORECASE) for f in fields(cls)})
