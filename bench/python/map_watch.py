"""Tells when a window comes onto the screen, without asking again and again: X11 sends an event."""

import ctypes
import ctypes.util
import time

SUBSTRUCTURE_NOTIFY, MAP_NOTIFY = 1 << 19, 19
EVENT_LONGS, MAPPED_WINDOW = 24, 5  # XEvent, and where XMapEvent names the window
LEAST_PX = 200  # toolkits map small helper windows


class MapWatch:
    """From its making on. Raises OSError when there is no display."""

    def __init__(self):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            raise OSError("no X display")
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XSelectInput(
            self.display, ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)), ctypes.c_long(SUBSTRUCTURE_NOTIFY)
        )
        self.x.XFlush(self.display)

    def wait(self):
        """The time.time() when the next window of a program was mapped."""
        event = (ctypes.c_long * EVENT_LONGS)()
        while True:
            self.x.XNextEvent(self.display, event)
            now = time.time()
            if (
                ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0] == MAP_NOTIFY
                and self._width(event[MAPPED_WINDOW]) >= LEAST_PX
            ):
                return now

    def close(self):
        self.x.XCloseDisplay(self.display)

    def _width(self, window):
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        places = (ctypes.byref(each) for each in (root, x, y, width, height, border, depth))
        found = self.x.XGetGeometry(self.display, ctypes.c_ulong(window), *places)
        return width.value if found else 0
