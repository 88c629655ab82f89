"""Stage files: content-addressed folders that appear whole or not at all.

A stage output lies in `<work>/<stage>/<key>/`; the key hashes the inputs, the parameters and the code and data of
the package, so a file that is there is right and is not made again, and a run that died goes on where it stopped.
"""

import os
import shutil
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

import corpus_etl


@cache
def code_fingerprint() -> str:
    """SHA-256 over the package's own modules and data files."""
    digest = sha256()
    root = Path(corpus_etl.__file__).parent
    files = (p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    for path in sorted([*files, *(root / "schemas").glob("*.*")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stage_key(stage: str, *inputs: Any) -> str:
    """Key of a stage output: 24 hexadecimal digits over stage, inputs (JSON-able) and code."""
    return sha256(orjson.dumps([stage, code_fingerprint(), *inputs])).hexdigest()[:24]


def stage_output(work: Path, stage: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder of a stage output, made by `make(folder)` unless it is there already."""
    target = work / stage / key
    if target.exists():
        return target
    aside = work / stage / f".{key}-{os.getpid()}-{uuid4().hex[:8]}"
    aside.mkdir(parents=True)
    try:
        make(aside)
        try:
            aside.rename(target)
        except OSError:
            # Another task has made the same output meanwhile; equal keys mean equal contents.
            if not target.exists():
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def keep_only(work: Path, used: set[Path]) -> None:
    """Remove the stage outputs of earlier runs that this run has not used."""
    for stage in work.iterdir() if work.exists() else ():
        for folder in stage.iterdir() if stage.is_dir() else ():
            if folder not in used:
                shutil.rmtree(folder, ignore_errors=True)
