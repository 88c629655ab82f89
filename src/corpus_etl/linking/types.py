"""What linking knows about event types: how often they recur between the same parties, and what tells two apart.

`types.csv` has one row per event type:

recurs          never: the same parties do it once (found, die); seldom; often (statements, attacks)
inside          the same within one document, which may come back to one accusation again and again
identity        the role whose entities make the event: actor, recipient or both
kin             types of the same kin may name one event (accuse and criticise; propose and request)
symmetric       actor and recipient may change places (merge, partner)
place_matters   different places are different events
amount_matters  different amounts are different events
nameless        mostly told without anybody's name (floods, marches)
"""

from functools import cache
from pathlib import Path

import polars as pl

_FILE = Path(__file__).with_name("types.csv")
RECURS = ("never", "seldom", "often")


@cache
def type_traits() -> pl.DataFrame:
    """One row per event type: event_type, type_code, kin_code, recurs and inside (0 never, 1 seldom, 2 often), by_actor, by_recipient,
    symmetric, place_matters, amount_matters, nameless.

    Two types have the same `kin_code` where they may name the same event.
    """
    rows = pl.read_csv(_FILE, infer_schema=False).sort("event_type").with_row_index("type_code")
    often = [pl.col(c).replace_strict(RECURS, [0, 1, 2], return_dtype=pl.Int8) for c in ("recurs", "inside")]
    yes = [pl.col(c) == "yes" for c in ("symmetric", "place_matters", "amount_matters", "nameless")]
    return rows.select(
        "event_type",
        pl.col("type_code").cast(pl.Int32),
        *often,
        kin_code=pl.coalesce("kin", "event_type").rank("dense").cast(pl.Int32),
        by_actor=pl.col("identity").is_in(["actor", "both"]),
        by_recipient=pl.col("identity").is_in(["recipient", "both"]),
        symmetric=yes[0],
        place_matters=yes[1],
        amount_matters=yes[2],
        nameless=yes[3],
    )
