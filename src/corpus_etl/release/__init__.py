"""Publishing: immutable, versioned releases of a dataset.

Layout
    <out>/catalog.json                  all datasets with their latest version; derived, rebuilt at every release
    <out>/<dataset>/versions.json       the versions, newest first, and `latest`; the only file that changes, written last
    <out>/<dataset>/<version>/          one release; never changed once it is there
        <table>.parquet                 one file per table of the contract
        <table>.jsonl.gz                the same rows in the same order
        README.md                       data card
        manifest.json                   parameters, inputs, models, counts, packages, parent; `run` holds time and host
        quality.json                    checks, coverage, scores on annotated documents
        SHA256SUMS                      of all other files, for `sha256sum -c`

Success and failure
    A release is built and verified in a hidden folder beside the versions, renamed into place as a whole, and only
    then entered into versions.json. A process that dies before leaves a hidden folder, swept by the next run; one
    that dies between renaming and the index leaves a whole release, which the next run enters.
"""

from .index import Index, read_index, yank
from .publish import Published, publish
from .read import Release, open_release
from .verify import verify

__all__ = ["Index", "Published", "Release", "open_release", "publish", "read_index", "verify", "yank"]
