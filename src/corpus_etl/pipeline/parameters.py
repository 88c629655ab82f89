"""Parameters of a build, checked before any work is done."""

import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from corpus_etl import language
from corpus_etl.errors import ConfigurationError

Extractor = Literal["rules"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What to build from what.

    Attributes:
        dataset: name of the dataset: lower-case letters, digits, hyphens.
        corpus: folder, file or glob pattern of the raw texts.
        out: folder in which the datasets are published.
        languages: language codes to extract from; each needs a language pack.
        workers: number of processes.
        extractor: `rules`, the frames of the language pack.
        threshold: mentions with a smaller confidence (0 to 1) are left out.
        created: ISO 8601 time of the release; now where empty.
        licence: SPDX id of the licence of the dataset; none where empty.
        gold: annotations of documents of the corpus (JSON lines), to score the release with.
        work: folder for stage files; `.work` in `out` where empty.
        shard_documents: documents a shard of analysis and extraction has at most, about.
    """

    dataset: str
    corpus: str
    out: str = "dist"
    languages: tuple[str, ...] = ("fr",)
    workers: int = 1
    extractor: Extractor = "rules"
    threshold: float = 0.0
    created: str = ""
    licence: str = ""
    gold: tuple[str, ...] = ()
    work: str = ""
    shard_documents: int = 200

    def __post_init__(self) -> None:
        """Raise ConfigurationError where a value cannot be right."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.dataset):
            raise ConfigurationError(f"dataset {self.dataset!r}: use lower-case letters, digits and hyphens")
        if not self.languages:
            raise ConfigurationError("languages: name at least one, such as fr")
        for code in self.languages:
            language.pack(code)
        if self.workers < 1:
            raise ConfigurationError(f"workers {self.workers}: at least 1")
        if self.extractor != "rules":
            raise ConfigurationError(f"extractor {self.extractor!r}: there is `rules`")
        if not 0 <= self.threshold <= 1:
            raise ConfigurationError(f"threshold {self.threshold}: from 0 to 1")
        if self.shard_documents < 1:
            raise ConfigurationError(f"shard_documents {self.shard_documents}: at least 1")
        absent = [path for path in self.gold if not Path(path).is_file()]
        if absent:
            raise ConfigurationError(f"gold: no annotations at {', '.join(absent)}")
        if self.created:
            self._check_created()

    def _check_created(self) -> None:
        try:
            datetime.fromisoformat(self.created)
        except ValueError:
            raise ConfigurationError(
                f"created {self.created!r}: an ISO 8601 time such as 2026-01-31T06:00:00Z"
            ) from None

    @property
    def out_folder(self) -> Path:
        """Folder in which the datasets are published."""
        return Path(self.out)

    @property
    def work_folder(self) -> Path:
        """Folder for the stage files of this dataset."""
        return (Path(self.work) if self.work else self.out_folder / ".work") / self.dataset

    def created_or_now(self) -> str:
        """The time of the release, in UTC."""
        return self.created or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def shaping(self) -> dict[str, Any]:
        """The parameters that shape the rows, for the manifest; paths are no part of them."""
        return {
            "languages": list(self.languages),
            "extractor": self.extractor,
            "threshold": self.threshold,
        }

    def to_dict(self) -> dict[str, Any]:
        """All parameters, JSON-able."""
        return asdict(self)


def default_workers() -> int:
    """Number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
