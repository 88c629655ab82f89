"""Publishing: versions, immutability, atomicity, rejects."""

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pandas as pd
import polars as pl
import pytest

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed, ConfigurationError
from corpus_etl.release import open_release, publish, read_index, verify, yank
from corpus_etl.release.manifest import Provenance
from corpus_etl.release.tables import write_table

Make = Callable[..., tuple[dict[str, pl.DataFrame], pl.DataFrame]]
CREATED = "2026-01-31T06:00:00Z"


def sums(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def put(out: Path, make: Make, provenance: Provenance, created: str = CREATED, **kwargs: Any) -> Any:
    tables, texts = make(**kwargs)
    return publish(out, "test", tables, texts, provenance, created)


def test_the_first_release_is_whole_and_passes_its_own_checks(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    published = put(tmp_path, make, provenance)
    assert published.version == "1.0.0"
    assert published.new
    expected = {f"{t}.parquet" for t in schemas.TABLES} | {f"{t}.jsonl.gz" for t in schemas.TABLES}
    assert {p.name for p in published.folder.iterdir()} == expected | {
        "README.md",
        "manifest.json",
        "quality.json",
        "SHA256SUMS",
    }
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=published.folder, check=True)
    assert all(check.passed for check in verify(open_release(published.folder)))
    versions = orjson.loads((tmp_path / "test" / "versions.json").read_bytes())
    assert versions["latest"] == "1.0.0"
    assert versions["versions"][0]["rows"]["events"] == 2
    assert orjson.loads((tmp_path / "catalog.json").read_bytes())["datasets"][0]["dataset"] == "test"


def test_unchanged_content_publishes_nothing(tmp_path: Path, make: Make, provenance: Provenance) -> None:
    put(tmp_path, make, provenance)
    before = (tmp_path / "test" / "versions.json").read_bytes()
    again = put(tmp_path, make, provenance, created="2026-02-01T06:00:00Z")
    assert not again.new
    assert (tmp_path / "test" / "versions.json").read_bytes() == before


def test_more_rows_make_a_minor_release_that_says_what_changed(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    put(tmp_path, make, provenance, names=("a.txt",))
    first = sums(tmp_path / "test" / "1.0.0")
    second = put(tmp_path, make, provenance, names=("a.txt", "b.txt"))
    assert second.version == "1.1.0"
    release = open_release(tmp_path / "test")
    assert release.manifest["parent"] == "1.0.0"
    changes = release.read("changes")
    assert changes["change"].to_list() == ["added"]
    events = release.read("events").sort("event_type")
    assert events.select("first_release", "last_changed").rows() == [("1.1.0", "1.1.0"), ("1.0.0", "1.0.0")]
    assert sums(tmp_path / "test" / "1.0.0") == first


def test_documentation_alone_makes_a_patch(tmp_path: Path, make: Make, provenance: Provenance) -> None:
    put(tmp_path, make, provenance)
    licensed = Provenance(**{**vars(provenance), "licence": "CC0-1.0"})
    assert put(tmp_path, make, licensed).version == "1.0.1"


def test_equal_builds_give_equal_bytes(tmp_path: Path, make: Make, provenance: Provenance) -> None:
    one = put(tmp_path / "one", make, provenance)
    two = put(tmp_path / "two", make, provenance, names=("b.txt", "a.txt"))
    assert sums(one.folder) == sums(two.folder)


def test_equal_rows_give_equal_bytes_however_they_lie_in_memory(tmp_path: Path) -> None:
    columns = schemas.TABLES["rejects"].dtypes
    rows = [{c: f"{c} {n * n}" for c in columns} | {"stage": "ingest"} for n in range(800)]
    whole = pl.DataFrame(rows, schema=columns)
    written = set()
    for cut in range(50, 800, 50):  # how many threads a machine has decides where chunks end
        write_table(tmp_path, "rejects", pl.concat([whole[:cut], whole[cut:]], rechunk=False), "d")
        written.add(tuple(p.read_bytes() for p in sorted(tmp_path.iterdir())))
    assert len(written) == 1


def test_a_row_whose_words_are_not_in_the_text_becomes_a_reject(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    tables, texts = make()
    texts = texts.with_columns(pl.col("text").str.replace("levé", "cédé"))
    publish(tmp_path, "test", tables, texts, provenance, CREATED)
    release = open_release(tmp_path / "test")
    assert release.read("mentions").height == 1
    rejects = release.read("rejects").select("table", "reason").rows()
    assert ("mentions", "offsets") in rejects
    assert ("events", "no_mention") in rejects
    assert ("participants", "mention_id.foreign_key") in rejects
    assert orjson.loads(release.read("rejects")["row"][0])


def test_a_value_outside_the_contract_becomes_a_reject_with_the_name_of_the_check(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    tables, texts = make()
    tables["mentions"] = tables["mentions"].with_columns(confidence=pl.Series([0.5, 1.5]))
    publish(tmp_path, "test", tables, texts, provenance, CREATED)
    reasons = open_release(tmp_path / "test").read("rejects")["reason"].to_list()
    assert "confidence.less_than_or_equal_to" in reasons


def test_a_missing_column_stops_the_release_and_nothing_is_visible(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    tables, texts = make()
    tables["events"] = tables["events"].drop("label")
    with pytest.raises(CheckFailed, match="label"):
        publish(tmp_path, "test", tables, texts, provenance, CREATED)
    assert not list(tmp_path.glob("test/*/"))
    assert read_index(tmp_path / "test").latest is None


def test_what_a_dead_run_left_is_swept_and_a_whole_release_is_entered(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    published = put(tmp_path, make, provenance)
    (tmp_path / "test" / "versions.json").unlink()
    litter = tmp_path / "test" / ".staging-1.1.0-99"
    litter.mkdir()
    (litter / "events.parquet").write_bytes(b"PAR1")
    again = put(tmp_path, make, provenance)
    assert not litter.exists()
    assert (again.version, again.new) == ("1.0.0", False)
    assert read_index(tmp_path / "test").latest == published.version


def test_a_damaged_release_fails_verification(tmp_path: Path, make: Make, provenance: Provenance) -> None:
    published = put(tmp_path, make, provenance)
    path = published.folder / "events.parquet"
    pl.read_parquet(path).with_columns(label=pl.lit("x")).write_parquet(path)
    failed = {c.name for c in verify(open_release(published.folder)) if not c.passed}
    assert {"hashes", "schemas", "contents"} <= failed


def test_a_yanked_release_stays_and_latest_names_the_one_before(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    put(tmp_path, make, provenance, names=("a.txt",))
    put(tmp_path, make, provenance)
    assert yank(tmp_path / "test", "1.1.0", "wrong dates").latest == "1.0.0"
    assert (tmp_path / "test" / "1.1.0").is_dir()
    assert open_release(tmp_path / "test").version == "1.0.0"
    with pytest.raises(ConfigurationError, match=r"9\.9\.9"):
        yank(tmp_path / "test", "9.9.9", "none")


def test_duckdb_pandas_and_polars_load_lists_and_structs(
    tmp_path: Path, make: Make, provenance: Provenance
) -> None:
    path = str(put(tmp_path, make, provenance).folder / "events.parquet")
    sql = f"SELECT actors[1].name, amounts[1].value, date_start, event_type FROM '{path}' ORDER BY event_type"
    rows = duckdb.sql(sql).fetchall()
    assert rows[0][:2] == ("OpenAI", 6.6e9)
    assert str(rows[1][2]) == "2024-02-29"
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    assert frame.loc[0, "actors"][0]["name"] == "OpenAI"
    assert str(frame.loc[0, "date_start"]) == "2024-10-02"
    events = pl.read_parquet(path)
    assert events["actors"].explode().struct.field("name").to_list() == ["OpenAI", "Elon Musk"]
    assert events.schema == pl.Schema(schemas.TABLES["events"].dtypes)
    lines = duckdb.sql(f"SELECT count(*) FROM '{path.replace('.parquet', '.jsonl.gz')}'").fetchall()
    assert lines == [(2,)]
