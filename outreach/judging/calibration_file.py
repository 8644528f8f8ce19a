"""The workspace's calibrations on disk in and out: one for each model and prompt, the newest of each."""

from pathlib import Path

from pydantic import ValidationError

from outreach.domain.calibrations import Calibration
from outreach.domain.record import Record
from outreach.errors import FileError
from outreach.workspace.locate import STATE_NAME
from outreach.workspace.writing import state_folder, write_atomically

FILE_NAME = "calibrations.json"


class Calibrations(Record):
    """The file: `.outreach/calibrations.json`."""

    version: int = 1
    calibrations: tuple[Calibration, ...] = ()

    def find(self, model: str, base_url: str, prompt_hash: str) -> Calibration | None:
        """Return the calibration of exactly this model, at this address, with this prompt."""
        key = (model, base_url, prompt_hash)
        return next((one for one in self.calibrations if _key(one) == key), None)


def read_calibrations(root: Path) -> Calibrations:
    """Return what is on record in a workspace. Raises FileError where the file is damaged: then nothing may be believed."""
    path = root / STATE_NAME / FILE_NAME
    try:
        return Calibrations.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Calibrations()
    except (OSError, ValidationError):
        raise FileError("the calibrations on record cannot be read", where=path,
                        hint="delete the file and calibrate again: answers in the cache cost nothing") from None  # fmt: skip


def record_calibration(root: Path, calibration: Calibration) -> None:
    """Put a calibration on record in place of an older one of the same model and prompt."""
    kept = [one for one in read_calibrations(root).calibrations if _key(one) != _key(calibration)]
    whole = Calibrations(calibrations=(*kept, calibration))
    write_atomically(state_folder(root) / FILE_NAME, whole.model_dump_json(indent=2) + "\n")


def _key(one: Calibration) -> tuple[str, str, str]:
    return (one.model, one.base_url, one.prompt_hash)
