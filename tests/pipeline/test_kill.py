"""Sudden death: a build killed at any moment shows nothing partial."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus_etl.release import open_release, read_index, verify

MOMENTS = 20
ARTICLES = {
    "a.txt": "Elon Musk a porté plainte contre OpenAI le 29 février 2024 à San Francisco.",
    "b.txt": "Le 2 octobre 2024, OpenAI a levé 6,6 milliards de dollars.",
}


def whole_releases(dataset: Path, known: set[str]) -> set[str]:
    """Names of the visible releases; those not yet `known` are verified."""
    visible = {p.name for p in dataset.iterdir() if p.is_dir() and not p.name.startswith(".")}
    for name in visible - known:
        assert all(check.passed for check in verify(open_release(dataset / name))), name
    return visible


@pytest.mark.slow
def test_a_killed_build_shows_nothing_partial_and_the_next_one_succeeds(tmp_path: Path) -> None:
    corpus, dataset = tmp_path / "articles", tmp_path / "dist" / "test"
    corpus.mkdir()
    for name, text in ARTICLES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "corpus_etl.cli.main",
        "build",
        "--corpus",
        str(corpus),
        "--dataset",
        "test",
        "--out",
        str(tmp_path / "dist"),
        "--workers",
        "1",
    ]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    known, chance = whole_releases(dataset, set()), random.Random(20)
    for number in range(MOMENTS):
        (corpus / "extra.txt").write_text(
            f"Mira Murati a démissionné le {number // 4 + 1} mai 2024.", encoding="utf-8"
        )
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        # Most of the time goes to starting up; the writing is at the end.
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        indexed = {v["version"] for v in read_index(dataset).versions}
        visible = whole_releases(dataset, known)
        assert indexed <= visible
        assert len(visible - indexed) <= 1
        known = visible
    subprocess.run(command, check=True, capture_output=True)
    assert not list(dataset.glob(".staging-*"))
    assert "extra.txt" in open_release(dataset).read("documents")["source"].to_list()
