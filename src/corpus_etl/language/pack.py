"""Language packs: a folder of data per language code."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus_etl.errors import ConfigurationError

_ROOT = Path(__file__).resolve().parent.parent / "packs"


@dataclass(frozen=True, slots=True)
class Pack:
    """The data of a language: model, sentence rules, lexicons, grammars."""

    code: str
    folder: Path

    def path(self, *parts: str) -> Path:
        """A file or folder of the pack."""
        return self.folder.joinpath(*parts)

    def read_yaml(self, *parts: str) -> Any:
        """The content of a YAML file of the pack."""
        return read_yaml(self.path(*parts))


def read_yaml(path: Path) -> Any:
    """Read a YAML file; raises ConfigurationError, with the place, where it is malformed."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: {error}") from None


@cache
def pack(code: str) -> Pack:
    """The pack of a language. Raises ConfigurationError, naming those there are, where it has none."""
    folder = _ROOT / code
    if not code.isalpha() or not folder.is_dir():
        known = ", ".join(sorted(p.name for p in _ROOT.iterdir() if p.is_dir() and p.name.isalpha()))
        raise ConfigurationError(f"no language pack {code!r}: there is {known}")
    return Pack(code, folder)
