"""What linking compares of a mention: one row of numbers and code lists per mention, in the order of mention_id."""

import polars as pl

from .entities import Resolved
from .names import looks_like_name
from .shelves import Shelf
from .surroundings import at_hand, headlines, protagonists
from .tables import Tables
from .types import type_traits
from .words import CODES, Words, cues, fold, stems

_AMOUNT_STEP = 0.1
"""Width of the logarithmic cells in which amounts are equal; two shifted grids make cells of 5 to 10 %."""
_KINDS = {"person": 1, "organization": 2, "group": 2, "place": 4, "product": 8}
_NAMED_BY_OFFICE = ["organization", "place", "product"]
"""Kinds whose names may be plain words (« tribunal de Verviers »); of people such a name (« avocats d'Elon Musk ») is none."""
FACTUALITY = ("asserted", "negated", "planned", "possible")


def build_features(
    tables: Tables, resolved: Resolved, words: Words, affiliated: pl.DataFrame, kin_part: pl.Series
) -> Shelf:
    """Features of all mentions, made for the documents of a part at a time and put under the `kin_part` of the mentions.

    Columns: i (row), doc, type_code, kin_code, recurs, inside, by_actor, by_recipient, symmetric, place_matters,
    amount_matters, nameless, fact (index into FACTUALITY), ds, de (event date, days, closed-open), ps, pe (publication, days), per role
    a_/r_ lists of entity codes (ids, fam, part) and a kind mask, beside and about (who is at hand), places, units, amounts, theme, sentence, trigger stems, pos, line (start of the sentence),
    peers (mentions of the type in the document), definite, again, first, then, headline, lead.
    """
    made = tables.shelf("features")
    for number in tables.parts:
        mentions, participants = tables.part(number)
        keys = resolved.part(number)
        features = _features(mentions, participants, tables.documents, keys, words, affiliated)
        made.spread(features.with_columns(kin_part=kin_part[features["i"]]), "kin_part")
    return made


def _features(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    documents: pl.DataFrame,
    resolved: pl.DataFrame,
    words: Words,
    affiliated: pl.DataFrame,
) -> pl.DataFrame:
    """Features of mentions that have their row `i` and the number `doc` of their document."""
    base = (
        mentions.join(type_traits(), on="event_type", how="left", maintain_order="left")
        .join(
            documents.select("doc_id", "published_start", "published_end"),
            on="doc_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            pl.col("type_code").fill_null(-1),
            pl.col("kin_code").fill_null(-1),
            pl.col("recurs", "inside").fill_null(2),
            pl.col("by_actor", "by_recipient").fill_null(True),
            pl.col("symmetric", "place_matters", "amount_matters", "nameless").fill_null(False),
        )
        .select(
            "i",
            "mention_id",
            "type_code",
            "kin_code",
            "recurs",
            "inside",
            "by_actor",
            "by_recipient",
            "symmetric",
            "place_matters",
            "amount_matters",
            "nameless",
            "doc",
            fact=pl.col("factuality").replace_strict(
                FACTUALITY, [0, 1, 2, 3], default=0, return_dtype=pl.Int8
            ),
            ds=_days("date_start"),
            de=_days("date_end"),
            coarse=~pl.col("date_granularity").is_in(["day", "week"]).fill_null(False),
            near=_slack(),
            ps=_days("published_start"),
            pe=_days("published_end"),
            pos=pl.col("trigger_start").fill_null(0),
            line=pl.coalesce("sentence_start", "trigger_start").fill_null(0),
        )
        .with_columns(de=pl.coalesce("de", pl.col("ds") + 1), pe=pl.coalesce("pe", pl.col("ps") + 1))
    )
    parts = _participants(mentions, participants, documents, resolved, words, affiliated)
    features = base.join(parts, on="mention_id", how="left", maintain_order="left")
    features = features.with_columns(
        [pl.col(c).fill_null([]) for c, t in features.schema.items() if t == CODES]
        + [pl.col(c).fill_null(0) for c in ("a_kind", "r_kind")]
    )
    peers = pl.len().over("doc", "type_code").cast(pl.Int32)
    features = features.drop("mention_id", "theme_text", "name_text").with_columns(
        peers.alias("peers"), *_amount_codes(mentions), *_texts(mentions, parts, words)
    )
    return features.with_columns(*headlines(mentions))


