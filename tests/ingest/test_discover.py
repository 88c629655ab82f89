"""Files of a corpus, and how they are cut into shards."""

import os
from pathlib import Path

import pytest

from corpus_etl.errors import ConfigurationError
from corpus_etl.ingest import Shard, cut_shards, discover


def write(folder: Path, name: str, content: str = "Un texte.") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_a_folder_is_read_with_its_subfolders_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.jsonl", "a/c.txt", ".hidden.txt", ".git/x.txt"):
        write(tmp_path, name)
    assert [s.name for s in discover(tmp_path).sources] == ["a/c.txt", "a/z.jsonl", "b.txt"]


def test_a_glob_selects_files(tmp_path: Path) -> None:
    for name in ("2023/a.txt", "2024/a.txt", "2024/b.txt"):
        write(tmp_path, name)
    found = discover(f"{tmp_path}/2024/*.txt")
    assert [s.name for s in found.sources] == ["a.txt", "b.txt"]
    assert found.root == tmp_path / "2024"


def test_an_unknown_format_is_rejected_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "page.html")
    assert [(r[0], r[1]) for r in discover(tmp_path).rejects] == [("page.html", "unknown_format")]


def test_no_corpus_stops_before_any_work(tmp_path: Path) -> None:
    for missing in ("nowhere", "*.txt"):
        with pytest.raises(ConfigurationError, match=r"nowhere|\*\.txt"):
            discover(tmp_path / missing)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads every folder")
def test_a_folder_without_permission_is_rejected(tmp_path: Path) -> None:
    write(tmp_path, "open/a.txt")
    write(tmp_path, "closed/a.txt")
    (tmp_path / "closed").chmod(0)
    try:
        found = discover(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert [s.name for s in found.sources] == ["open/a.txt"]
    assert [(r[0], r[1]) for r in found.rejects] == [("closed", "unreadable_folder")]


def test_a_folder_that_cannot_be_listed_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "open/a.txt")
    write(tmp_path, "closed/a.txt")
    listing = os.scandir

    def scandir(path: str | os.PathLike[str] = ".") -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = discover(tmp_path)
    assert [s.name for s in found.sources] == ["open/a.txt"]
    assert [(r[0], r[1]) for r in found.rejects] == [("closed", "unreadable_folder")]


def test_shards_cover_every_byte_once_and_containers_are_cut_at_line_ends(tmp_path: Path) -> None:
    lines = [f'{{"text": "article {n}"}}' for n in range(100)]
    write(tmp_path, "big.jsonl", "\n".join(lines) + "\n")
    for n in range(5):
        write(tmp_path, f"{n}.txt", "x" * 200)
    found = discover(tmp_path)
    shards = cut_shards(found.root, found.sources, shard_bytes=500)
    parts = [p for shard in shards for p in shard.parts if p.name == "big.jsonl"]
    assert len(parts) > 3
    assert [p.begin for p in parts[1:]] == [p.end for p in parts[:-1]]
    assert parts[-1].end == (tmp_path / "big.jsonl").stat().st_size
    data = (tmp_path / "big.jsonl").read_bytes()
    for part in parts:
        first = data[part.begin : part.end].split(b"\n")[0].decode()
        assert first == lines[part.first - 1]
    assert sum(p.name.endswith(".txt") for shard in shards for p in shard.parts) == 5
    assert all(Shard.from_dict(shard.to_dict()) == shard for shard in shards)
