"""Fixtures that several areas share."""

from pathlib import Path

import pytest

from corpus_etl.process import prepare

# Two test processes on two cores: as in a run of the pipeline, each computes in one thread.
prepare()

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora beside the project; skips where they are absent."""
    path = ROOT.parent / "shared"
    if not (path / "README.md").exists():
        pytest.skip("needs ../shared (corpora and annotations), which is not here")
    return path


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample corpus."""
    return ROOT / "corpora" / "openai-dispute"
