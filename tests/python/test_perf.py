"""The performance log."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis import _perf


@pytest.fixture(autouse=True)
def from_the_environment(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("COMPNV_PERF_LOG", "COMPNV_PERF_STDERR"):
        monkeypatch.delenv(name, raising=False)
    _perf.clear_perf_logging_configuration()
    yield
    _perf.clear_perf_logging_configuration()


def test_it_is_off_by_default():
    _perf.perf_log("a", "b")
    assert not _perf.perf_logging_enabled() and not Path(".compneurovis").exists()


def test_records_are_lines_of_json(monkeypatch, tmp_path):
    monkeypatch.setenv("COMPNV_PERF_LOG", str(tmp_path / "logs"))
    _perf.perf_log("session_worker", "tick", n=np.float32(1.5), where=Path("x"), shape=np.zeros((2, 3)))
    (path,) = (tmp_path / "logs").iterdir()
    record = json.loads(path.read_text())
    assert path.name.startswith("compneurovis-perf-mainprocess-") and path.suffix == ".jsonl"
    assert {k: record[k] for k in ("component", "event", "n", "where", "shape")} == {
        "component": "session_worker",
        "event": "tick",
        "n": 1.5,
        "where": "x",
        "shape": {"shape": [2, 3]},
    }


def test_the_spec_wins_over_the_environment(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COMPNV_PERF_LOG", "yes")
    _perf.configure_perf_logging(cnv.DiagnosticsSpec())
    assert not _perf.perf_logging_enabled()
    _perf.configure_perf_logging(cnv.DiagnosticsSpec(perf_log_dir=tmp_path / "run.log", perf_echo_stderr=True))
    _perf.perf_log("a", "b")
    assert [p.name.startswith("run-mainprocess-") for p in tmp_path.glob("*.log")] == [True]
    assert json.loads(capsys.readouterr().err)["event"] == "b"


APP = """
import sys
import compneurovis as cnv

class Counting(cnv.BufferedSession):
    def initialize(self):
        return cnv.Scene({}, {}, {})
    def advance(self):
        pass
    def handle(self, command):
        pass

cnv.run_app(cnv.AppSpec(session=Counting, diagnostics=eval(sys.argv[1])))
"""


def records_of_a_run(tmp_path, diagnostics, **environment):
    (tmp_path / "app.py").write_text(APP)
    words = [sys.executable, "-m", "compneurovis", "run", "--headless", "--wall", "0.2", "app.py", diagnostics]
    done = subprocess.run(
        words, cwd=tmp_path, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done, [json.loads(line) for path in tmp_path.rglob("*.jsonl") for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    "diagnostics, environment",
    [("cnv.DiagnosticsSpec(perf_log_enabled=True)", {}), ("None", {"COMPNV_PERF_LOG": "logs"})],
)
def test_a_run_logs_what_its_host_counts(tmp_path, diagnostics, environment):
    _, records = records_of_a_run(tmp_path, diagnostics, **environment)
    session = [record for record in records if record["component"] == "session_worker"]
    way = [record for record in records if record["component"] == "transport"]
    assert session[-1]["steps"] >= session[0]["steps"] >= 0 and session[-1]["steps"] > 0
    assert session[-1]["mono_s"] >= session[0]["mono_s"] and session[-1]["errors"] == []
    assert way[-1]["viewer"] == 0 and way[-1]["bytes"] > 0 and way[-1]["batches"] >= 1


def test_a_run_without_the_settings_logs_nothing(tmp_path):
    _, records = records_of_a_run(tmp_path, "cnv.DiagnosticsSpec()", COMPNV_PERF_LOG="yes")
    assert not records and not list(tmp_path.rglob("perf-logs"))


def test_a_log_that_cannot_be_written_does_not_end_the_run(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    done, records = records_of_a_run(tmp_path, "cnv.DiagnosticsSpec(perf_log_dir='taken/logs')")
    assert not records and done.stderr.count("performance log cannot be written") == 1
