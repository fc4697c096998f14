"""The decoding child's entry: one request on standard input, one answer on standard output, under limits on memory,
CPU time and file size that it sets before it loads any picture library."""

import errno
import gc
import json
import resource
import sys
import warnings
from importlib import import_module

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


def main() -> None:
    """Answer one request. Whatever a decoder raises becomes an answer; only death by a limit leaves none."""
    # So short a life has no garbage worth collecting.
    gc.disable()
    warnings.simplefilter("ignore")
    request: Request = json.load(sys.stdin)
    _confine(request)
    try:
        answer = _carry_out(request)
    except Exception as error:  # noqa: BLE001 -- decoders were seen to raise eight types, and a broken file finds more
        answer = _explain(error, request)
    json.dump(answer, sys.stdout)


def _confine(request: Request) -> None:
    limits = {
        resource.RLIMIT_CPU: request["cpu_seconds"],
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
    # Loaded here and by name, so that the libraries too come under the limits, and their failures into the answer.
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
