"""Settings of a process that runs the pipeline."""

import gc
import os

_NEW_OBJECTS = 10_000
"""Objects made before the garbage collector looks: reading a language pack makes some hundred thousand, and all of them stay."""


def prepare() -> None:
    """Set up this process and, through the environment, those it starts. Call it before numpy is imported.

    One thread for linear algebra: the matrices are small and there is a process per processor, so that more threads only
    wait for each other. A value that the environment has stays.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    gc.set_threshold(_NEW_OBJECTS)
