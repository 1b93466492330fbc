"""A root folder with Debian's smallest system and Python, and nothing else."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build/wheels"
DIST = ROOT / "dist"
SUITE = "bookworm"
X_SOCKETS = pathlib.Path("/tmp/.X11-unix")


def run(*words, timeout=900, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=timeout, **more)
    assert done.returncode == 0, f"{words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


def pristine():
    """Made once; debootstrap asks where this machine's own packages are from."""
    folder = WORK / "bare"
    done = WORK / "bare.done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        asked = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Codename: {SUITE}")
        mirrors = asked.stdout.split()
        run("debootstrap", "--variant=minbase", "--include=python3,python3-venv", SUITE, folder, *mirrors[:1])
        done.touch()
    return folder


def simulators():
    """A folder with the wheels that the packages need from others."""
    folder = WORK / "others"
    wanted = ["numpy", *(ROOT / "requirements/neuron.txt").read_text().split("\n")]
    words = [word for word in wanted if word and not word.startswith("#")]
    run(sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--only-binary=:all:",
        "--python-version", "3.11", "--dest", folder, *words)  # fmt: skip
    return folder


class Bare:
    """A copy of the root folder. Commands run in its /root as its user root, without network."""

    def __init__(self, name):
        self.folder = WORK / f"bare-{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        run("cp", "-a", "--reflink=auto", pristine(), self.folder)
        self.home = self.folder / "root"
        (self.folder / X_SOCKETS.relative_to("/")).mkdir(parents=True, exist_ok=True)

    def words(self, command, *, network=False, display=None):
        """The command line: it becomes the process that runs the command, whose further words may follow."""
        environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"]
        if display:
            environment.append(f"DISPLAY={display}")
        if network:  # as the machine itself reaches its packages
            environment += [f"{k}={v}" for k, v in os.environ.items() if k.lower().endswith("_proxy")]
        there = 'cd /root && exec "$@"'
        inside = f'mount --bind {X_SOCKETS} "$0{X_SOCKETS}" && exec chroot "$0" /bin/bash -c "$1" - "${{@:2}}"'
        alone = ["unshare", "--mount", *([] if network else ["--net"])]
        return ["env", "-i", *environment, *alone, "bash", "-c", inside, str(self.folder), there, *command]

    def run(self, *command, **more):
        X_SOCKETS.mkdir(parents=True, exist_ok=True)
        return run(*self.words(command, **more))

    def install_packages(self, *packages):
        """Debian packages, from where the machine gets its own."""
        for path in (
            "etc/resolv.conf",
            "etc/hosts",
            "etc/apt/sources.list",
            "etc/apt/sources.list.d",
            "etc/apt/apt.conf.d",
        ):
            source, target = pathlib.Path("/", path), self.folder / path
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copyfile(source, target)
        self.run("apt-get", "update", "-qq", network=True)
        self.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends",
                 *packages, network=True)  # fmt: skip
