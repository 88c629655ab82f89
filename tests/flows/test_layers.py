"""The tree tells the truth: who may import whom."""

import ast
from pathlib import Path

LAYERS = (
    "cli",
    "pipeline",
    "release",
    "evaluation",
    "linking",
    "events",
    "entities",
    "ingest",
    "time",
    "amounts",
    "language",
)
"""Folders of the package, from the top; each imports only from those below it."""
ALLOWED_ABOVE = {("time", "amounts"), ("amounts", "time")}


def imports(path: Path) -> set[str]:
    """Absolute names that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_nothing_in_the_package_imports_prefect(project: Path) -> None:
    for path in (project / "src").rglob("*.py"):
        assert not any(name.split(".")[0] == "prefect" for name in imports(path)), path


def test_only_the_language_service_knows_spacy(project: Path) -> None:
    for path in (project / "src" / "corpus_etl").rglob("*.py"):
        if "language" not in path.parts:
            assert not any(name.split(".")[0] in {"spacy", "thinc"} for name in imports(path)), path


def test_each_folder_imports_only_from_below(project: Path) -> None:
    package = project / "src" / "corpus_etl"
    for rank, layer in enumerate(LAYERS):
        above = set(LAYERS[:rank])
        for path in (package / layer).rglob("*.py"):
            for name in imports(path):
                parts = name.split(".")
                if parts[0] == "corpus_etl" and len(parts) > 1 and parts[1] in above:
                    assert (layer, parts[1]) in ALLOWED_ABOVE, f"{path.name} of {layer} imports {name}"


def test_nothing_names_a_machine_path_or_a_package_registry(project: Path) -> None:
    words = ("/work/", "/root/", "pypi.org", "pythonhosted", "npmjs.org")
    for folder in ("src", "schemas", "flows", "docs", "training", "benchmarks", "corpora"):
        for path in (project / folder).rglob("*"):
            if (
                path.suffix in {".py", ".md", ".yaml", ".yml", ".toml", ".json", ".txt", ".cfg"}
                and path.is_file()
            ):
                text = path.read_text(encoding="utf-8", errors="replace")
                assert not any(word in text for word in words), path
