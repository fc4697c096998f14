"""The nursery's and its children's side of decoding: a child answers one request about one picture, under limits on
memory, time and file size that it sets before it looks at the picture."""

import errno
import gc
import json
import math
import os
import resource
import signal
import socket
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from memory_road.media.nursery import HELLO
from memory_road.media.protocol import Answer, Request
from memory_road.media.refusal import PictureRefused, RefusalCode

_MACHINE_TROUBLE = {
    errno.EACCES,
    errno.EDQUOT,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
}
"""What no picture can cause. EINVAL is not among them: a broken file makes a decoder seek to impossible places."""

_LIMIT_REACHED = {errno.EFBIG, errno.ENOMEM}


_PRELOADED = (
    "memory_road.media.operations",
    "PIL.AvifImagePlugin",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.WebPImagePlugin",
    "pi_heif",
)
"""What a child needs for most pictures. None of them may start a thread: of a process with threads no good child can be
forked, and libvips starts some, so that a child loads it by itself."""

_CRASHES = {signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV}


def main() -> None:
    """Be the nursery: fork a child for each connection that comes by standard input, until that ends.

    Nothing of a picture is read here. Whoever asks the site to stop asks this process too, and is not obeyed: pictures
    in hand are finished, and standard input ends with the site.
    """
    for name in _PRELOADED:
        # What is missing or broken is told by the child that needs it.
        with suppress(ImportError):
            import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, _reap)
    calls = socket.socket(fileno=0)
    while True:
        _, connections, _, _ = socket.recv_fds(calls, 1, 1)
        if not connections:
            return
        connection = connections[0]
        try:
            child = os.fork()
        except OSError as error:
            os.write(connection, HELLO + json.dumps({"failed": f"no child: {error}"}).encode())
            child = -1
        if child == 0:
            _live(calls, connection)
        os.close(connection)


def _reap(*_: object) -> None:
    """Take leave of children that have ended. When a decoder has crashed, end as well: whoever made it crash may have
    learnt how the memory lies that all children have from here. The next call starts another nursery."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if os.WIFSIGNALED(ended[1]) and os.WTERMSIG(ended[1]) in _CRASHES:
                os._exit(1)


def _live(calls: socket.socket, connection: int) -> NoReturn:
    """Answer one request, and end. Whatever a decoder raises becomes an answer; only death by a limit leaves none."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.write(connection, HELLO)
        # /dev/null takes the place of the nursery's own connection.
        calls.detach()
        os.dup2(1, 0)
        # So short a life has no garbage worth collecting.
        gc.disable()
        warnings.simplefilter("ignore")
        with open(connection, "rb", closefd=False) as said:
            request: Request = json.load(said)
        _confine(request)
        try:
            answer = _carry_out(request)
        except Exception as error:  # noqa: BLE001 -- decoders were seen to raise eight types, and a broken file finds more
            answer = _explain(error, request)
        with open(connection, "wb", closefd=False) as told:
            told.write(json.dumps(answer).encode())
        status = 0
    finally:
        os._exit(status)


def _confine(request: Request) -> None:
    # By the clock it is killed by this alarm, which no decoder knows of.
    signal.setitimer(signal.ITIMER_REAL, request["seconds"])
    limits = {
        resource.RLIMIT_CPU: math.ceil(request["seconds"]),
        resource.RLIMIT_FSIZE: request["output_bytes"],
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform != "darwin":
        # macOS would not enforce it, and refuses some values of it.
        limits[resource.RLIMIT_AS] = request["memory_bytes"]
    for what, wanted in limits.items():
        _, ceiling = resource.getrlimit(what)
        most = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        resource.setrlimit(what, (most, most))


def _carry_out(request: Request) -> Answer:
    # By name, since the site's own process knows this module too and must not load a picture library.
    return getattr(import_module("memory_road.media.operations"), request["operation"])(request)


def _explain(error: Exception, request: Request) -> Answer:
    if isinstance(error, PictureRefused):
        return {"refused": error.code, "values": error.values}
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, ImportError) or (isinstance(error, OSError) and error.errno in _MACHINE_TROUBLE):
        return {"failed": detail}
    outgrown = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _LIMIT_REACHED)
    code = RefusalCode.TOO_DEMANDING if outgrown else RefusalCode.DAMAGED
    return {"refused": code, "values": {"format": request["format"]}, "detail": detail}
