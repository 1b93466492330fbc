"""A program starts anew in the window that it has: the files are saved, and the window, which needs no display here and
has "Again on saving" checked, has them read again."""

import contextlib
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("COMPNEUROVIS_VIEWER", ROOT / "build/release/bin/compneurovis-viewer")).parent
DEADLINE = 120.0  # a bound on failure, not a wait

SCRIPT = """
import os, sys
import compneurovis as cnv
from compneurovis.session import BufferedSession
{top}
class Model(BufferedSession):
    steps = 0
    def initialize(self):
        print("built", {name!r}, os.getpid(), *sys.argv[1:], flush=True)
        {build}
        return cnv.Scene({{}}, {{}}, {{}})
    def advance(self):
        self.steps += 1
        {advance}
    def handle(self, command):
        pass
    def shutdown(self):
        print("shut down", {name!r}, flush=True)

cnv.run_app(cnv.AppSpec(session=Model))
print("after", {name!r}, flush=True)
"""


def version(name, top="", build="pass", advance="pass"):
    return SCRIPT.format(name=name, top=top, build=build, advance=advance)


class Program:
    """A program with its window; what it prints comes line by line, from all its processes."""

    def __init__(self, folder, command, watched, **environment):
        config = folder / "config" / "compneurovis"
        config.mkdir(parents=True)
        (config / "viewer.ini").write_text(f"[again]\non_saving={watched}\n")
        self.process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder / "config")} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.said = []

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def until(self, text):
        """The line that has this text; all before it are in `said`."""
        while True:
            try:
                line = self.lines.get(timeout=DEADLINE)
            except queue.Empty:
                line = None
            assert line is not None, f"waited for {text!r} after {self.said}"
            self.said.append(line)
            if text in line:
                return line

    def end(self):
        """The exit status, once all processes have gone and nothing more is said."""
        status = self.process.wait(DEADLINE)
        while (line := self.lines.get(timeout=DEADLINE)) is not None:
            self.said.append(line)
        return status


@pytest.fixture
def start(tmp_path):
    """A function that starts a command line; all its processes are gone after the test."""
    programs = []

    def begin(*command, watched="model.py", **environment):
        programs.append(Program(tmp_path, command, tmp_path / watched, **environment))
        return programs[-1]

    yield begin
    for program in programs:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.process.pid, signal.SIGKILL)
        program.process.wait()


@pytest.fixture
def save(tmp_path):
    def write(text, name="model.py"):
        """As an editor does: another file gets the name."""
        (tmp_path / f".{name}.new").write_text(text)
        (tmp_path / f".{name}.new").rename(tmp_path / name)

    return write


