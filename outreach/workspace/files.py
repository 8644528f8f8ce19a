"""A YAML or TOML file and a record class in; the record out, or every fault of the file with its line and a near match."""

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from outreach.errors import FileError, FileErrors, OutreachError
from outreach.workspace.strict_yaml import Document, Place, parse_yaml

Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path, *, what: str = "file") -> str:
    """Return a UTF-8 file's text. Raises FileError when it is missing, a folder, unreadable or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        near = near_match(path.name, (p.name for p in path.parent.glob("*"))) if path.parent.is_dir() else ""
        raise FileError(f"no such {what}", where=path, hint=near or "check the path") from None
    except IsADirectoryError:
        raise FileError(
            f"this is a folder, not a {what}", where=path, hint="name the file inside it"
        ) from None
    except PermissionError:
        raise FileError(f"this {what} cannot be read", where=path, hint="check its permissions") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FileError(
            "the text is not UTF-8", where=path, line=line, hint="save the file as UTF-8"
        ) from None


def near_match(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the closest known word, or an empty string."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {found[0]!r}?" if found else ""


def read_record(path: Path, model: type[Model], language: str = "en") -> Model:
    """Read a YAML file into a record; plain texts are in `language`. Raises FileErrors with all faults at once."""
    document = parse_yaml(read_text(path), path)
    if not isinstance(document.value, dict):
        what = "the file is empty" if document.value is None else "the file must hold `key: value` lines"
        raise FileErrors(
            [FileError(what, where=path, line=1, hint=f"known keys: {', '.join(_names(model))}")]
        )
    return build_record(document, model, language)


def read_toml(path: Path, model: type[Model], language: str = "en") -> Model:
    """Read a TOML file into a record. Raises FileErrors with all faults at once."""
    text = read_text(path)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = int(message.rsplit("(at line ", 1)[1].split(",", 1)[0]) if "(at line " in message else None
        what = message.split(" (at ", 1)[0]
        raise FileErrors([FileError(f"not valid TOML: {what}", where=path, line=line,
                                    hint="texts stand in double quotes: name = \"text\"")]) from None  # fmt: skip
    return build_record(Document(path, value, _toml_lines(text)), model, language)


def build_record(document: Document, model: type[Model], language: str = "en") -> Model:
    """Make the record from a parsed document, or raise FileErrors naming the line and nearest key of every fault."""
    try:
        return model.model_validate(document.value, context={"language": language})
    except ValidationError as error:
        faults: list[OutreachError] = [_fault(dict(detail), document, model) for detail in error.errors()]
        raise FileErrors(faults) from None


def _fault(detail: dict[str, Any], document: Document, model: type[BaseModel]) -> FileError:
    place = _place_in(document, detail["loc"])
    name = ".".join(str(part) for part in place) or "the file"
    line = document.line_of(place)
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, place[:-1])
        near = near_match(str(place[-1]), known)
        return FileError(f"unknown key {name!r}", where=document.path, line=line,
                         hint=near or f"known keys here: {', '.join(known)}")  # fmt: skip
    if detail["type"] == "missing":
        return FileError(f"{name!r} is missing", where=document.path, line=document.line_of(place[:-1]),
                         hint=f"add a line `{place[-1]}: …`")  # fmt: skip
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return FileError(f"{name}: should be {message}" if "Input should be" in detail["msg"] else f"{name}: {message}",
                     where=document.path, line=line, hint=_type_hint(detail, document, place))  # fmt: skip


def _place_in(document: Document, loc: tuple[Any, ...]) -> Place:
    """Return the place in the file that a pydantic location means: without names of union members or validators."""
    place: Place = ()
    value = document.value
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(value, dict) and (part in value or last):
            place, value = (*place, part), value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            place, value = (*place, part), value[part]
    return place


def _value_at(document: Document, place: Place) -> Any:
    value: Any = document.value
    for part in place:
        if isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def _type_hint(detail: dict[str, Any], document: Document, place: Place) -> str:
    value = _value_at(document, place)
    if detail["type"] == "literal_error" and isinstance(value, str):
        return near_match(
            value, detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        ) or ("take one of these words")
    if detail["type"] in {"tuple_type", "list_type"}:
        return "write a list: [a, b], or one `- item` a line"
    if value is None:
        return "give it a value, or remove the line"
    return f"found {str(value)[:60]!r}"


def _known_keys(model: Any, place: Place) -> list[str]:
    """Return the keys a record knows at a place, following lists, maps and nested records."""
    for part in place:
        field = getattr(model, "model_fields", {}).get(part)
        if field is not None:
            model = _record_in(field.annotation)
        elif not isinstance(part, int):
            model = _record_in(model)
    return _names(model)


def _record_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _record_in(inner)
        if found is not None:
            return found
    return None


def _names(model: Any) -> list[str]:
    return sorted(getattr(model, "model_fields", {}))


def _toml_lines(text: str) -> dict[Place, int]:
    """Return the line of each `[table]` and `key =` of a TOML text; enough to point a reader at a fault."""
    lines: dict[Place, int] = {}
    table: Place = ()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("[") and "]" in line:
            table = tuple(part.strip().strip("\"'") for part in line.strip("[]").split("]")[0].split("."))
            lines.setdefault(table, number)
        elif "=" in line and not line.startswith("#"):
            key = tuple(part.strip().strip("\"'") for part in line.split("=", 1)[0].split("."))
            lines.setdefault(table + key, number)
    return lines
