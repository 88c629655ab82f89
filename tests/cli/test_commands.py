"""Commands as users call them."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus_etl.cli.main import COMMANDS
from corpus_etl.release import open_release

ARTICLES = {
    "a.txt": "Elon Musk a porté plainte contre OpenAI le 29 février 2024 à San Francisco.",
    "b.txt": "Le 2 octobre 2024, OpenAI a levé 6,6 milliards de dollars.",
}


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `corpus-etl`."""
    return subprocess.run(
        [sys.executable, "-m", "corpus_etl.cli.main", *arguments], capture_output=True, text=True, timeout=240
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus and the dataset folder built from it with the command."""
    root = tmp_path_factory.mktemp("cli")
    corpus = root / "articles"
    corpus.mkdir()
    for name, text in ARTICLES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    done = call(
        "build", "--corpus", str(corpus), "--dataset", "demo", "--out", str(root / "dist"), "--workers", "1"
    )
    assert done.returncode == 0, done.stderr
    assert "Published demo 1.0.0" in done.stdout
    assert "justice.sue" in done.stdout
    return corpus, root / "dist" / "demo"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str) -> None:
    done = call(command, "--help")
    assert done.returncode == 0
    assert f"corpus-etl {command}" in done.stdout
    assert "example" in done.stdout


def test_show_filters_by_type_actor_and_date(built: tuple[Path, Path]) -> None:
    dataset = str(built[1])
    assert "business.raise_funds" in call("show", dataset).stdout
    only = call(
        "show", dataset, "--type", "justice", "--actor", "musk", "--from", "2024-02", "--to", "2024-02-29"
    ).stdout
    assert "justice.sue" in only
    assert "business" not in only
    assert "no event" in call("show", dataset, "--actor", "nobody").stdout
    assert '"event_type":"justice.sue"' in call("show", dataset, "--json").stdout


def test_evidence_marks_the_trigger_in_its_sentence(built: tuple[Path, Path]) -> None:
    events = open_release(built[1]).read("events")
    event_id = next(
        i for i, kind in events.select("event_id", "event_type").iter_rows() if kind == "justice.sue"
    )
    done = call("evidence", event_id, str(built[1]))
    assert done.returncode == 0
    assert "»porté plainte«" in done.stdout
    assert "a.txt" in done.stdout
    assert call("evidence", "e0000", str(built[1])).returncode == 2


def test_verify_passes_what_is_whole_and_fails_what_is_damaged(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    import shutil

    corpus, dataset = built
    done = call("verify", str(dataset), "--corpus", str(corpus))
    assert done.returncode == 0, done.stdout
    copy = tmp_path / "1.0.0"
    shutil.copytree(dataset / "1.0.0", copy)
    (copy / "README.md").write_text("changed")
    assert call("verify", str(copy)).returncode == 1
    assert call("verify", str(tmp_path)).returncode == 2


def test_wrong_use_exits_with_two() -> None:
    assert call("build", "--dataset", "x").returncode == 2
    assert call("nonsense").returncode == 2
    assert call("build", "--dataset", "x", "--corpus", "no/such/folder").returncode == 2
