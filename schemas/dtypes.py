"""Enumerations and nested dtypes that several tables share."""

import polars as pl

from .event_types import EVENT_TYPES

EVENT_TYPE = pl.Enum(EVENT_TYPES)
FACTUALITY = pl.Enum(["asserted", "negated", "planned", "possible"])
GRANULARITY = pl.Enum(["day", "week", "month", "season", "quarter", "half", "year", "decade", "approx"])
DATE_BASIS = pl.Enum(["explicit", "relative", "carried", "none"])
PUBLISHED_BASIS = pl.Enum(["header", "metadata", "file", "text", "none"])
ROLE = pl.Enum(["actor", "recipient", "theme", "place"])
RESOLUTION = pl.Enum(["name", "alias", "role_noun", "pronoun", "none"])
ENTITY_KIND = pl.Enum(["person", "organization", "place", "product", "group", "other"])
CHANGE = pl.Enum(["added", "changed", "withdrawn", "merged_into", "split_from"])

AMOUNT = pl.Struct(
    {
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "currency": pl.String,
        "unit": pl.String,
        "text": pl.String,
        "start": pl.Int32,
        "end": pl.Int32,
    }
)
AMOUNTS = pl.List(AMOUNT)
PARTY = pl.Struct({"entity_id": pl.String, "name": pl.String})
PARTIES = pl.List(PARTY)
STRINGS = pl.List(pl.String)
FACTUALITY_COUNTS = pl.Struct(dict.fromkeys(FACTUALITY.categories, pl.Int32))
CONFLICTING = pl.Struct(
    dict.fromkeys(("date", "amount", "actor", "recipient", "place", "factuality"), STRINGS)
)

DOC_ID = r"^d[0-9a-f]{16}$"
MENTION_ID = r"^m[0-9a-f]{16}$"
ENTITY_ID = r"^n[0-9a-f]{16}$"
EVENT_ID = r"^e[0-9a-f]{16}$"
SHA256 = r"^[0-9a-f]{64}$"
