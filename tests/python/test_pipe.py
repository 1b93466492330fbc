"""PipeTransport: a session in a worker, without a viewer."""

import functools
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis.session import BufferedSession, PipeTransport, configure_multiprocessing

PATIENCE = 60.0  # a bound on failure, not a wait


class Echo(BufferedSession):
    """Tells what it is asked, and in which process."""

    def __init__(self, name="echo"):
        super().__init__()
        self.name = name

    def initialize(self):
        self.emit(cnv.StatePatch({"pid": os.getpid(), "name": self.name}))
        return cnv.Scene(
            {"wave": cnv.Field("wave", np.zeros((1, 0)), ("series", "time"), {"series": ["a"], "time": []})}, {}, {}
        )

    def is_live(self):
        return False

    def advance(self):
        raise AssertionError("never live")

    def handle(self, command):
        if command == cnv.InvokeAction("throw"):
            raise ValueError("as it was asked")
        if command == cnv.InvokeAction("die"):
            os._exit(3)
        if command == cnv.InvokeAction("hang"):
            time.sleep(PATIENCE)
        self.emit(cnv.StatePatch({"handled": repr(command)}))
        self.emit(cnv.FieldAppend("wave", "time", [[1.0]], [0.5]))


class Diverging(Echo):
    def is_live(self):
        return True

    def advance(self):
        raise FloatingPointError("the solver diverged")


class Program:
    def __init__(self, source, **options):
        self.transport = PipeTransport(source, **options)
        self.transport.start()
        self.updates, self.looked_at = [], 0

    def until(self, test):
        """Polls until an update comes for which `test` holds; the next call goes on behind it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            while self.looked_at < len(self.updates):
                update = self.updates[self.looked_at]
                self.looked_at += 1
                if test(update):
                    return update
            self.updates += self.transport.poll_updates(PATIENCE)
        raise AssertionError(f"no such update among {self.updates}")

    def state(self, key):
        return self.until(lambda u: isinstance(u, cnv.StatePatch) and key in u.updates).updates[key]

    def error(self, part):
        return self.until(lambda u: isinstance(u, cnv.Error) and part in u.message).message


@pytest.fixture
def start(request):
    programs = []

    def make(source, **options):
        programs.append(Program(source, **options))
        return programs[-1]

    yield make
    for program in programs:
        program.transport.stop()


@pytest.fixture
def no_processes(monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)


def test_the_session_lives_in_a_process_of_its_own(start):
    program = start(Echo)
    scene = program.until(lambda u: isinstance(u, cnv.SceneReady)).scene
    assert scene.fields["wave"].values.shape == (1, 0)
    pid = program.state("pid")
    assert pid != os.getpid()
    program.transport.send_command(cnv.SetControl("gain", 2.5))
    append = program.until(lambda u: isinstance(u, cnv.FieldAppend))
    assert append.values.tolist() == [[1.0]] and append.coord_values.tolist() == [0.5]
    assert program.state("handled") == repr(cnv.SetControl("gain", 2.5))
    program.transport.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert program.transport.poll_updates() == []
    program.transport.send_command(cnv.Reset())  # nobody is there: nothing happens


class Counting(Echo):
    """Tells how many threads its process has for the connection."""

    def handle(self, command):
        names = [task.read_text().strip() for task in pathlib.Path("/proc/self/task").glob("*/comm")]
        self.emit(cnv.StatePatch({"channel threads": names.count("cnv-channel")}))


def test_no_thread_runs_beside_the_model(start):
    program = start(Counting)
    program.state("pid")
    program.transport.send_command(cnv.SetControl("gain", 2.5))
    assert program.state("channel threads") == 0


def test_a_factory_and_a_second_start(start):
    program = start(functools.partial(Echo, "made by a factory"))
    assert program.state("name") == "made by a factory"
    program.transport.stop()
    program.transport.start()
    assert program.state("name") == "made by a factory"


def test_where_no_process_may_start_the_session_runs_on_a_thread(start, no_processes):
    program = start(Echo)
    assert program.state("pid") == os.getpid()
    program.transport.send_command(cnv.InvokeAction("throw"))
    text = program.error("as it was asked")
    assert text.startswith("Traceback") and "in handle" in text
    program.transport.send_command(cnv.KeyPressed("x"))
    assert program.state("handled") == repr(cnv.KeyPressed("x"))
    program.transport.stop()
    assert program.transport.poll_updates() == []


def test_an_exception_in_a_step_ends_the_worker(start):
    program = start(Diverging)
    assert "FloatingPointError: the solver diverged" in program.error("Traceback")
    assert "exit status 1" in program.error("has ended")
    assert program.transport.poll_updates(PATIENCE) == [], "returns at once"


def test_a_worker_that_crashes_leaves_the_program_alive(start):
    program = start(Echo)
    program.transport.send_command(cnv.InvokeAction("die"))
    assert "exit status 3" in program.error("has ended")


def test_a_worker_that_hangs_is_ended_by_force(start):
    program = start(Echo)
    pid = program.state("pid")
    program.transport.send_command(cnv.InvokeAction("hang"))
    program.transport.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_existing_sessions_are_refused():
    with pytest.raises(
        TypeError, match=r"^PipeTransport requires a Session subclass or top-level zero-argument factory"
    ):
        PipeTransport(Echo())
    assert configure_multiprocessing() is None


def test_the_worker_logs_as_its_program_does(start, tmp_path):
    program = start(Echo, diagnostics=cnv.DiagnosticsSpec(perf_log_dir=tmp_path))
    program.state("pid")
    program.transport.stop()
    from compneurovis._perf import clear_perf_logging_configuration

    clear_perf_logging_configuration()
    records = [json.loads(line) for file in tmp_path.iterdir() for line in file.read_text().splitlines()]
    assert {("transport", "poll"), ("transport", "stop"), ("session_worker", "start"), ("session_worker", "end")} <= {
        (r["component"], r["event"]) for r in records
    }
    assert len({r["pid"] for r in records}) == 2


def test_a_script_is_imported_again_and_its_run_app_does_nothing_there(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
        import sys
        import compneurovis as cnv
        from compneurovis.session import BufferedSession, PipeTransport

        class Small(BufferedSession):
            def initialize(self):
                self.emit(cnv.Status("module " + type(self).__module__))
                return cnv.Scene({}, {}, {})
            def advance(self): pass
            def handle(self, command): pass

        if __name__ == "__main__":
            transport = PipeTransport(Small)
            transport.start()
            (first, *_) = transport.poll_updates(60)
            transport.stop()
            print(first.message)
        else:
            cnv.run_app(cnv.AppSpec(session=Small))
    """)
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=PATIENCE)
    assert (done.stdout, done.stderr) == ("module __mp_main__\n", "")


def test_the_script_of_the_documentation_runs(tmp_path):
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/concepts/ways-to-run.md").read_text()
    script = tmp_path / "script.py"
    script.write_text(page.split("```python\n")[1].split("```")[0])
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=PATIENCE)
    assert (done.stdout, done.stderr) == ("rate 2.0\n", "")
