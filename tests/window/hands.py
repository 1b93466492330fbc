"""A hand and an eye for the real window: xdotool moves the mouse and presses keys;
pictures and the report say what is there."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
APPS = pathlib.Path(__file__).with_name("apps")
DEADLINE = 60.0  # a bound on failure, not a wait


def xdo(*words):
    return subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, timeout=20).stdout.strip()


def until(test, what):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        result = test()
        if result is not None and result is not False:
            return result
        time.sleep(0.02)  # between two looks
    raise AssertionError(f"waited {DEADLINE} s for {what}")


def middle(rect, x=0.5, y=0.5):
    """The place in a rectangle at these shares of its width and height."""
    return round(rect[0] + x * rect[2]), round(rect[1] + y * rect[3])


class App:
    """A running script with its window; coordinates are those of the window."""

    def __init__(self, folder, script, *args, options=(), files=("report", "dump", "screenshot")):
        self.folder = folder
        named = {"report": "r.json", "dump": "dump", "screenshot": "s.png"}
        words = [word for file in files for word in (f"--{file}", str(folder / named[file]))]
        settings = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "compneurovis", "run", *words, *options, str(script), *map(str, args)],
            stderr=open(folder / "stderr.txt", "w"),
            start_new_session=True,
            env=settings,
            cwd=folder,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self.window = until(self._find_window, "the window")

    def _find_window(self):
        assert self.process.poll() is None, self.stderr()
        own = self.processes()  # a window of an app before this one may still be closing
        return next(
            (
                window
                for window in xdo("search", "--onlyvisible", "--class", "compneurovis").split()
                if xdo("getwindowpid", window) in own
            ),
            None,
        )

    # ---- the eye -----------------------------------------------------------------------------------------------------

    def viewers(self):
        out = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", "compneurovis-viewer"], capture_output=True, text=True
        ).stdout
        return [int(pid) for pid in out.split()]

    def processes(self):
        """All that still run in the session of processes that the script began."""
        return subprocess.run(["pgrep", "-g", str(self.process.pid)], capture_output=True, text=True).stdout.split()

    def picture(self):
        size = dict(line.split("=") for line in xdo("getwindowgeometry", "--shell", self.window).splitlines())
        raw = subprocess.run(
            ["import", "-silent", "-window", self.window, "-depth", "8", "rgb:-"], capture_output=True, timeout=20
        ).stdout
        shape = int(size["HEIGHT"]), int(size["WIDTH"]), 3
        return np.frombuffer(raw, np.uint8).reshape(shape) if len(raw) == np.prod(shape) else None

    def part(self, rect):
        """The picture inside a rectangle."""
        x, y, width, height = map(round, rect)
        return until(self.picture, "a picture")[max(y, 0) : y + height, max(x, 0) : x + width].astype(int)

    def look(self):
        """The report of this moment: SIGUSR1 asks for it."""
        path = self.folder / "r.json"

        def stamp():
            return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None

        before = stamp()
        os.kill(self.process.pid, signal.SIGUSR1)
        until(lambda: stamp() not in (None, before), "the report")
        return self.report()

    def see(self, test, what):
        """The first report that passes the test."""
        last = []

        def passes():
            last[:] = [self.look()]
            return last[0] if test(last[0]) else None

        try:
            return until(passes, what)
        except AssertionError as error:
            raise AssertionError(
                f"{error}; the window shows {json.dumps(last[0]['window'], ensure_ascii=False)[:3000]}"
            ) from None

    def settled(self, part):
        """What `part` takes from the report, once two reports in a row agree about it."""
        last = [part(self.look())]

        def agrees():
            before, last[0] = last[0], part(self.look())
            return last[0] == before

        until(agrees, f"{part} to rest")
        return last[0]

    def view(self, name):
        return self.look()["views"][name]

    def see_view(self, name, test, what):
        return self.see(lambda report: name in report["views"] and test(report["views"][name]), what)["views"][name]

    def stop(self, name, kind=None):
        """What the Tab key reaches under a name that begins so: {"name", "kind", "text", "rect"}."""
        stops = self.look()["window"]["stops"]
        found = [stop for stop in stops if stop["name"].startswith(name) and kind in (None, stop["kind"])]
        assert found, f"{name!r} ({kind}) is none of {[(stop['name'], stop['kind']) for stop in stops]}"
        return found[0]

    def reveal(self, name, kind, panel):
        """Turns the wheel over a panel that is too low for its contents until this stop is wholly seen;
        its rectangle."""

        def place():
            report = self.look()["window"]
            frame = report["panels"][panel]["rect"]
            top, bottom = frame[1] + 28, frame[1] + frame[3]
            rect = next(
                stop["rect"] for stop in report["stops"] if stop["name"].startswith(name) and stop["kind"] == kind
            )
            if top <= rect[1] and rect[1] + rect[3] <= bottom:
                return rect
            self.wheel((frame[0] + 5, (top + bottom) / 2), 3 if rect[1] < top else -3)

        return until(place, f"{name} to come into view")

    def report(self):
        return json.loads((self.folder / "r.json").read_text())

    def field(self, name):
        return np.load(self.folder / "dump" / f"{name}.npy")

    def stderr(self):
        return (self.folder / "stderr.txt").read_text()

    # ---- the hand ----------------------------------------------------------------------------------------------------

    def take_keyboard(self):
        """The window manager gives the focus when it gets to it."""
        until(
            lambda: xdo("getactivewindow") == self.window or xdo("windowactivate", self.window) is None,
            "the keyboard focus",
        )

    def move(self, x, y):
        xdo("mousemove", "--window", self.window, round(x), round(y))

    def click(self, x, y, button=1, times=1):
        xdo("mousemove", "--window", self.window, round(x), round(y), "click", "--repeat", times, "--delay", 30, button)

    def wheel(self, place, notches):
        """Positive: away from the hand."""
        self.click(*place, button=4 if notches > 0 else 5, times=abs(notches))

    def drag(self, x0, y0, x1, y1, button=1, arrived=None):
        """`arrived(report)`: the button is held until then. Qt forgets a way that ends before it has looked at it."""
        xdo("mousemove", "--window", self.window, round(x0), round(y0), "mousedown", button)
        for k in range(1, 11):
            xdo("mousemove", "--window", self.window, round(x0 + (x1 - x0) * k / 10), round(y0 + (y1 - y0) * k / 10))
        if arrived:
            self.see(arrived, "what is dragged to follow")
        xdo("mouseup", button)

    def key(self, *names):
        xdo("key", *names)

    def hold(self, name):
        return Held(name)

    def type(self, text):
        xdo("type", "--delay", 2, text)

    def press(self, name, kind=None):
        self.click(*middle(self.stop(name, kind)["rect"]))

    def enter(self, name, text, kind=None):
        """Types a number or a text over what a field holds."""
        self.click(*middle(self.stop(name, kind)["rect"], x=0.3), times=2)
        self.key("ctrl+a")
        self.type(text)
        self.key("Return")

    def menu(self, *path):
        """Through the menu bar: "View", "Dark"."""
        menus = {menu["text"]: menu["rect"] for menu in self.look()["window"]["menus"]}
        self.click(*middle(menus[path[0]]))
        self.choose(*path[1:])

    def more(self, title, *path):
        """Through what the "more" button of a panel opens."""
        self.press(f"{title}: more")
        self.choose(*path)

    def open_list(self, text, before):
        """The open menu once it is another one than `before` and has an entry that starts so."""

        def entry(report):
            entries = report["window"]["open"]
            return entries != before and any(entry["text"].startswith(text) for entry in entries)

        return self.see(entry, f"an open list with {text!r}")["window"]["open"]

    def choose(self, *path):
        """Entries of an open menu, one list after the other; each by the start of its text."""
        before = None
        for text in path:
            before = self.open_list(text, before)
            self.click(*middle(entry_of(before, text)["rect"]))
        self.see(lambda report: report["window"]["open"] == [] or report["window"]["dialog"], "the menu to close")

    def save_as(self, path):
        """Gives the file dialog that opens now a path."""
        self.see(lambda report: report["window"]["dialog"], "the file dialog")
        until(lambda: xdo("getactivewindow") not in ("", self.window), "the dialog to have the keyboard")
        self.key("ctrl+a")
        self.type(str(path))
        self.key("Return")
        until(lambda: path.exists() and path.stat().st_size > 0, f"{path.name}")
        self.see(lambda report: not report["window"]["dialog"], "the dialog to close")
        self.take_keyboard()

    def end(self):
        return self.process.wait(DEADLINE)

    def quit(self):
        self.take_keyboard()
        self.key("ctrl+q")
        return self.end()


def entry_of(entries, text):
    return next(entry for entry in entries if entry["text"].startswith(text))


class Held:
    """A key that is down for a while."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        xdo("keydown", self.name)

    def __exit__(self, *error):
        xdo("keyup", self.name)


def kill_all(app):
    try:
        os.killpg(app.process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    app.process.wait()
