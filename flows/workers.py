"""Worker processes shared by the tasks of a run.

Tasks run in threads and hand their shard to these processes, which never import Prefect: a process pool of Prefect's
own would start one server per process where none is configured.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from corpus_etl.pipeline.run import worker_pool

P = ParamSpec("P")
R = TypeVar("R")
_pool: ContextVar[Executor | None] = ContextVar("worker_pool", default=None)


@contextmanager
def workers(number: int) -> Iterator[None]:
    """Give the tasks started inside `number` processes; nested calls use the processes that are there."""
    if _pool.get() is not None:
        yield
        return
    with worker_pool(number) as pool:
        token = _pool.set(pool)
        try:
            yield
        finally:
            _pool.reset(token)


def in_worker(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` in a worker process and wait for it; in this thread where there is one worker only."""
    pool = _pool.get()
    return function(*args, **kwargs) if pool is None else pool.submit(function, *args, **kwargs).result()
