"""Names of all published files."""

CATALOG = "catalog.json"
VERSIONS = "versions.json"
MANIFEST = "manifest.json"
CARD = "README.md"
QUALITY = "quality.json"
SUMS = "SHA256SUMS"
STAGING = ".staging-"
LOCK = ".lock"


def parquet(table: str) -> str:
    """File name of a table in Parquet."""
    return f"{table}.parquet"


def jsonl(table: str) -> str:
    """File name of a table in JSON lines."""
    return f"{table}.jsonl.gz"
