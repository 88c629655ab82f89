"""The committed release of the sample corpus: rebuilt and compared byte for byte."""

import shutil
from pathlib import Path

import duckdb
import orjson
import pandas as pd
import polars as pl
import pytest

from corpus_etl.pipeline import Parameters, build
from corpus_etl.release import open_release, read_index


@pytest.fixture(scope="module")
def dataset(project: Path) -> Path:
    """The committed dataset."""
    return project / "dist" / "openai-dispute"


def test_the_committed_release_is_rebuilt_byte_for_byte(
    dataset: Path, sample: Path, project: Path, tmp_path: Path
) -> None:
    index = read_index(dataset)
    gold = tuple(
        str(project / "tests" / "gold" / half / "openai-dispute.jsonl") for half in ("read", "unread")
    )
    committed = open_release(dataset)
    for entry in index.versions[1:]:
        shutil.copytree(dataset / entry["version"], tmp_path / "openai-dispute" / entry["version"])
    rebuilt = build(
        Parameters(
            "openai-dispute",
            str(sample),
            str(tmp_path),
            workers=2,
            created=committed.manifest["created"],
            licence="CC0-1.0",
            gold=gold,
        )
    )
    assert rebuilt.version == committed.version
    names = sorted(p.name for p in committed.folder.iterdir())
    assert sorted(p.name for p in rebuilt.folder.iterdir()) == names
    for name in set(names) - {"manifest.json", "SHA256SUMS"}:
        assert (rebuilt.folder / name).read_bytes() == (committed.folder / name).read_bytes(), (
            f"{name} differs: run `make release`"
        )
    ours, theirs = (
        orjson.loads((f / "manifest.json").read_bytes()) for f in (rebuilt.folder, committed.folder)
    )
    assert ours | {"run": None} == theirs | {"run": None}


def test_three_lines_load_it_in_duckdb_pandas_and_polars(dataset: Path) -> None:
    path = str(open_release(dataset).folder / "events.parquet")
    rows = duckdb.sql(
        f"SELECT label, n_sources, actors[1].name FROM '{path}' ORDER BY n_sources DESC"
    ).fetchall()
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    events = pl.read_parquet(path)
    assert len(rows) == len(frame) == events.height > 20
    assert events["n_sources"].max() == rows[0][1] == frame["n_sources"].max() > 3
    assert isinstance(frame["actors"].iloc[0], list)
