"""The viewer with everything that it needs but the C library and the drivers, in one folder that can be moved.

    compneurovis-viewer, libcompneurovis-viewer.so
    lib/             libraries, found by RPATH
    lib/host-first/  libraries that drivers load as well; src/cnv/base/bundled_library.hpp says when they are taken
    plugins/         of Qt
    fonts/           Inter, DejaVu and a fonts.conf that adds them to those of the system
    xkb/             keyboard layouts, for systems without
    licenses/        of each package that something here is from

Libraries keep their names and are separate files, so that any of them can be replaced by another build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import elf
import icu

# Belong to the system: the C library, and what belongs to its kernel and drivers.
OF_THE_SYSTEM = re.compile(
    r"ld-linux.*|linux-vdso.*|lib(c|m|dl|pthread|rt|resolv|util|mvec|anl|nsl)\.so\.\d+"
    r"|lib(drm|gbm|nvidia|cuda|vulkan|glapi|gallium|LLVM).*"
)
# What drivers for graphics load as well.
HOST_FIRST = re.compile(
    r"libstdc\+\+\.so.*|libgcc_s\.so.*|lib(X11|X11-xcb|xcb|Xau|Xdmcp|Xext|Xfixes|bsd|md)\.so.*"
    r"|libxcb-(dri2|dri3|present|sync|xfixes|shm|randr|glx|xkb)\.so.*|libxshmfence\.so.*"
    r"|libwayland-.*|libffi\.so.*|libexpat\.so.*|libz\.so.*|libzstd\.so.*|liblzma\.so.*"
    r"|lib(EGL|GLX|GL|OpenGL|GLdispatch)\.so.*"
)
PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland-generic.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libbradient.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
)
FONTS = (
    *(f"opentype/inter/Inter-{weight}.otf" for weight in ("Regular", "Medium", "SemiBold", "Bold")),
    "truetype/dejavu/DejaVuSans.ttf",
    "truetype/dejavu/DejaVuSans-Bold.ttf",
    "truetype/dejavu/DejaVuSansMono.ttf",
)
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer><family>Inter</family><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""
LICENSES_README = """What this folder brings along, and from where. The libraries are those of Debian packages, with the
paths by which they find each other changed and the data of ICU reduced to what the viewer uses. They are separate
files: another build of any of them, such as Qt under the LGPL, can take its place.

