"""run_app inside one process, as where the system lets no process start: window on the main thread,
session on another."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

PATIENCE = 60.0  # a bound on failure, not a wait

HEAD = """
import pathlib, sys, threading, time
import numpy as np
import compneurovis as cnv
from compneurovis.session import BufferedSession

HERE = pathlib.Path(__file__).parent
local = threading.local()

class Small(BufferedSession):
    def __init__(self):
        super().__init__()
        self.t = 0.0
        local.made = True  # kept by the thread that made it
    def initialize(self):
        wave = cnv.Field("wave", np.zeros((1, 1)), ("series", "time"), {"series": ["a"], "time": [0.0]})
        return cnv.Scene({"wave": wave}, {}, {"p": cnv.LinePlotViewSpec("p", field_id="wave", series_dim="series")})
    def model_time(self):
        return self.t
    def advance(self):
        assert local.made and threading.current_thread() is not threading.main_thread()
        self.t += 1
        self.emit(cnv.FieldAppend("wave", "time", [[np.sin(self.t)]], [self.t]))
    def handle(self, command):
        pass
    def shutdown(self):
        (HERE / "shutdown").touch()
"""


class Run:
    def __init__(self, folder, body, *options):
        self.folder = folder
        script = folder / "script.py"
        script.write_text(HEAD + textwrap.dedent(body))
        # The signal as a terminal's program has it, however these tests were started.
        command = [
            "env",
            "--default-signal=INT",
            sys.executable,
            "-m",
            "compneurovis",
            "run",
            "--headless",
            "--report",
            str(folder / "r.json"),
            "--dump",
            str(folder / "dump"),
            *options,
            str(script),
        ]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "COMPNEUROVIS_TRANSPORT": "thread"},
        )

    def wait_for(self, name):
        end = time.monotonic() + PATIENCE
        while not (self.folder / name).exists():
            assert time.monotonic() < end and self.process.poll() is None, self.process.communicate()
            time.sleep(0.02)  # between two looks

    def end(self):
        self.stdout, self.stderr = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def test_a_whole_run_without_any_other_process(tmp_path):
    run = Run(
        tmp_path,
        """
        import os
        cnv.run_app(cnv.AppSpec(session=Small))
        children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text()
        print("children:", children.strip())
    """,
        "--until-ms",
        "50",
    )
    assert run.end() == 0, run.stderr
    assert run.stdout == "children: \n"
    times, values = np.load(tmp_path / "dump/wave.time.npy"), np.load(tmp_path / "dump/wave.npy")
    assert times.tolist() == list(range(51)) and np.allclose(values[0], np.sin(times))
    assert (tmp_path / "shutdown").exists() and json.loads((tmp_path / "r.json").read_text())["errors"] == []


def test_an_exception_of_the_session_is_told_and_ends_the_run(tmp_path):
    run = Run(
        tmp_path,
        """
        class Diverging(Small):
            def advance(self):
                raise FloatingPointError("the solver diverged")
        cnv.run_app(cnv.AppSpec(session=Diverging))
        print("after")
    """,
        "--until-ms",
        "50",
    )
    assert run.end() == 1
    assert "FloatingPointError: the solver diverged" in run.stderr and "in advance" in run.stderr
    assert run.stdout == "after\n", "the program itself goes on"
    assert (tmp_path / "shutdown").exists()


@pytest.mark.parametrize(
    "step",
    ["pass", "(HERE / 'in_step').touch()\n                while True: pass"],
    ids=["between two steps", "in a step that does not end"],
)
def test_ctrl_c_ends_the_run_with_keyboard_interrupt(tmp_path, step):
    run = Run(
        tmp_path,
        f"""
        class Long(Small):
            def advance(self):
                super().advance()
                (HERE / 'in_step').touch()
                {step}
        try:
            cnv.run_app(cnv.AppSpec(session=Long))
        except KeyboardInterrupt:
            print("interrupted", threading.current_thread() is threading.main_thread())
            raise
    """,
    )
    run.wait_for("in_step")
    run.process.send_signal(signal.SIGINT)
    assert run.end() in (130, -signal.SIGINT), run.stderr
    assert run.stdout == "interrupted True\n" and (tmp_path / "shutdown").exists()


def test_sys_exit_in_a_hook_leaves_the_program(tmp_path):
    run = Run(
        tmp_path,
        """
        class Leaving(Small):
            def advance(self):
                sys.exit(7)
        cnv.run_app(cnv.AppSpec(session=Leaving))
        print("not reached")
    """,
    )
    assert run.end() == 7, run.stderr
    assert run.stdout == ""


def test_a_neuron_model_runs_on_the_thread(tmp_path):
    run = Run(
        tmp_path,
        """
        from neuron import h
        class Cell(cnv.NeuronSession):
            def build_sections(self):
                self.soma = h.Section(name="soma")
                self.soma.L = self.soma.diam = 20
                self.soma.insert("hh")
                return [self.soma]
            def setup_model(self, sections):
                self.clamp = h.IClamp(self.soma(0.5))
                self.clamp.delay, self.clamp.dur, self.clamp.amp = 1, 100, 0.1
        cnv.run_app(cnv.build_neuron_app(Cell))
    """,
        "--until-ms",
        "20",
    )
    assert run.end() == 0, run.stderr
    history = np.load(tmp_path / "dump/segment_history.npy")
    assert history.max() > 20, "a spike"
