"""A program's window is minimised as soon as it is there. Prints what the program prints.

    minimised.py PROGRAM ARGUMENT…      needs a display of its own: a window manager is started there
"""

import subprocess
import sys
import time

LOOK_EVERY_S = 0.05


def main(command):
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    program = subprocess.Popen(command)
    try:
        while program.poll() is None:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "compneurovis"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for window in found.stdout.split():
                subprocess.run(["xdotool", "windowminimize", window], stderr=subprocess.DEVNULL)
            time.sleep(LOOK_EVERY_S)
    finally:
        manager.terminate()
        manager.wait()
    return program.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
