"""Bytes and a path in; a whole file on disk out, or none: temporary file, fsync, rename, readable by the owner alone."""

import os
import secrets
import tempfile
from pathlib import Path

from outreach.errors import FileError
from outreach.workspace.locate import STATE_NAME


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file in one step, mode 0600. Raises FileError naming the path; an old file stays whole on any fault."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise FileError(f"cannot be written: {error.strerror or error}", where=path,
                        hint="check the folder, its permissions and the space on the disk") from None  # fmt: skip


def state_folder(root: Path) -> Path:
    """Return the workspace's `.outreach/` folder, made with mode 0700 if it is not there."""
    folder = root / STATE_NAME
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileError(f"cannot be made: {error.strerror or error}", where=folder,
                        hint="the workspace must be writable") from None  # fmt: skip
    return folder


def workspace_secret(root: Path) -> bytes:
    """Return the workspace's secret of 32 bytes, made once: what fences around prospect text are derived from."""
    path = state_folder(root) / "secret"
    if not path.is_file():
        write_atomically(path, secrets.token_bytes(32))
    return path.read_bytes()
