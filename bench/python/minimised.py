"""A program's window is minimised as soon as it is there. Prints what the program prints.

minimised.py PROGRAM ARGUMENT…      needs a display of its own: a window manager is started there
"""

import subprocess
import sys
import time

LOOK_EVERY_S = 0.05
MANAGER_WITHIN_S = 10


def wait_for_manager():
    """A window that is there before its manager cannot be minimised."""
    end = time.monotonic() + MANAGER_WITHIN_S
    while (
        subprocess.run(["xdotool", "get_desktop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0
    ):
        if time.monotonic() > end:
            sys.exit(f"openbox was not there within {MANAGER_WITHIN_S} s")
        time.sleep(LOOK_EVERY_S)


def main(command):
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for_manager()
    program = subprocess.Popen(command)
    try:
        while program.poll() is None:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--class", "compneurovis"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            for window in found.stdout.split():
                subprocess.run(["xdotool", "windowminimize", window], stderr=subprocess.DEVNULL)
            time.sleep(LOOK_EVERY_S)
    finally:
        manager.terminate()
        manager.wait()
    return program.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
