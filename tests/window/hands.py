"""A hand and an eye for the real window: xdotool moves the mouse and presses keys; pictures and the report say what
is there.

A gesture ends when the window has handled its last event: the report counts them. So no look falls into the middle of
one. What is asserted together is read from one report.
"""

import contextlib
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
FIGURE_BOX = "Figure"  # its title
SHIFTED = '~!@#$%^&*()_+{}|:"<>?'


def xdo(*words):
    return subprocess.run(
        ["xdotool", *map(str, words)], capture_output=True, text=True, timeout=DEADLINE
    ).stdout.strip()


def until(test, what):
    """The first result of `test` that is a picture or true."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        result = test()
        if isinstance(result, np.ndarray) or result:
            return result
        time.sleep(0.02)  # between two looks
    raise AssertionError(f"waited {DEADLINE} s for {what}")


def pointer_place():
    """Where the pointer is on the screen; a hand that reaches beyond the screen stays at its border."""
    place = dict(line.split("=") for line in xdo("getmouselocation", "--shell").splitlines())
    return [int(place["X"]), int(place["Y"])]


def middle(rect, x=0.5, y=0.5):
    """The place in a rectangle at these shares of its width and height."""
    return round(rect[0] + x * rect[2]), round(rect[1] + y * rect[3])


class App:
    """A running script with its window; coordinates are those of the window."""

    COMMAND = (sys.executable, "-m", "compneurovis", "run")

    def __init__(self, folder, script, *args, options=(), files=("report", "dump", "screenshot"), command=COMMAND):
        """`command`: what runs the script in its folder; it is told files by their names there."""
        self.folder = folder
        named = {"report": "r.json", "dump": "dump", "screenshot": "s.png"}
        words = [word for file in files for word in (f"--{file}", named[file])]
        settings = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config")}
        self.process = subprocess.Popen(
            [*command, *words, *options, *([str(script)] if script else []), *map(str, args)],
            stderr=open(folder / "stderr.txt", "w"),
            start_new_session=True,
            env=settings,
            cwd=folder,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self.window = None

    def open(self):
        """Once the window is there."""
        self.window = until(self._find_window, "the window")
        return self

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
        return until(self._picture, "a picture")

    def _picture(self):
        """None while the window changes its size."""
        size = dict(line.split("=") for line in xdo("getwindowgeometry", "--shell", self.window).splitlines())
        raw = subprocess.run(
            ["import", "-silent", "-window", self.window, "-depth", "8", "rgb:-"], capture_output=True, timeout=DEADLINE
        ).stdout
        shape = int(size["HEIGHT"]), int(size["WIDTH"]), 3
        return np.frombuffer(raw, np.uint8).reshape(shape) if len(raw) == np.prod(shape) else None

    def part(self, rect):
        """The picture inside a rectangle."""
        x, y, width, height = map(round, rect)
        return self.picture()[max(y, 0) : y + height, max(x, 0) : x + width].astype(int)

    def rested_part(self, rect):
        """The picture inside a rectangle, once two in a row are equal: it follows a report a moment later."""
        last = [self.part(rect)]

        def equal():
            before, last[0] = last[0], self.part(rect)
            return np.array_equal(last[0], before)

        until(equal, "the picture to rest")
        return last[0]

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
                f"{error}; {last[0]['input']}; the window shows "
                + json.dumps(last[0]["window"], ensure_ascii=False)[:3000]
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

    def place(self, name, kind=None):
        """The rectangle of a stop, once it rests there: panels that have just come or gone move their neighbours."""
        return self.settled(lambda report: stop_of(report, name, kind)["rect"])

    def reveal(self, name, kind, panel):
        """Turns the wheel over a panel that is too low for its contents until this stop is wholly seen;
        its rectangle."""

        def place():
            report = self.look()
            frame = report["window"]["panels"][panel]["rect"]
            top, bottom = frame[1] + 28, frame[1] + frame[3]
            rect = stop_of(report, name, kind)["rect"]
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

    def act(self, *commands, pointer=False, **events):
        """Gives xdotool these commands. The first report after the window has handled so many events of each kind and,
        with `pointer`, has seen the pointer where it is."""
        before = self.look()["input"]
        for command in commands:
            xdo(*command)
        place = pointer_place() if pointer else None

        def handled(report):
            now = report["input"]
            return place in (None, now["pointer"]) and all(now[kind] >= before[kind] + n for kind, n in events.items())

        return self.see(handled, f"{events} with the pointer at {place} after {before}")

    def move(self, x, y):
        return self.act(self._to(x, y), pointer=True)

    def _to(self, x, y):
        return "mousemove", "--window", self.window, round(x), round(y)

    def click(self, x, y, button=1, times=1):
        clicks = (*self._to(x, y), "click", "--repeat", times, "--delay", 30, button)
        return self.act(clicks, pointer=True, presses=times, releases=times)

    def wheel(self, place, notches):
        """Positive: away from the hand."""
        turns = (*self._to(*place), "click", "--repeat", abs(notches), "--delay", 30, 4 if notches > 0 else 5)
        return self.act(turns, pointer=True, notches=abs(notches))

    def drag(self, x0, y0, x1, y1, button=1, arrived=None):
        """The button is held until the window has seen the pointer at its end and, if given, until `arrived(report)`:
        some parts of Qt follow the pointer a moment later, and forget a way that ends before."""
        way = [self._to(x0 + (x1 - x0) * k / 10, y0 + (y1 - y0) * k / 10) for k in range(11)]
        self.act((*way[0], "mousedown", button), *way[1:], pointer=True, presses=1)
        if arrived:
            self.see(arrived, "what is dragged to follow")
        return self.act(("mouseup", button), releases=1)

    def key(self, *names, closing=False):
        """Releases are counted, as a press may be a shortcut, which is no key event then. Of a key that is `closing`
        what has the keyboard (a list, a dialog) presses are: its release may reach nobody."""
        kind = "key_presses" if closing else "key_releases"
        return self.act(("key", *names), **{kind: sum(len(name.split("+")) for name in names)})

    def key_unheard(self, *names):
        """A key of which no report can tell: it closes the window, or the model is gone. The test waits for what comes
        of it."""
        xdo("key", *names)

    @contextlib.contextmanager
    def hold(self, name):
        """A key that is down for a while."""
        self.act(("keydown", name), key_presses=1)
        try:
            yield
        finally:
            self.act(("keyup", name), key_releases=1)

    def type(self, text):
        """Signs of the upper row are typed with the Shift key, which counts too."""
        keys = sum(2 if sign.isupper() or sign in SHIFTED else 1 for sign in text)
        return self.act(("type", "--delay", 2, text), key_releases=keys)

    def press(self, name, kind=None):
        return self.click(*middle(self.place(name, kind)))

    def enter(self, name, text, kind=None):
        """Types a number or a text over what a field holds."""
        self.click(*middle(self.place(name, kind), x=0.3), times=2)
        self.key("ctrl+a")
        self.type(text)
        return self.key("Return")

    def menu(self, *path):
        """Through the menu bar: "View", "Dark"."""
        menus = self.settled(lambda report: {menu["text"]: menu["rect"] for menu in report["window"]["menus"]})
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

    def save_figure(self, path, **numbers):
        """Types numbers into the box for figures that opens now, as Width="85", and saves under a path."""
        self.see(lambda report: report["window"]["dialog"] == FIGURE_BOX, "the box for figures")
        until(lambda: xdo("getactivewindow") not in ("", self.window), "the box to have the keyboard")
        for name, text in numbers.items():
            self.enter(name.replace("_", " "), text, "NumberField")
        self.press("Save…", "PushButton")
        self.save_as(path)

    def save_as(self, path):
        """Gives the file dialog that opens now a path."""
        self.see(lambda report: report["window"]["dialog"] not in (None, FIGURE_BOX), "the file dialog")
        until(lambda: xdo("getactivewindow") not in ("", self.window), "the dialog to have the keyboard")
        self.key("ctrl+a")
        self.type(str(path))
        # Qt's dialog may overlook a key while its list of completions, which a thread fills, comes or goes.
        until(lambda: not self.key("Return", closing=True)["window"]["dialog"], "the dialog to close")
        until(lambda: path.exists() and path.stat().st_size > 0, f"{path.name}")
        self.take_keyboard()

    def end(self):
        return self.process.wait(DEADLINE)

    def quit(self):
        self.take_keyboard()
        self.key_unheard("ctrl+q")
        return self.end()


def stop_of(report, name, kind=None):
    """What the Tab key reaches under a name that begins so: {"name", "kind", "text", "rect"}."""
    stops = report["window"]["stops"]
    found = [stop for stop in stops if stop["name"].startswith(name) and kind in (None, stop["kind"])]
    assert found, f"{name!r} ({kind}) is none of {[(stop['name'], stop['kind']) for stop in stops]}"
    return found[0]


def entry_of(entries, text):
    return next(entry for entry in entries if entry["text"].startswith(text))


@contextlib.contextmanager
def started_apps():
    """A function that starts an app; all are killed at the end, also one whose window did not come."""
    apps = []

    def make(*args, **more):
        apps.append(App(*args, **more))
        return apps[-1].open()

    try:
        yield make
    finally:
        for app in apps:
            kill_all(app)


def kill_all(app):
    try:
        os.killpg(app.process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    app.process.wait()
