"""The performance log."""
import json
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
    assert {k: record[k] for k in ("component", "event", "n", "where", "shape")} == {"component": "session_worker", "event": "tick", "n": 1.5, "where": "x", "shape": {"shape": [2, 3]}}


def test_the_spec_wins_over_the_environment(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COMPNV_PERF_LOG", "yes")
    _perf.configure_perf_logging(cnv.DiagnosticsSpec())
    assert not _perf.perf_logging_enabled()
    _perf.configure_perf_logging(cnv.DiagnosticsSpec(perf_log_dir=tmp_path / "run.log", perf_echo_stderr=True))
    _perf.perf_log("a", "b")
    assert [p.name.startswith("run-mainprocess-") for p in tmp_path.glob("*.log")] == [True]
    assert json.loads(capsys.readouterr().err)["event"] == "b"
