"""Words of mentions as linking compares them: stems of themes and sentences, and cues before the trigger."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import polars as pl

from corpus_etl import language

_MIN_STEM, _MAX_STEM = 4, 8
_BEFORE, _AFTER = 30, 30
"""Code points around a trigger in which a cue for a further event is looked for."""
CODES = pl.List(pl.UInt64)


@dataclass(frozen=True)
class Words:
    """The word lists of a language pack (`linking/words.yaml`), folded."""

    stop: tuple[str, ...]
    endings: tuple[str, ...]
    definite: tuple[str, ...]
    indefinite: tuple[str, ...]
    again: tuple[str, ...]
    this: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    been: tuple[str, ...]
    light: tuple[str, ...]
    first: tuple[str, ...]
    then: tuple[str, ...]
    noun_endings: tuple[str, ...]
    verb_endings: tuple[str, ...]
    nouns: tuple[str, ...]
    pronouns: tuple[str, ...]
    legal_forms: tuple[str, ...]
    titles: tuple[str, ...]
    name_particles: tuple[str, ...]


@cache
def load_words(code: str = "fr") -> Words:
    """The word lists of a language."""
    lists = language.pack(code).read_yaml("linking", "words.yaml")
    folded = {name: tuple(dict.fromkeys(fold_text(str(w)) for w in words)) for name, words in lists.items()}
    folded["endings"] = tuple(sorted(folded["endings"], key=lambda e: (-len(e), e)))
    return Words(**folded)


def fold_text(text: str) -> str:
    """Lower case without accents, one kind of apostrophe."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")


def fold(column: pl.Expr) -> pl.Expr:
    """`fold_text` on a column."""
    plain = column.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return plain.str.replace_many(["’", "œ", "æ", "\u00a0"], ["'", "oe", "ae", " "])


def stems(texts: pl.Series, words: Words) -> pl.Series:
    """Codes of the distinct content stems of each text, sorted; empty where there are none or the text is null."""
    tokens = (
        texts.to_frame("text")
        .with_row_index("row")
        .select("row", word=pl.col("text").str.extract_all(r"[\p{L}\p{M}\p{N}]{2,}"))
        .explode("word", empty_as_null=False)
        .filter(pl.col("word").is_not_null())
    )
    vocabulary = tokens.select(pl.col("word").unique()).with_columns(folded=fold(pl.col("word")))
    vocabulary = vocabulary.filter(~pl.col("folded").is_in(words.stop)).select(
        "word", code=stem(pl.col("folded"), words).hash(seed=0)
    )
    found = (
        tokens.join(vocabulary, on="word")
        .group_by("row")
        .agg(pl.col("code").unique().sort())
        .select("row", "code")
    )
    rows = pl.DataFrame({"row": pl.int_range(texts.len(), eager=True, dtype=pl.UInt32)})
    return rows.join(found, on="row", how="left", maintain_order="left")["code"].fill_null([]).cast(CODES)


def stem(word: pl.Expr, words: Words) -> pl.Expr:
    """The word without its ending, at most eight letters: enough for equality of word families."""
    endings = "|".join(words.endings)
    cut = word.str.replace(rf"^(.{{{_MIN_STEM},}}?)(?:{endings})$", "${1}")
    return cut.str.slice(0, _MAX_STEM)


def cues(mentions: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Booleans per mention: `definite` (a determiner says that the event is known), `again` (a further one), `first`, `then`
    (what follows another thing of the sentence)."""
    offset = (pl.col("trigger_start") - pl.col("sentence_start")).clip(lower_bound=0)
    length = pl.col("trigger_end") - pl.col("trigger_start")
    low = (offset - _BEFORE).clip(lower_bound=0)
    before = fold(pl.col("sentence").str.slice(low, offset - low))
    after = fold(pl.col("sentence").str.slice(offset + length, _AFTER))
    trigger = fold(pl.col("trigger")).fill_null("")
    definite = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.definite)})['\s]\s*$"
    apart = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.definite)})['\s]\s*[\p{{L}}]+\s$"
    indefinite = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.indefinite)})['\s]\s*(?:[\p{{L}}]+\s)?$"
    told = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.definite)})['\s]\s*(?:{_alternatives(words.nouns)})\s(?:{_alternatives(words.auxiliaries)})\s(?:{_alternatives(words.been)}\s)?$"
    again = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.again)})(?:[^\p{{L}}]|$)"
    first = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.first)})(?:[^\p{{L}}]|$)"
    then = rf"(?:^|[^\p{{L}}])(?:{_alternatives(words.then)})['\s]\s*(?:[\p{{L}}'-]+\s){{0,3}}$"
    this = rf"^(?:{_alternatives(words.this)})\s"
    near = before.str.extract(r"((?:[\p{L}'-]+[\s']+){0,2})$", 1)
    close = after.str.extract(r"^(\s*(?:[\p{L}'-]+\s*){0,3})", 1)
    noun = trigger.is_in(words.nouns) | trigger.str.contains(
        rf"^\p{{L}}+(?:{_alternatives(words.noun_endings)})$"
    )
    verb = trigger.str.contains(rf"^\p{{L}}+(?:{_alternatives(words.verb_endings)})(?:\s|$)")
    around = pl.concat_str(near, trigger, close, separator=" ", ignore_nulls=True)
    return mentions.select(
        definite=pl.when(pl.col("sentence").is_null())
        .then(noun)
        .otherwise(
            (
                (before.str.contains(definite) | (before.str.contains(apart) & noun))
                & ~before.str.contains(indefinite)
                & ~verb
                | before.str.contains(told)
            ).fill_null(False)
        ),
        again=(around.str.contains(again) & ~near.str.contains(this)).fill_null(False),
        first=around.str.contains(first).fill_null(False),
        then=before.str.contains(then).fill_null(False),
    )


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