def _days(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32).alias(column)


def _slack() -> pl.Expr:
    """Days by which two dates may miss each other without contradiction: coarse dates are rounded by people."""
    return (
        pl.col("date_granularity")
        .replace_strict(
            ["day", "week", "month", "season", "quarter", "half", "year", "approx"],
            [0, 1, 3, 10, 10, 10, 0, 10],
            default=0,
            return_dtype=pl.Int32,
        )
        .fill_null(0)
    )


def _participants(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    documents: pl.DataFrame,
    resolved: pl.DataFrame,
    words: Words,
    affiliated: pl.DataFrame,
) -> pl.DataFrame:
    """Code lists by role: mention_id, a_ids, a_fam, a_part, a_aff, a_kind, a_known, r_…, beside, about, places, theme_text,
    name_text."""
    p = _fillers(mentions, participants, resolved, words)
    p = p.join(_offices(p, mentions, documents, affiliated), on=["mention_id", "entity_id"], how="left")
    known = pl.col("known")
    stands_for = pl.col("affiliated").explode(empty_as_null=False).drop_nulls().hash(seed=1).unique().sort()
    out = mentions.select("mention_id")
    for prefix, role in (("a", "actor"), ("r", "recipient")):
        codes = (
            p.filter(pl.col("role") == role)
            .group_by("mention_id")
            .agg(
                pl.col("code").unique().sort().alias(f"{prefix}_ids"),
                pl.col("family_code").filter(known).unique().sort().alias(f"{prefix}_fam"),
                pl.col("family_code").filter(known, "partial").unique().sort().alias(f"{prefix}_part"),
                stands_for.alias(f"{prefix}_aff"),
                pl.col("kind_code").filter(known).unique().sum().cast(pl.Int32).alias(f"{prefix}_kind"),
                known.sum().cast(pl.Int32).alias(f"{prefix}_known"),
            )
        )
        out = out.join(codes, on="mention_id", how="left", maintain_order="left")
    places = p.filter(pl.col("role") == "place")
    out = out.join(
        places.group_by("mention_id").agg(places=pl.col("code").unique().sort()),
        on="mention_id",
        how="left",
        maintain_order="left",
    )
    themes = (
        participants.filter(pl.col("role") == "theme")
        .group_by("mention_id")
        .agg(theme_text=pl.col("text").drop_nulls().sort().str.join(" "))
    )
    names = protagonists(mentions, p)
    for frame in (themes, names, *at_hand(mentions, p)):
        out = out.join(frame, on="mention_id", how="left", maintain_order="left")
    return out.with_columns(pl.col("a_known", "r_known").fill_null(0))


def _fillers(
    mentions: pl.DataFrame, participants: pl.DataFrame, resolved: pl.DataFrame, words: Words
) -> pl.DataFrame:
    """Participants with entity_id (global), code, family_code, kind_code, partial and known.

    The parties of a symmetric event are all actors, whatever the words make of them. Fillers that are common nouns have
    a code, but are not known: they add to what two mentions share, never to what differs.
    """
    symmetric = type_traits().filter("symmetric")["event_type"].implode()
    p = participants.join(
        mentions.select("mention_id", "doc_id", "event_type"), on="mention_id"
    ).with_columns(
        role=pl.when(pl.col("event_type").is_in(symmetric) & (pl.col("role") == "recipient"))
        .then(pl.lit("actor"))
        .otherwise("role"),
        filler=fold(pl.col("text").fill_null("")).str.strip_chars(),
    )
    p = p.rename({"entity_id": "key"}).join(
        resolved.select("key", "entity_id", "name", "kind", "family", "partial"), on="key", how="left"
    )
    named = pl.col("entity_id").is_not_null()
    p = p.filter(named | ((pl.col("filler") != "") & ~pl.col("filler").is_in(words.pronouns)))
    return p.with_columns(
        code=pl.coalesce("entity_id", "filler").hash(seed=1),
        family_code=pl.coalesce("family", "filler").hash(seed=2),
        partial=pl.col("partial").fill_null(False),
        kind_code=pl.col("kind").replace_strict(_KINDS, default=0, return_dtype=pl.Int8).fill_null(0),
        known=named
        & (pl.col("kind").is_in(_NAMED_BY_OFFICE) | looks_like_name(pl.col("name"), words)).fill_null(False),
    )


