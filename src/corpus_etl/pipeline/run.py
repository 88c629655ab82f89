"""A whole build in this process and its worker processes, without an orchestrator."""

import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from corpus_etl import process
from corpus_etl.release import Published

from . import stages
from .parameters import Parameters
from .progress import Reporter
from .workspace import keep_only


@contextmanager
def worker_pool(workers: int) -> Iterator[Executor | None]:
    """Worker processes for a run, started afresh (spawn); None for one worker: this process does the work."""
    if workers == 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        yield pool


def _start_worker() -> None:
    process.prepare()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


def build(parameters: Parameters, reporter: Reporter | None = None) -> Published:
    """Ingest, analyse, extract, link and publish; equal to the flow `build_dataset`, without Prefect.

    Raises ConfigurationError before any work is done, CheckFailed where a release cannot be made.
    """
    started = datetime.now(UTC)
    reporter = reporter or Reporter()
    with reporter.running(), worker_pool(parameters.workers) as pool:
        plan = stages.plan_corpus(parameters)
        ingested = _each(
            reporter, pool, "ingest", stages.ingest_shard, [(parameters, plan.root, s) for s in plan.shards]
        )
        with reporter.stage("collect", 1) as progress:
            collected = stages.collect_documents(parameters, plan, ingested)
            progress.advance()
        shards = stages.text_shards(collected)
        analysed = _each(reporter, pool, "analyse", stages.analyse_shard, [(parameters, s) for s in shards])
        jobs = [(parameters, s, a) for s, a in zip(shards, analysed, strict=True)]
        extracted = _each(reporter, pool, "extract", stages.extract_shard, jobs)
        with reporter.stage("link", 1) as progress:
            linked = stages.link_all(parameters, collected, extracted)
            progress.advance()
        with reporter.stage("publish", 1) as progress:
            run = {
                "started": started.isoformat(timespec="seconds"),
                "seconds": round((datetime.now(UTC) - started).total_seconds(), 1),
            }
            published = stages.publish_release(parameters, collected, analysed, extracted, linked, run)
            progress.advance()
    keep_only(parameters.work_folder, {*ingested, collected, *analysed, *extracted, linked})
    return published


def _each(
    reporter: Reporter,
    pool: Executor | None,
    name: str,
    function: Callable[..., Path],
    jobs: Sequence[tuple[object, ...]],
) -> list[Path]:
    """Run one stage over its shards, in order; returns the output folders in the same order."""
    with reporter.stage(name, len(jobs)) as progress, nullcontext():
        results = []
        for path in (
            pool.map(function, *zip(*jobs, strict=True))
            if pool and jobs
            else (function(*job) for job in jobs)
        ):
            results.append(path)
            progress.advance(_documents(path))
        return results


def _documents(folder: Path) -> int:
    """Number of documents a stage output is made from, where it tells."""
    for name, column in ((stages.DOCUMENTS, None), (stages.SENTENCES, "doc_id")):
        path = folder / name
        if path.exists():
            scan = pl.scan_parquet(path)
            return int(
                scan.select(pl.len() if column is None else pl.col(column).n_unique()).collect().item()
            )
    return 0
