"""Vectors of word forms, as a pack ships them: many forms share the vector of a near neighbour.

Forms are kept as 32-bit hashes, sorted, and vectors as bytes: 500,000 forms cost 3 MB. A form that is not among them finds a
vector by a chance of one in ten thousand.
"""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def form_hash(form: str) -> int:
    """The 32 bits by which a form is kept."""
    return int.from_bytes(hashlib.blake2b(form.encode("utf-8"), digest_size=4).digest(), "little")


class WordVectors:
    """`of(form)`: the vector of a form and a last value that says whether it has one."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as kept:
            self._keys: npt.NDArray[np.uint32] = kept["keys"]
            self._rows: npt.NDArray[np.uint16] = kept["rows"]
            self._table: npt.NDArray[np.int8] = kept["table"]
            self._scale: Array = kept["scale"].astype(np.float32)
        self.width = self._table.shape[1] + 1

    def _row(self, form: str) -> int:
        key = np.uint32(form_hash(form))
        at = int(np.searchsorted(self._keys, key))
        return int(self._rows[at]) if at < len(self._keys) and self._keys[at] == key else -1

    def of(self, form: str) -> Array:
        """(width,): the form as written, else with another case of its letters, else zeros."""
        result = np.zeros(self.width, dtype=np.float32)
        for candidate in dict.fromkeys((form, form.capitalize(), form.lower())):
            row = self._row(candidate)
            if row >= 0:
                result[:-1] = self._table[row] * self._scale
                result[-1] = 1.0
                break
        return result
