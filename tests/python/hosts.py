"""How tests run a session: in a host with a viewer, started by hand, or as a script of its own."""

import os
import subprocess
import sys

from compneurovis._core import testing


def host(source, **options):
    """A host, stepped by the test, with one viewer; `options` are those of `testing.Host`."""
    made = testing.Host(source, **options)
    made.add_viewer()
    return made


def started(session_class, **options):
    """A session that has been initialised."""
    session = session_class(**options)
    session.initialize()
    return session


def run_python(folder, script, *before, after=(), env=None):
    """What `python *before script.py *after` did in a folder; `script` is its text."""
    (folder / "script.py").write_text(script)
    return subprocess.run(
        [sys.executable, *before, "script.py", *after],
        cwd=folder,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
    )


def run_script(folder, script, options, env=None):
    """The same under `compneurovis run --headless`, with these options in one text."""
    return run_python(folder, script, "-m", "compneurovis", "run", "--headless", *options.split(), env=env)
