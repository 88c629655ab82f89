"""Which outputs the stages of a dataset made last: how a stage that is run alone finds its inputs."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from corpus_etl.errors import ConfigurationError
from corpus_etl.release.files import json_bytes, locked, replace_file

from .parameters import Parameters

_FILE = "outputs.json"
_STAGE = {"collected": "ingest", "analysed": "analyse", "extracted": "extract", "linked": "link"}


class Outputs:
    """The record of stage outputs in the work folder of a dataset."""

    def __init__(self, parameters: Parameters) -> None:
        self._folder = parameters.work_folder
        self._path = self._folder / _FILE

    def record(self, **folders: Sequence[Path]) -> None:
        """Note the output folders of a stage under its name: collected, analysed, extracted or linked."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with locked(self._folder / ".lock"):
            known = self._read()
            known.update(
                {
                    name: [p.relative_to(self._folder).as_posix() for p in paths]
                    for name, paths in folders.items()
                }
            )
            replace_file(self._path, json_bytes(known))

    def all(self, name: str) -> list[Path]:
        """The output folders of a stage. Raises ConfigurationError where it has not run or its files are gone."""
        known = self._read()
        paths = [self._folder / p for p in known.get(name, [])]
        if name not in known or not all(p.exists() for p in paths):
            raise ConfigurationError(
                f"no outputs of stage {_STAGE[name]} in {self._folder}: run that stage first"
            )
        return paths

    def one(self, name: str) -> Path:
        """The only output folder of a stage that makes one."""
        return self.all(name)[0]

    def _read(self) -> dict[str, list[str]]:
        return dict(orjson.loads(self._path.read_bytes())) if self._path.exists() else {}
