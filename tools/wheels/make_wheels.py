#!/usr/bin/env python3
"""Makes what is installed without a build, into dist/:

    compneurovis_viewer-…-py3-none-….whl  the viewer and all that it needs, for every Python
    compneurovis-…-cpXY-….whl             the package for each Python named (the one for 3.12 serves later ones), which
                                          asks for that viewer
    compneurovis-…-cpp-….tar.gz           headers, libraries and the viewer for C++ programs

    make_wheels.py --build build/release PYTHON …

The same sources in the same place give the same bytes. Needs what `./run wheels` installs.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import elf
from bundle import Bundle

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
WORK = ROOT / "build/wheels"
VIEWER_INIT = '''"""The viewer of CompNeuroVis, with everything that it needs. Programs find it by themselves."""

from pathlib import Path

__version__ = "{version}"


def path() -> str:
    """Path of the executable."""
    return str(Path(__file__).parent / "compneurovis-viewer")
'''


def run(*words: object) -> None:
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout[-4000:]}")


def set_clock() -> None:
    """What is written has the time of the last commit."""
    asked = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True, text=True)
    os.environ.setdefault("SOURCE_DATE_EPOCH", asked.stdout.strip() or "1767225600")


def project_version() -> str:
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert found
    return found[1]


def platform_tag(paths: list[Path]) -> str:
    """What is taken from the system where it has it does not count: a system with an older glibc has its own."""
    major, minor = elf.glibc([path for path in paths if path.parent.name != "host-first"])
    return f"manylinux_{major}_{minor}_{platform.machine()}"


def empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def pack(folder: Path) -> Path:
    """The wheel of a folder that holds what a wheel holds; an older one of that name goes."""
    before = {path: path.stat().st_mtime_ns for path in DIST.glob("*.whl")}
    run(sys.executable, "-m", "wheel", "pack", folder, "--dest-dir", DIST)
    (made,) = (path for path in DIST.glob("*.whl") if before.get(path) != path.stat().st_mtime_ns)
    return made


def viewer_wheel(bundle: Bundle, version: str) -> Path:
    folder = empty(WORK / "viewer")
    package = folder / "compneurovis_viewer"
    shutil.copytree(bundle.folder, package)
    (package / "__init__.py").write_text(VIEWER_INIT.format(version=version))
    info = folder / f"compneurovis_viewer-{version}.dist-info"
    (info / "licenses").mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", info / "licenses/LICENSE")
    (info / "METADATA").write_text(
        "Metadata-Version: 2.4\n"
        "Name: compneurovis-viewer\n"
        f"Version: {version}\n"
        "Summary: The window of CompNeuroVis: watch and steer a running neuroscience model\n"
        "License-Expression: BSD-3-Clause\n"
        "License-File: LICENSE\n"
        "Requires-Python: >=3.10\n"
        "Description-Content-Type: text/plain\n"
        "\n"
        "The viewer that the package compneurovis starts. What it brings along, and the licences of that, are in\n"
        "compneurovis_viewer/licenses.\n"
    )
    (info / "WHEEL").write_text(
        "Wheel-Version: 1.0\n"
        "Generator: compneurovis tools/wheels\n"
        "Root-Is-Purelib: false\n"
        f"Tag: py3-none-{platform_tag(bundle.binaries())}\n"
    )
    return pack(folder)


def builder(python: str) -> Path:
    """A Python with what pyproject.toml builds with: this one if it has it, else an environment of its own. Its place
    stays, so that what was compiled is known the next time."""
    has = [python, "-c", "import scikit_build_core, nanobind"]
    if subprocess.run(has, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return Path(python)
    asked = subprocess.run(
        [python, "-c", "import sys; print(sys.implementation.cache_tag)"], capture_output=True, text=True
    )
    venv = WORK / f"venv-{asked.stdout.strip()}"
    if not (venv / "bin/python").exists():
        run(python, "-m", "venv", venv)
    (wanted,) = re.findall(r"(?m)^requires = \[(.*)\]$", (ROOT / "pyproject.toml").read_text())
    run(venv / "bin/python", "-m", "pip", "install", *re.findall(r'"([^"]+)"', wanted), "cmake", "ninja")
    return venv / "bin/python"


def package_wheel(python: str, version: str) -> Path:
    """Built as `pip install .` does, without a viewer."""
    raw, folder = empty(WORK / "raw"), empty(WORK / "package")
    os.environ["CXX"] = "c++"  # compiled as the rest of this folder: ccache has it
    settings = [
        word for name in ("CNV_VIEWER=OFF", "CNV_WARNINGS_AS_ERRORS=ON") for word in ("-C", f"cmake.define.{name}")
    ]
    pip = (builder(python), "-m", "pip", "--disable-pip-version-check")
    settings += ["-C", "build-dir=build/wheels/{wheel_tag}"]  # that of `pip install .` has a viewer
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", *settings, "--wheel-dir", raw, ROOT)
    (made,) = raw.glob("*.whl")
    run(sys.executable, "-m", "wheel", "unpack", made, "--dest", folder)
    (unpacked,) = folder.iterdir()
    info = unpacked / f"compneurovis-{version}.dist-info"
    metadata = (info / "METADATA").read_text()
    head, blank, body = metadata.partition("\n\n")
    (info / "METADATA").write_text(f"{head}\nRequires-Dist: compneurovis-viewer=={version}{blank}{body}")
    tag = platform_tag([path for path in unpacked.rglob("*") if path.is_file() and elf.is_elf(path)])
    wheel = (info / "WHEEL").read_text()
    (info / "WHEEL").write_text(re.sub(r"(?m)^(Tag: .*)-linux_\w+$", rf"\1-{tag}", wheel))
    return pack(unpacked)


def cpp_kit(build: Path, bundle: Bundle, version: str) -> Path:
    name = f"compneurovis-{version}-cpp-{platform_tag(bundle.binaries())}"
    prefix = empty(WORK / "kit") / name
    run("cmake", "--install", build, "--prefix", prefix, "--strip")
    shutil.rmtree(prefix / "libexec/compneurovis")
    shutil.copytree(bundle.folder, prefix / "libexec/compneurovis")
    shutil.copyfile(ROOT / "LICENSE", prefix / "LICENSE")
    target = DIST / f"{name}.tar.gz"
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        info.mtime = epoch
        return info

    with target.open("wb") as out, gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=epoch) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(prefix.rglob("*")):
                tar.add(path, f"{name}/{path.relative_to(prefix)}", recursive=False, filter=plain)
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help="folder of the built viewer and libraries")
    parser.add_argument("--cpp", action="store_true", help="the tar file for C++ programs, too")
    parser.add_argument("python", nargs="*", help="interpreters to make the package for")
    options = parser.parse_args()
    set_clock()
    os.umask(0o022)
    DIST.mkdir(exist_ok=True)
    version = project_version()
    bundle = Bundle(WORK / "bundle")
    bundle.make(options.build / "bin", ROOT / "LICENSE")
    made = [viewer_wheel(bundle, version), *(package_wheel(python, version) for python in options.python)]
    if options.cpp:
        made.append(cpp_kit(options.build, bundle, version))
    unpacked = sum(path.stat().st_size for path in bundle.files())
    print(f"the viewer's folder: {len(bundle.files())} files, {unpacked / 1e6:.1f} MB")
    for path in made:
        print(f"{path.stat().st_size / 1e6:6.1f} MB  {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
