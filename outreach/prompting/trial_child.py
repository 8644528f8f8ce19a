"""The child of a trial: an order on stdin in, the fault of the prompt (or null) as JSON on stdout out, under hard limits."""

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from outreach.errors import FileError
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.trial import CPU_S

MEMORY_BYTES = 400 * 1024 * 1024


def main() -> None:
    """Be the child: read the order, set the limits, render, and write the fault (or null) as JSON."""
    order = json.loads(sys.stdin.buffer.read())
    environment = PromptEnvironment(Path(order["builtin"]), order["workspace"] and Path(order["workspace"]))
    where = Path(order["where"])
    fault: dict[str, Any] | None = None
    _limit()
    try:
        environment.render_here(order["name"], where, order["data"])
    except FileError as error:
        fault = {"what": error.what, "where": error.where, "line": error.line, "hint": error.hint}
    sys.stdout.write(json.dumps(fault))
    sys.stdout.flush()
    os._exit(0)  # freeing what a bomb built may take longer than building it


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    used_s = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    signal.signal(signal.SIGXCPU, _on_cpu_limit)
    resource.setrlimit(resource.RLIMIT_CPU, (used_s + CPU_S, used_s + CPU_S + 1))
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):  # some systems refuse a limit of address space
            resource.setrlimit(kind, (limit, limit))


def _on_cpu_limit(signum: int, frame: object) -> NoReturn:  # noqa: ARG001
    msg = f"the prompt takes longer than {CPU_S} s to render"
    raise TimeoutError(msg)
