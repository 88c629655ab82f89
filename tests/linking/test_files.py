"""`link_files` gives what `link` gives, whatever is in memory at a time."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from benchmarks.linking import Reports, generate
from corpus_etl import linking
from corpus_etl.errors import ConfigurationError

GIVEN = ("mentions", "participants", "documents", "entities")
LINKED = ("events", "mentions", "participants", "entities")


@cache
def reports(seed: int, size: int = 400) -> Reports:
    return generate(size, seed)


def frames(r: Reports) -> dict[str, pl.DataFrame]:
    return {name: getattr(r, name) for name in GIVEN}


def previous(r: Reports) -> linking.Previous:
    """A release of two documents in three."""
    docs = r.documents.gather_every(3)["doc_id"].implode()
    mentions = r.mentions.filter(~pl.col("doc_id").is_in(docs))
    old = linking.link(mentions, r.participants, r.documents, r.entities)
    return linking.Previous(old.events, old.mentions, old.participants)


def files(tables: dict[str, pl.DataFrame], folder: Path) -> dict[str, Path]:
    """The tables as Parquet files, their rows in another order."""
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, frame in tables.items():
        rows = frame if name == "documents" else frame.sample(fraction=1, shuffle=True, seed=3)
        rows.write_parquet(paths[name], row_group_size=100)
    return paths


def assert_linked(out: Path, want: linking.Linked) -> None:
    for name in LINKED:
        assert_frame_equal(pl.read_parquet(out / f"{name}.parquet"), getattr(want, name))


@pytest.mark.parametrize("part", [90, 500, 10**9])
@pytest.mark.parametrize("carried", [False, True])
@pytest.mark.parametrize("described", [False, True])
def test_files_are_linked_as_frames(tmp_path: Path, part: int, carried: bool, described: bool) -> None:
    r = reports(1, 900)
    tables = frames(r)
    paths = files(tables, tmp_path)
    if not described:
        del tables["entities"]
    before = previous(r) if carried else None
    want = linking.link(**tables, previous=before)
    rows = linking.link_files(
        paths["mentions"],
        paths["participants"],
        paths["documents"],
        paths["entities"] if described else None,
        tmp_path / "out",
        previous=before,
        part=part,
    )
    assert_linked(tmp_path / "out", want)
    assert_frame_equal(pl.read_parquet(tmp_path / "out" / "documents.parquet"), r.documents)
    assert (rows.mentions, rows.events) == (r.mentions.height, want.events.height)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2), part=st.integers(40, 500), carried=st.booleans())
def test_the_size_of_the_parts_changes_no_file(seed: int, part: int, carried: bool) -> None:
    r = reports(seed)
    before = previous(r) if carried else None
    with TemporaryDirectory() as folder:
        paths = files(frames(r), Path(folder))
        linking.link_files(**paths, out=Path(folder) / "out", previous=before, part=part)
        assert_linked(Path(folder) / "out", linking.link(**frames(r), previous=before))


def test_further_columns_of_any_name_are_kept(tmp_path: Path) -> None:
    r = reports(0)
    tables = frames(r)
    names = ("i", "doc", "part", "slot", "event_part", "time")
    for table in ("mentions", "participants"):
        tables[table] = tables[table].with_row_index("row").with_columns(pl.col("row").alias(n) for n in names)
    linking.link_files(**files(tables, tmp_path), out=tmp_path / "out", part=100)
    want = linking.link(**tables)
    assert want.mentions.columns[-7:] == ["row", *names]
    assert_linked(tmp_path / "out", want)


def test_themes_and_places_may_be_columns(tmp_path: Path) -> None:
    r = reports(0)
    tables = frames(r)
    said = r.participants.filter(pl.col("role") == "theme").select("mention_id", theme="text")
    tables["mentions"] = r.mentions.join(said, on="mention_id", how="left").with_columns(place=pl.lit("Lyon"))
    tables["participants"] = r.participants.filter(pl.col("role") != "theme")
    linking.link_files(**files(tables, tmp_path), out=tmp_path / "out", part=100)
    want = linking.link(**tables)
    assert "theme" in set(want.participants["role"].cast(pl.String))
    assert_linked(tmp_path / "out", want)


def test_a_table_may_be_several_files_or_json_lines(tmp_path: Path) -> None:
    r = reports(0)
    want = linking.link(**frames(r))
    shards = [tmp_path / f"{n}.parquet" for n in range(3)]
    for n, path in enumerate(shards):
        r.mentions.slice(150 * n, 150).write_parquet(path)
    r.participants.write_ndjson(tmp_path / "participants.jsonl")
    paths = files(frames(r), tmp_path) | {
        "mentions": shards,
        "participants": tmp_path / "participants.jsonl",
    }
    linking.link_files(**paths, out=tmp_path / "out", part=100)
    assert_linked(tmp_path / "out", want)


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = files(frames(reports(0)), tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "events.parquet").write_text("of before")
    write = pl.LazyFrame.sink_parquet

    def fail(table: pl.LazyFrame, path: str | Path, **options: object) -> None:
        if Path(path).name == "participants.parquet":
            raise OSError("no space left")
        write(table, path, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(pl.LazyFrame, "sink_parquet", fail)
    with pytest.raises(OSError, match="space"):
        linking.link_files(**paths, out=out)
    assert [p.name for p in out.iterdir()] == ["events.parquet"]
    assert (out / "events.parquet").read_text() == "of before"


def test_a_missing_file_or_column_is_named(tmp_path: Path) -> None:
    tables = frames(reports(0))
    paths = files(tables, tmp_path)
    with pytest.raises(ConfigurationError, match=r"no table at .*absent"):
        linking.link_files(**paths | {"documents": tmp_path / "absent"}, out=tmp_path / "out")
    tables["mentions"].drop("event_type").write_parquet(paths["mentions"])
    with pytest.raises(ConfigurationError, match="event_type"):
        linking.link_files(**paths, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
