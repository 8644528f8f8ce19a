"""A workspace's prompt and its data in; nothing out, or a FileError: it is rendered once in a child with hard limits.

The sandbox keeps a template from reaching Python, but not from using up time and memory. In-process limits cannot stop
one long step inside C code; limits of the operating system can.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from outreach.errors import FileError
from outreach.prompting.environment import Data, PromptEnvironment

CPU_S = 2
MEMORY_BYTES = 400 * 1024 * 1024
#: Two seconds of CPU may take longer on a busy machine; a child that sleeps is stopped all the same.
WALL_S = 20

_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from outreach.prompting.trial import main; main()"


def try_in_child(builtin: Path, workspace: Path | None, name: str, where: Path, data: Data) -> None:
    """Render a prompt in a limited child. Raises FileError with the fault's file and line, or with the limit it broke."""
    order = {
        "builtin": str(builtin),
        "workspace": workspace and str(workspace),
        "name": name,
        "where": str(where),
        "data": data,
    }
    # An empty environment: a key that lies in ours is out of reach of the child.
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and code
            [sys.executable, "-I", "-X", "utf8", "-c", _CHILD, *sys.path],
            input=json.dumps(order).encode(), capture_output=True, timeout=WALL_S, env={}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        _raise_too_slow(where)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        _raise_too_slow(where)
    try:
        fault = json.loads(done.stdout)
    except ValueError:
        raise FileError("the prompt could not be tried: the limited child died", where=where,
                        hint="look for a loop or a very long text") from None  # fmt: skip
    if fault:
        raise FileError(fault["what"], where=fault["where"], line=fault["line"], hint=fault["hint"])


def _raise_too_slow(where: Path | str, line: int | None = None) -> NoReturn:
    raise FileError(
        f"the prompt takes longer than {CPU_S} s to render", where=where, line=line, hint="look for a loop"
    )


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