def _offices(
    fillers: pl.DataFrame, mentions: pl.DataFrame, documents: pl.DataFrame, affiliated: pl.DataFrame
) -> pl.DataFrame:
    """mention_id, entity_id, affiliated: for whom people stand when the event happened, or else the report was published."""
    days = mentions.select("mention_id", "doc_id", "date_start").join(
        documents.select("doc_id", "published_start"), on="doc_id", how="left"
    )
    when = days.select("mention_id", when=pl.coalesce("date_start", "published_start"))
    held = (
        fillers.select("mention_id", "entity_id")
        .unique()
        .join(affiliated, on="entity_id")
        .join(when, on="mention_id")
        .filter(
            (pl.col("since").is_null() | pl.col("when").is_null() | (pl.col("since") <= pl.col("when")))
            & (pl.col("until").is_null() | (pl.col("when") < pl.col("until")).fill_null(False))
        )
    )
    return held.group_by("mention_id", "entity_id").agg("affiliated")


def _amount_codes(mentions: pl.DataFrame) -> list[pl.Series]:
    """Units of the amounts, and cells of their logarithms: amounts are equal where they share a cell."""
    rows = (
        mentions.select("amounts")
        .with_row_index("i")
        .explode("amounts", empty_as_null=False)
        .filter(pl.col("amounts").is_not_null())
        .unnest("amounts")
        .select(
            "i",
            unit=pl.coalesce(
                pl.col("currency").str.to_uppercase(), pl.col("unit").str.to_lowercase()
            ).fill_null("?"),
            value=pl.concat_list("value", "low", "high"),
        )
        .explode("value", empty_as_null=True)
        .filter(pl.col("value").is_not_null())
        .with_columns(log=pl.col("value").abs().clip(lower_bound=1e-9).log() / _AMOUNT_STEP)
    )
    cells = [
        pl.struct(
            "unit",
            grid=pl.lit(n),
            cell=(pl.col("log") + n / 2).floor().cast(pl.Int64),
        ).hash(seed=3)
        for n in (0, 1)
    ]
    coded = (
        rows.group_by("i").agg(
            units=pl.col("unit").hash(seed=4).unique().sort(),
            amounts=pl.concat_list(cells).explode().unique().sort(),
        )
        if rows.height
        else pl.DataFrame(schema={"i": pl.UInt32, "units": CODES, "amounts": CODES})
    )
    all_rows = pl.DataFrame({"i": pl.int_range(mentions.height, eager=True, dtype=pl.UInt32)})
    joined = all_rows.join(coded, on="i", how="left", maintain_order="left")
    return [joined["units"].fill_null([]), joined["amounts"].fill_null([])]


def _texts(mentions: pl.DataFrame, parts: pl.DataFrame, words: Words) -> list[pl.Series]:
    """Stems of theme, of sentence (without those of the names) and of trigger, and the cues."""
    frame = pl.DataFrame(
        {
            "theme": stems(parts["theme_text"], words),
            "sentence": stems(mentions["sentence"], words),
            "names": stems(parts["name_text"], words),
            "trigger": stems(mentions["trigger"], words),
        }
    ).select(
        pl.col("theme").list.set_difference("names").list.set_difference("trigger").list.sort(),
        pl.col("sentence").list.set_difference("names").list.set_difference("trigger").list.sort(),
        pl.col("trigger").list.set_difference(_light(words)).list.sort(),
    )
    return [*frame.get_columns(), *cues(mentions, words).get_columns()]


def _light(words: Words) -> pl.Expr:
    """Stems of verbs that say little, as one list."""
    return pl.lit(stems(pl.Series([" ".join(words.light)]), words), dtype=CODES)
