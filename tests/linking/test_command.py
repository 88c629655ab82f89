"""The command `link`."""

import argparse
from pathlib import Path

import polars as pl
import pytest

from benchmarks.linking import generate
from corpus_etl.cli import link as command
from corpus_etl.errors import ConfigurationError


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return command.run(parser.parse_args(["link", *words]))


def test_tables_in_tables_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    r = generate(60, 0)
    for name in ("mentions", "participants", "documents", "entities"):
        getattr(r, name).write_parquet(tmp_path / f"{name}.parquet")
    options = [
        w
        for n in ("mentions", "participants", "documents", "entities")
        for w in (f"--{n}", str(tmp_path / f"{n}.parquet"))
    ]
    assert run(*options, "--out", str(tmp_path / "out")) == 0
    assert "Linked 60 mentions" in capsys.readouterr().out
    events = pl.read_parquet(tmp_path / "out" / "events.parquet")
    mentions = pl.read_parquet(tmp_path / "out" / "mentions.parquet")
    assert set(mentions["event_id"]) == set(events["event_id"])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        f"{n}.parquet" for n in ("events", "mentions", "participants", "entities", "documents")
    }


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    words = [w for n in ("mentions", "participants", "documents") for w in (f"--{n}", str(tmp_path / n))]
    with pytest.raises(ConfigurationError, match="mentions"):
        run(*words, "--out", str(tmp_path / "out"))
