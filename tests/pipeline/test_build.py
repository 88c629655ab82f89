"""Whole builds: equal bytes, broken inputs, sudden death."""

import hashlib
import json
import shutil
from pathlib import Path

import orjson
import polars as pl
import pytest

from corpus_etl.errors import ConfigurationError
from corpus_etl.pipeline import Parameters, build
from corpus_etl.release import open_release, verify

CREATED = "2026-01-31T06:00:00Z"
SUE = "Elon Musk a porté plainte contre OpenAI le 29 février 2024 à San Francisco, accusant Sam Altman d'avoir trahi l'accord."
RAISE = "Le 2 octobre 2024, OpenAI a levé 6,6 milliards de dollars. Sam Altman dirige l’entreprise."
LEAVE = "Mira Murati a démissionné de son poste mercredi 25 septembre 2024. Elle avait dirigé l’entreprise pendant quelques jours."
NOTHING = "Le temps est beau sur la région ce matin."


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Four short articles."""
    return write(tmp_path / "articles", a=SUE, b=RAISE, c=LEAVE, d=NOTHING)


def run(corpus: Path, out: Path, **settings: object) -> Path:
    """Build and return the release folder."""
    return build(Parameters("test", str(corpus), str(out), created=CREATED, **settings)).folder  # type: ignore[arg-type]


def contents(release: Path) -> dict[str, str]:
    """Hashes of the files; of the manifest without what belongs to the run, which SHA256SUMS hashes, too."""
    found = {}
    for path in release.iterdir():
        data = path.read_bytes()
        if path.name == "manifest.json":
            manifest = orjson.loads(data)
            manifest.pop("run")
            data = orjson.dumps(manifest)
        if path.name == "SHA256SUMS":
            data = b"\n".join(line for line in data.splitlines() if b"manifest.json" not in line)
        found[path.name] = hashlib.sha256(data).hexdigest()
    return found


def test_a_build_finds_the_events_and_every_offset_holds(corpus: Path, tmp_path: Path) -> None:
    release = open_release(run(corpus, tmp_path / "dist"))
    types = set(release.read("events")["event_type"].cast(pl.String))
    assert {"justice.sue", "business.raise_funds", "personnel.leave"} <= types
    texts = pl.DataFrame(
        [
            {
                "source": p.name,
                "source_sha256": hashlib.sha256(p.read_bytes()).hexdigest(),
                "text": p.read_text("utf-8"),
            }
            for p in corpus.iterdir()
        ]
    )
    assert all(check.passed for check in verify(release, texts))
    assert release.read("documents").filter(pl.col("source") == "d.txt")["n_mentions"].to_list() == [0]


def test_workers_and_repeats_do_not_reach_the_bytes(corpus: Path, tmp_path: Path) -> None:
    first = contents(run(corpus, tmp_path / "one"))
    assert contents(run(corpus, tmp_path / "again")) == first
    assert contents(run(corpus, tmp_path / "two", workers=2)) == first


def test_names_of_files_reach_the_source_column_only(corpus: Path, tmp_path: Path) -> None:
    first = open_release(run(corpus, tmp_path / "one"))
    renamed = tmp_path / "renamed"
    renamed.mkdir()
    for new, path in zip("zyxw", sorted(corpus.iterdir()), strict=True):
        shutil.copy(path, renamed / f"{new}.txt")
    second = open_release(run(renamed, tmp_path / "two"))
    for table in ("events", "mentions", "participants", "entities"):
        assert (second.folder / f"{table}.parquet").read_bytes() == (
            first.folder / f"{table}.parquet"
        ).read_bytes()
    assert second.read("documents").drop("source").equals(first.read("documents").drop("source"))


def test_more_documents_keep_the_ids_of_the_others(corpus: Path, tmp_path: Path) -> None:
    first = open_release(run(corpus, tmp_path / "dist"))
    write(corpus, e="Satya Nadella a critiqué Google mardi 5 mars 2024 lors d'une conférence à Paris.")
    second = open_release(run(corpus, tmp_path / "dist"))
    assert second.version == "1.1.0"
    for table, key in (("documents", "doc_id"), ("mentions", "mention_id"), ("events", "event_id")):
        assert set(first.read(table)[key]) <= set(second.read(table)[key])


def test_broken_inputs_are_rejected_with_their_reasons_and_the_rest_is_published(
    corpus: Path, tmp_path: Path
) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "broken.txt").write_bytes(
        "La société a déposé plainte, près de là où elle était née ".encode() + b"\xff\xfe\xff end"
    )
    (corpus / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50)
    (corpus / "page.html").write_text("<p>rien</p>")
    with (corpus / "long.txt").open("wb") as file:
        file.write(b"mot " * 12_500_000)
    lines = [json.dumps({"id": str(n), "text": f"{RAISE} ({n})", "date": "2024-10-03"}) for n in range(3)]
    (corpus / "records.jsonl").write_text("\n".join(lines)[:-20], encoding="utf-8")
    release = open_release(run(corpus, tmp_path / "dist"))
    rejects = dict(
        release.read("rejects").filter(pl.col("stage") == "ingest").select("key", "reason").iter_rows()
    )
    assert rejects == {
        "empty.txt": "empty",
        "broken.txt": "undecodable",
        "picture.txt": "binary",
        "page.html": "unknown_format",
        "long.txt": "too_long",
        "records.jsonl#3": "invalid_json",
    }
    assert release.manifest["rows"]["documents"] == 6
    assert all(detail for detail in release.read("rejects")["detail"])


def test_an_unchanged_corpus_publishes_nothing(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "dist")
    assert not build(Parameters("test", str(corpus), str(tmp_path / "dist"))).new


@pytest.mark.parametrize(
    "wrong",
    [
        {"dataset": "Not Good"},
        {"workers": 0},
        {"languages": ("xx",)},
        {"threshold": 2.0},
        {"created": "yesterday"},
        {"extractor": "magic"},
    ],
)
def test_wrong_parameters_are_refused_before_any_work(wrong: dict[str, object], tmp_path: Path) -> None:
    settings = {"dataset": "test", "corpus": "x", "out": str(tmp_path)} | wrong
    with pytest.raises(ConfigurationError):
        Parameters(**settings)  # type: ignore[arg-type]
