"""Names as linking compares them: folded, without legal forms and titles; full or partial."""

import polars as pl

from .words import Words, fold

_ROLES = ("actor", "recipient", "place")


def name_columns(name: pl.Expr, kind: pl.Expr, words: Words) -> list[pl.Expr]:
    """Expressions `folded` (words of the name, one space between), `family` and `partial` of a name.

    `family` is the last word of a person's name, the whole folded name of others; `partial` is true for persons with
    one word only, who may be any bearer of that name.
    """
    kept = _kept_words(name, words)
    personal = kind.fill_null("other").is_in(["person", "other"])
    return [
        kept.list.join(" ").alias("folded"),
        pl.when(personal).then(kept.list.last()).otherwise(kept.list.join(" ")).alias("family"),
        ((kind == "person") & (kept.list.len() == 1)).fill_null(False).alias("partial"),
    ]


def folded_name(name: pl.Expr, words: Words) -> pl.Expr:
    """The words of a name that make it, folded, one space between."""
    return _kept_words(name, words).list.join(" ")


def _kept_words(name: pl.Expr, words: Words) -> pl.Expr:
    dropped = [*words.legal_forms, *words.titles, *words.name_particles]
    every = fold(name).str.extract_all(r"[\p{L}\p{N}]+")
    kept = every.list.eval(pl.element().filter(~pl.element().is_in(dropped)))
    return pl.when(kept.list.len() > 0).then(kept).otherwise(every)


def looks_like_name(text: pl.Expr, words: Words) -> pl.Expr:
    """A filler that names somebody: it begins in upper case, behind an article perhaps, and is no pronoun."""
    bare = text.str.strip_chars().str.replace(r"^(?i:l['’]|les?\s|la\s)", "")
    capital = bare.str.contains(r"^[\p{Lu}\p{N}]|^\p{Ll}{1,2}\p{Lu}")
    return (capital & ~fold(text.str.strip_chars()).is_in(words.pronouns)).fill_null(False)


def fill_names(participants: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Participants with `entity_id` filled where the filler itself is a name."""
    name = (
        pl.col("entity_id").is_null() & pl.col("role").is_in(_ROLES) & looks_like_name(pl.col("text"), words)
    )
    return participants.with_columns(
        entity_id=pl.when(name).then(pl.col("text").str.strip_chars()).otherwise(pl.col("entity_id"))
    )
