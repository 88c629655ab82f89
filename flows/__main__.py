"""`python -m flows`: run a flow here, with Prefect's embedded server.

Without arguments the sample dataset is built into `dist/`. Worker processes do not import this module again.
"""

import argparse
import logging
import sys

from corpus_etl import process

SAMPLE = {"dataset": "openai-dispute", "corpus": "corpora/openai-dispute", "licence": "CC0-1.0"}
SAMPLE_GOLD = ("tests/gold/read/openai-dispute.jsonl", "tests/gold/unread/openai-dispute.jsonl")
STAGES = ("ingest", "analyse", "extract", "link", "publish")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    parser.add_argument("flow", nargs="?", default="build_dataset", choices=("build_dataset", *STAGES))
    parser.add_argument("--dataset", default=SAMPLE["dataset"])
    parser.add_argument("--corpus", default=SAMPLE["corpus"])
    parser.add_argument("--out", default="dist")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--created", default="", help="time of the release, ISO 8601 (default: now)")
    parser.add_argument("--licence", help="SPDX id of the licence of the dataset")
    parser.add_argument("--gold", action="append", help="annotations to score the release with; repeatable")
    args = parser.parse_args()
    sample = args.dataset == SAMPLE["dataset"]
    if args.licence is None:
        args.licence = SAMPLE["licence"] if sample else ""
    args.gold = tuple(args.gold or (SAMPLE_GOLD if sample else ()))
    return args


def main() -> int:
    """Run the flow that the command line names; 0 done, 1 failed, 2 wrong use."""
    args = _arguments()
    process.prepare()
    from corpus_etl.errors import CheckFailed, ConfigurationError
    from corpus_etl.pipeline import Parameters
    from flows.environment import use_local_state

    values = {name: value for name, value in vars(args).items() if name != "flow"}
    try:
        parameters = Parameters(**values)
        use_local_state()
        print("Starting Prefect's embedded server …", file=sys.stderr, flush=True)
        from flows import stages
        from flows.build_dataset import build_dataset

        _log_progress()
        if args.flow == "build_dataset":
            _show(build_dataset(**values))
        else:
            print(getattr(stages, args.flow)(parameters))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except CheckFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _log_progress() -> None:
    """Progress lines on standard error, whatever Prefect does with the other loggers."""
    log = logging.getLogger("corpus_etl")
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers, log.propagate = [handler], False


def _show(result: dict[str, object]) -> None:
    from pathlib import Path

    from corpus_etl.cli.output import heading, print_best_events, print_release

    folder = Path(str(result["folder"]))
    print_release(folder, new=bool(result["new"]))
    heading("Best-attested events")
    print_best_events(folder)


if __name__ == "__main__":
    sys.exit(main())
