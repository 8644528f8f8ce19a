"""A workspace's prompt and its data in; nothing out, or a FileError: it is rendered once in a child with hard limits.

The sandbox keeps a template from reaching Python, but not from using up time and memory. In-process limits cannot stop
one long step inside C code; limits of the operating system can.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from outreach.errors import FileError

CPU_S = 2
#: Two seconds of CPU may take longer on a busy machine; a child that sleeps is stopped all the same.
WALL_S = 20

_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from outreach.prompting.trial_child import main; main()"


def try_in_child(builtin: Path, workspace: Path | None, name: str, where: Path, data: dict[str, Any]) -> None:
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


def _raise_too_slow(where: Path) -> NoReturn:
    raise FileError(f"the prompt takes longer than {CPU_S} s to render", where=where, hint="look for a loop")
