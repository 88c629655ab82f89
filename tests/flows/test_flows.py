"""Flows against a real server: a run, its artifacts, the stages alone, a deployed run by a worker."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from corpus_etl.release import open_release, read_index
from tests.flows.conftest import Server

pytestmark = pytest.mark.prefect

ARTICLES = {
    "a.txt": " date 2024-03 Elon Musk a porté plainte contre OpenAI le 29 février 2024 à San Francisco. La procédure vise Sam Altman.",
    "b.txt": "Le 2 octobre 2024, OpenAI a levé 6,6 milliards de dollars auprès de plusieurs investisseurs, a annoncé l’entreprise.",
    "c.txt": " date 2024-06 Elon Musk a abandonné le 11 juin 2024 sa plainte contre OpenAI, selon des documents judiciaires.",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three short articles and an empty file."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def run(server: Server, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command against the server, from the project's folder."""
    return subprocess.run(
        arguments, env=server.environment, cwd=project, capture_output=True, text=True, timeout=300
    )


def post(server: Server, path: str, body: dict[str, Any]) -> Any:
    """Call the server."""
    request = urllib.request.Request(
        f"{server.url}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def flow_arguments(corpus: Path, out: Path, dataset: str) -> list[str]:
    return ["--dataset", dataset, "--corpus", str(corpus), "--out", str(out)]


def test_a_run_publishes_a_release_and_leaves_its_artifacts(
    server: Server, project: Path, corpus: Path, tmp_path: Path
) -> None:
    done = run(
        server, project, sys.executable, "-m", "flows", *flow_arguments(corpus, tmp_path / "dist", "whole")
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Published whole 1.0.0" in done.stdout
    release = open_release(tmp_path / "dist" / "whole")
    assert release.manifest["rows"]["documents"] == 3
    assert release.read("rejects").select("key", "reason").rows() == [("empty.txt", "empty")]
    artifacts = {
        a["key"]: a for a in post(server, "/artifacts/filter", {}) if (a["key"] or "").startswith("whole-")
    }
    assert set(artifacts) == {"whole-stages", "whole-rejects", "whole-release"}
    assert "empty" in json.dumps(artifacts["whole-rejects"]["data"])


def test_stages_run_alone_one_after_the_other(
    server: Server, project: Path, corpus: Path, tmp_path: Path
) -> None:
    script = (
        "import sys; from corpus_etl.pipeline import Parameters; from flows import stages\n"
        "p = Parameters('alone', sys.argv[1], sys.argv[2])\n"
        "for stage in (stages.ingest, stages.analyse, stages.extract, stages.link, stages.publish): print(stage(p))\n"
    )
    done = run(server, project, sys.executable, "-c", script, str(corpus), str(tmp_path / "dist"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_index(tmp_path / "dist" / "alone").latest == "1.0.0"


def test_a_wrong_parameter_stops_before_any_work(server: Server, project: Path, tmp_path: Path) -> None:
    done = run(
        server,
        project,
        sys.executable,
        "-m",
        "flows",
        *flow_arguments(tmp_path / "nowhere", tmp_path, "none"),
    )
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert not list(tmp_path.glob("none/*"))


def test_a_deployed_run_is_executed_by_a_worker(
    server: Server, project: Path, corpus: Path, tmp_path: Path
) -> None:
    for command in (
        ("work-pool", "create", "corpus-etl", "--type", "process"),
        ("--no-prompt", "deploy", "--all"),
    ):
        done = run(server, project, "prefect", *command)
        assert done.returncode == 0, done.stdout + done.stderr
    log = (tmp_path / "worker.log").open("w")
    worker = subprocess.Popen(
        ["prefect", "worker", "start", "--pool", "corpus-etl"],
        env=server.environment,
        cwd=project,
        stdout=log,
        stderr=subprocess.STDOUT,
        preexec_fn=os.setsid,
    )
    try:
        parameters = {
            "dataset": "deployed",
            "corpus": str(corpus),
            "out": str(tmp_path / "dist"),
            "workers": 1,
            "licence": "",
        }
        assignments = [f"--param={name}={json.dumps(value)}" for name, value in parameters.items()]
        done = run(server, project, "prefect", "deployment", "run", "build_dataset/nightly", *assignments)
        assert done.returncode == 0, done.stdout + done.stderr
        deadline = time.monotonic() + 240
        while read_index(tmp_path / "dist" / "deployed").latest is None and time.monotonic() < deadline:
            time.sleep(1)
        assert read_index(tmp_path / "dist" / "deployed").latest == "1.0.0", (
            tmp_path / "worker.log"
        ).read_text()[-3000:]
    finally:
        worker.terminate()
        try:
            worker.wait(30)
        except subprocess.TimeoutExpired:
            worker.kill()