PYTHON = [sys.executable, "-u"]
WAYS = {
    "python script.py": [*PYTHON, "model.py", "--fast", "a b"],
    "python -m module": [*PYTHON, "-m", "model", "--fast", "a b"],
    "compneurovis run": [*PYTHON, "-m", "compneurovis", "run", "--speed", "max", "model.py", "--fast", "a b"],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_saved_script_runs_in_the_same_process_id_with_its_arguments_and_exit_status(start, save, way):
    save(version("first"))
    program = start(*way)
    before = program.until("built")
    assert before.split()[-3:] == ["--fast", "a", "b"]
    for name in ("second", "third"):
        save(version(name))
        assert program.until("built").split() == ["built", name, *before.split()[2:]]
    save(version("last", advance="self.steps < 5 or sys.exit(7)"))
    program.until("built last")
    assert program.end() == 7
    said = "".join(program.said)
    # Each run ends in order; what stands after run_app is for the last one, which left otherwise.
    assert [said.count(f"shut down {name}") for name in ("first", "second", "third", "last")] == [1, 1, 1, 1]
    assert "after" not in said


def test_the_exit_status_is_that_of_the_last_run(start, save):
    save(version("first", build="raise ValueError('no such mechanism')"))
    program = start(*PYTHON, "-m", "compneurovis", "run", "--wall", "0.2", "model.py")
    program.until("no such mechanism")
    save(version("second"))
    program.until("built second")
    assert program.end() == 0, program.said


def test_a_module_of_the_scripts_folder_is_read_again(start, save, tmp_path):
    save("g = 'passive'", "channels.py")
    save(version("model", top="import channels; print('channels', channels.g, flush=True)"))
    program = start(*PYTHON, "model.py")
    program.until("channels passive")
    program.until("built")
    save("g = 'sodium, potassium'", "channels.py")
    program.until("channels sodium, potassium")
    program.until("built")
    # One that cannot be read is mended by its next save.
    save("g = (", "channels.py")
    program.until("SyntaxError")
    save("g = 'mended, and one more'", "channels.py")
    program.until("channels mended")
    program.until("built")


@pytest.mark.parametrize(
    "half, words",
    [
        (version("half").rsplit(")", 3)[0], "SyntaxError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("raise SystemExit('which cell?')", "which cell?"),
        ("import compneurovis", "ended without run_app()"),
    ],
    ids=["half written", "import", "sys.exit", "nothing shown"],
)
def test_a_script_that_shows_nothing_leaves_the_window_until_it_is_mended(start, save, half, words):
    save(version("first"))
    program = start(*PYTHON, "model.py")
    program.until("built first")
    save(half)
    program.until(words)
    assert program.process.poll() is None
    save(version("mended", advance="self.steps < 5 or sys.exit(4)"))
    program.until("built mended")
    assert program.end() == 4


def test_a_script_that_vanished_is_told_and_may_come_back(start, save, tmp_path):
    save(version("first"))
    save("a = 1", "channels.py")
    save(version("first", top="import channels"))
    program = start(*PYTHON, "model.py")
    program.until("built first")
    (tmp_path / "model.py").rename(tmp_path / "away.py")
    save("a = 2  # saved", "channels.py")
    assert "model.py" in program.until("FileNotFoundError")
    save(version("back"))
    program.until("built back")


@pytest.mark.parametrize("where", ["top", "build", "advance"])
def test_a_script_that_does_not_end_is_broken_off(start, save, where):
    """Before run_app, while it builds, and in a step."""
    endless = "print('endless', flush=True); exec('while True: pass')"
    save(version("first"))
    program = start(*PYTHON, "model.py")
    pid = program.until("built first").split()[2]
    save(version("second", **{where: endless}))
    program.until("endless")
    save(version("third"))
    assert program.until("built third").split()[2] == pid


def test_a_process_that_died_is_followed_by_another_one(start, save):
    save(version("first"))
    program = start(*PYTHON, "model.py", "--fast")
    pid = int(program.until("built first").split()[2])
    os.kill(pid, signal.SIGKILL)
    assert program.process.wait(DEADLINE) == -signal.SIGKILL
    program.until("compneurovis-viewer: ")
    save(version("second"))
    second = program.until("built second").split()
    assert int(second[2]) != pid and second[3] == "--fast"
    # That one too.
    save(version("third", advance="self.steps < 5 or os.abort()"))
    program.until("Aborted")
    save(version("fourth", advance="self.steps < 5 or sys.exit(0)"))
    program.until("built fourth")
    assert program.end() == -signal.SIGKILL, "nothing of the program, the window included, is left"


def test_all_windows_stay(start, save):
    save(version("first"))
    program = start(*PYTHON, "-m", "compneurovis", "run", "--viewers", "2", "model.py")
    program.until("built first")
    windows = _wait(lambda: len(found := _children(program.process.pid)) == 2 and found, "both windows")
    save(version("second"))
    program.until("built second")
    save(version("third", advance="self.steps < 5 or sys.exit(5)"))
    program.until("built third")
    assert _children(program.process.pid) in (windows, [])
    assert program.end() == 5


def test_ctrl_c_ends_both_sides_in_every_state(start, save):
    save(version("first"))
    program = start(*PYTHON, "model.py")
    program.until("built first")
    save(version("second"))
    program.until("built second")
    os.killpg(program.process.pid, signal.SIGINT)
    assert program.end() in (1, 130, -signal.SIGINT)
    assert "KeyboardInterrupt" in "".join(program.said)


def test_ctrl_c_before_a_fresh_start_has_come_to_its_window_ends_both_sides(start, save):
    save(version("first"))
    program = start(*PYTHON, "model.py")
    program.until("built first")
    save(version("second", top="print('sleeping', flush=True); import time; time.sleep(1000)"))
    program.until("sleeping")
    os.killpg(program.process.pid, signal.SIGINT)
    assert program.end() in (1, 130, -signal.SIGINT)


def test_a_built_program_runs_as_it_is_now(start, tmp_path):
    """In C++: the file of the executable is another one after a build."""
    shutil.copy(PROGRAMS / "lif", tmp_path / "model")
    program = start("./model", "--screenshot", "s.png", watched="model")
    # What is at work is the file that the process was started from.
    exe = pathlib.Path(f"/proc/{program.process.pid}/exe")
    inode = (tmp_path / "model").stat().st_ino
    viewer = _wait(lambda: _children(program.process.pid), "the viewer")
    shutil.copy(PROGRAMS / "fitzhugh_nagumo", tmp_path / "built")
    (tmp_path / "built").rename(tmp_path / "model")
    _wait(lambda: exe.stat().st_ino != inode, "the built program")
    assert _children(program.process.pid) == viewer, "the same window"
    os.killpg(program.process.pid, signal.SIGINT)
    assert program.end() == 130


def _children(pid):
    out = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(child) for child in out.split()]


def _wait(look, what):
    """The first result that is true."""
    tick = threading.Event()
    for _ in range(int(DEADLINE / 0.05)):
        with contextlib.suppress(FileNotFoundError):
            if found := look():
                return found
        tick.wait(0.05)  # between two looks
    raise AssertionError(f"waited for {what}")


@pytest.mark.parametrize(
    "command, words",
    [
        (["-c", "exec(open('model.py').read())"], "typed or piped"),
        (["-i", "model.py"], "python -i"),
    ],
)
def test_where_there_is_no_script_it_says_why(save, tmp_path, command, words):
    """The reason as run_app gives it to the window."""
    save(
        "from compneurovis import _again, _run\n"
        "import compneurovis._core as core\n"
        "core.run_app = lambda *rest: (print(*rest[-1]()), (0, 'closed'))[1]\n" + version("first")
    )
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )
    assert words in done.stdout, done.stderr


def test_a_script_knows_its_own_files_and_none_of_the_libraries(save, tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/__init__.py").write_text("")
    (tmp_path / "parts/soma.py").write_text("import numpy, json")
    (tmp_path / "unused.py").write_text("")
    save(
        "import parts.soma\nimport compneurovis._core as core\n"
        "core.run_app = lambda *rest: (print(*rest[-1]()[3], sep='\\n'), (0, 'closed'))[1]\n" + version("first")
    )
    done = subprocess.run([sys.executable, "model.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    found = [line for line in done.stdout.splitlines() if line.startswith(str(tmp_path))]
    assert found == [str(tmp_path / name) for name in ("model.py", "parts/__init__.py", "parts/soma.py")], done.stderr
