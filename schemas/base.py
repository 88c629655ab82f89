"""What every table model shares: its strict configuration and checks that several tables need."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData


class TableModel(pa.DataFrameModel):  # type: ignore[misc]
    """A table of the contract: exactly these columns, in this order, of these dtypes; nothing is coerced."""

    class Config:
        strict = True
        ordered = True
        coerce = False


def before(data: PolarsData, start: str, end: str, *, empty: bool = False) -> pl.LazyFrame:
    """True where both bounds are null or `start` lies before `end` (at it, too, where `empty`)."""
    low, high = pl.col(start), pl.col(end)
    inside = low <= high if empty else low < high
    return data.lazyframe.select(((low.is_null() & high.is_null()) | inside).fill_null(False))


def together(data: PolarsData, *columns: str) -> pl.LazyFrame:
    """True where all of `columns` are null or none of them is."""
    nulls = pl.sum_horizontal(pl.col(c).is_null().cast(pl.Int32) for c in columns)
    return data.lazyframe.select(nulls.is_in([0, len(columns)]))