"""


def run(*words: object) -> str:
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


class Bundle:
    def __init__(self, folder: Path):
        self.folder = folder
        self.sources: dict[Path, Path] = {}  # file here → the file that it is from
        self._places = self._loader_places()

    def make(self, binaries: Path, project_license: Path) -> None:
        """`binaries`: the folder of the built viewer."""
        shutil.rmtree(self.folder, ignore_errors=True)
        own = [
            self._take(binaries / name, self.folder / name)
            for name in ("compneurovis-viewer", "libcompneurovis-viewer.so")
        ]
        plugins = Path(run("qtpaths6", "--query", "QT_INSTALL_PLUGINS").strip())
        roots = own + [self._take(plugins / name, self.folder / "plugins" / name) for name in PLUGINS]
        self._take_libraries(roots)
        self._order_host_first()
        reduced = icu.reduce_data(self.folder / "lib")
        self._set_paths()
        self._fonts()
        self._keyboards()
        self._licenses(project_license, reduced)

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def binaries(self) -> list[Path]:
        return [path for path in self.files() if elf.is_elf(path)]

    def _take(self, source: Path, target: Path) -> Path:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.resolve(), target)
        target.chmod(0o755)
        self.sources[target] = source
        return target

    @staticmethod
    def _loader_places() -> dict[str, Path]:
        """Name → path of each library of this machine's kind, as the loader finds it."""
        places: dict[str, Path] = {}
        for line in run("/sbin/ldconfig", "-p").splitlines():
            if (found := re.match(r"\s+(\S+) \(([^)]*)\) => (\S+)", line)) and "x86-64" in found[2]:
                places.setdefault(found[1], Path(found[3]))
        return places

    def _take_libraries(self, roots: list[Path]) -> None:
        to_read, seen = list(roots), {root.name for root in roots}
        while to_read:
            for name in elf.needed(to_read.pop()):
                if name in seen or OF_THE_SYSTEM.fullmatch(name):
                    continue
                seen.add(name)
                folder = self.folder / "lib" / ("host-first" if HOST_FIRST.fullmatch(name) else "")
                to_read.append(self._take(self._places[name], folder / name))
        # libepoxy opens them by name.
        for name in ("libGL.so.1",):
            if name not in seen and name in self._places:
                to_read.append(self._take(self._places[name], self.folder / "lib/host-first" / name))
                seen.add(name)
        while to_read:
            for name in elf.needed(to_read.pop()):
                assert name in seen or OF_THE_SYSTEM.fullmatch(name), name

    def _order_host_first(self) -> None:
        folder = self.folder / "lib/host-first"
        left = {path.name: set(elf.needed(path)) for path in sorted(folder.iterdir())}
        order: list[str] = []
        while left:
            ready = [name for name, others in left.items() if not others & (left.keys() - {name})]
            order += ready
            for name in ready:
                del left[name]
        release = self.sources[folder / "libstdc++.so.6"].resolve().name
        (folder / "ORDER").write_text("\n".join([f"# {release}", *order]) + "\n")

    def _set_paths(self) -> None:
        """RPATH, not RUNPATH: it counts for what a library opens by name, too."""
        lib = self.folder / "lib"
        for path in self.binaries():
            run("strip", "--strip-unneeded", path)
            if path.parent.name == "host-first":
                place = "$ORIGIN/.."
            elif path.name == "compneurovis-viewer":
                continue
            else:
                up = Path(*[".."] * len(path.parent.relative_to(self.folder).parts), "lib")
                place = "$ORIGIN" if path.parent == lib else f"$ORIGIN/{up}"
            run("patchelf", "--force-rpath", "--set-rpath", place, path)

    def _fonts(self) -> None:
        for name in FONTS:
            target = self._take(Path("/usr/share/fonts") / name, self.folder / "fonts" / Path(name).name)
            target.chmod(0o644)
        (self.folder / "fonts/fonts.conf").write_text(FONTS_CONF)

    def _keyboards(self) -> None:
        source = Path("/usr/share/X11/xkb")
        for path in sorted(source.rglob("*")):
            if path.is_file():
                self._take(path, self.folder / "xkb" / path.relative_to(source)).chmod(0o644)

    def _licenses(self, project_license: Path, reduced: str) -> None:
        folder = self.folder / "licenses"
        folder.mkdir()
        shutil.copyfile(project_license, folder / "compneurovis.txt")
        of: dict[str, list[str]] = {}
        for target, source in sorted(self.sources.items()):
            if target.parent == self.folder:
                continue
            relative = target.relative_to(self.folder)
            if relative.parts[0] == "xkb":
                of["xkb-data"] = ["xkb"]
            else:
                of.setdefault(_package(source), []).append(str(relative))
        lines = []
        for package, files in sorted(of.items()):
            version = run("dpkg-query", "-W", "-f", "${Version}", package)
            shutil.copyfile(
                Path("/usr/share/doc") / package.split(":")[0] / "copyright", folder / f"{package.split(':')[0]}.txt"
            )
            lines.append(f"{package.split(':')[0]} {version}: {', '.join(files)}")
        (folder / "README.txt").write_text(LICENSES_README + "\n".join(lines) + "\n\n" + reduced + "\n")


def _package(path: Path) -> str:
    """The Debian package that a file is from; its database may know it by another way to the same place."""
    candidates = [path, path.resolve()]
    candidates += [Path("/usr", *c.parts[1:]) for c in candidates if c.parts[1] == "lib"]
    candidates += [Path("/", *c.parts[2:]) for c in candidates if c.parts[1] == "usr"]
    for candidate in candidates:
        found = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(": ")[0].split(",")[0]
    raise LookupError(f"no Debian package has {path}")
