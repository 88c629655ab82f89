"""Table `documents`: one row per input document, also those without an event."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from .base import TableModel, before
from .dtypes import DOC_ID, GRANULARITY, PUBLISHED_BASIS, SHA256


class Documents(TableModel):
    """One row per input document that could be read, also those without any event."""

    doc_id: str = pa.Field(
        unique=True, str_matches=DOC_ID, description="Document id, from the SHA-256 of the raw record"
    )
    source: str = pa.Field(
        description="Path relative to the corpus root; `file#record` for a record in a container"
    )
    source_sha256: str = pa.Field(
        str_matches=SHA256, description="SHA-256 of the raw bytes of the file or record"
    )
    title: str = pa.Field(nullable=True, description="Title as given by the metadata; null if none")
    lang: str = pa.Field(nullable=True, description="Language of the text, ISO 639-1; null where undecided")
    lang_score: pl.Float64 = pa.Field(
        nullable=True, ge=0, le=1, description="Probability of that language, 0 to 1"
    )
    published_start: pl.Date = pa.Field(
        nullable=True, description="First day of the interval in which the document was published"
    )
    published_end: pl.Date = pa.Field(
        nullable=True, description="Day after the last day of that interval (closed-open)"
    )
    published_granularity: GRANULARITY = pa.Field(
        nullable=True, description="How exact the publication date is"
    )
    published_basis: PUBLISHED_BASIS = pa.Field(
        description="Where the publication date was found: header of the text, metadata, file (name or URL), text, none"
    )
    n_chars: pl.Int32 = pa.Field(ge=0, description="Length of the source text in Unicode code points")
    n_sentences: pl.Int32 = pa.Field(ge=0, description="Number of sentences found")
    duplicate_of: str = pa.Field(
        nullable=True,
        str_matches=DOC_ID,
        description="doc_id of the kept copy where this is an exact or near duplicate",
    )
    duplicate_similarity: pl.Float64 = pa.Field(
        nullable=True,
        gt=0,
        le=1,
        description="Share of five-word sequences both texts have in common (Jaccard), 0 to 1",
    )
    n_mentions: pl.Int32 = pa.Field(ge=0, description="Number of event mentions found in the document")
    record_id: str = pa.Field(
        nullable=True, description="Id given by the record of a container; null if none"
    )
    url: str = pa.Field(nullable=True, description="Address given by the metadata; null if none")
    encoding: str = pa.Field(
        description="Encoding with which the raw bytes decode to the source text that offsets refer to"
    )

    @pa.dataframe_check(description="published_start lies before published_end")
    def published_interval(cls, data: PolarsData) -> pl.LazyFrame:
        return before(data, "published_start", "published_end")

    class Config:
        name = "documents"
