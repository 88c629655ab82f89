"""What surrounds a mention in its document: who is at hand, whom the document is about, headlines."""

from collections.abc import Iterator

import polars as pl

from .words import fold

_HEADLINES = 200
"""Code points at the top of a document among which headlines are looked for."""
_HEADING = 80
"""Code points below which a line without a stop is a heading wherever it stands."""
_CAPITAL = r"^[^\p{L}]*\p{Lu}"
_STOP = r"[.!?…][»”\"'’)\s]*$"


def headlines(mentions: pl.DataFrame) -> list[pl.Series]:
    """headline: the mention stands in a headline, a line without a stop above the text or a short one within it; lead: it is the
    next of its type below."""
    short = (pl.col("sentence").str.len_chars() < _HEADING) & pl.col("sentence").str.contains(_CAPITAL)
    above = ~pl.col("sentence").str.contains(_STOP) & ((pl.col("sentence_start") < _HEADLINES) | short)
    told = mentions.select("doc_id", "event_type", "trigger_start", headline=above.fill_null(False))
    before = pl.col("headline").shift(1).over("doc_id", "event_type", order_by="trigger_start")
    lead = ~pl.col("headline") & before.fill_null(False)
    return told.select("headline", lead=lead).get_columns()


def at_hand(mentions: pl.DataFrame, fillers: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """mention_id, beside: who takes part in any event of the sentence or is named in it; mention_id, about: in two or more
    events of the document.

    One of them may be the party that a mention leaves unsaid.
    """
    parties = fillers.filter("known", pl.col("role").is_in(["actor", "recipient"]))
    where = mentions.select("mention_id", "doc_id", sentence=pl.coalesce("sentence_start", "trigger_start"))
    placed = parties.select("mention_id", "code").join(where, on="mention_id").unique()
    named = pl.concat([placed.select("doc_id", "sentence", "code"), _named(mentions, parties)])
    beside = named.group_by("doc_id", "sentence").agg(beside=pl.col("code").unique().sort())
    yield where.join(beside, on=["doc_id", "sentence"], nulls_equal=True).select("mention_id", "beside")
    often = placed.group_by("doc_id", "code").len().filter(pl.col("len") > 1)
    about = often.group_by("doc_id").agg(about=pl.col("code").unique().sort())
    yield where.join(about, on="doc_id").select("mention_id", "about")


def _named(mentions: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """doc_id, sentence, code: parties of the document of whose names a sentence has the longest word, in upper case."""
    words = parties.select("doc_id", "code", word=pl.col("family").str.split(" ")).unique()
    words = words.with_columns(
        word=pl.col("word").list.get(pl.col("word").list.eval(pl.element().str.len_chars()).list.arg_max())
    )
    said = (
        mentions.select("doc_id", "sentence", start="sentence_start")
        .drop_nulls()
        .unique(["doc_id", "start"])
        .select("doc_id", "start", word=pl.col("sentence").str.extract_all(r"\p{Lu}[\p{L}\p{M}\p{N}]+"))
        .explode("word", empty_as_null=False)
        .with_columns(fold(pl.col("word")))
    )
    return said.join(words, on=["doc_id", "word"]).select("doc_id", pl.col("start").alias("sentence"), "code")


def protagonists(mentions: pl.DataFrame, fillers: pl.DataFrame) -> pl.DataFrame:
    """mention_id, name_text: names that say nothing of what a mention is about, because the mention or the whole document
    is about their bearers."""
    own = fillers.filter("known").select("mention_id", "doc_id", "name")
    often = own.unique().group_by("doc_id", "name").len().filter(pl.col("len") > 1)
    everywhere = often.group_by("doc_id").agg(often=pl.col("name").sort().str.join(" "))
    named = own.group_by("mention_id").agg(pl.col("name").unique().sort().str.join(" "))
    return (
        mentions.select("mention_id", "doc_id")
        .join(named, on="mention_id", how="left")
        .join(everywhere, on="doc_id", how="left")
        .select("mention_id", name_text=pl.concat_str("name", "often", separator=" ", ignore_nulls=True))
    )
