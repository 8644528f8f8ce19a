"""A file's bytes in; the encoding they are written in out, or a refusal that says what the file is instead."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from outreach.errors import FileError

#: HubSpot takes 150 MB a file, and no other tool more: a bigger file is a mistake or an attack.
MAX_BYTES = 150 * 2**20
_CHUNK = 2**20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"\x1f\x8b", "this is a gzip archive", "unpack it and give the file inside"),
    (b"\xd0\xcf\x11\xe0", "this is an old Excel workbook (.xls)", "save it as .xlsx or as CSV UTF-8"),
    (b"%PDF", "this is a PDF", "export the list as CSV"),
    (b"SQLite format 3", "this is a database", "export the list as CSV"),
    (b"PAR1", "this is a Parquet file", "export the list as CSV"),
)
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|\?xml)\b", re.IGNORECASE | re.DOTALL
)
#: One UTF-8 character of more than one byte.
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: Old Mac exports: á é ó ú ñ ã õ ä ö ü è à lie where cp1252 has dashes, daggers and s with caron.
_MAC_LETTER = re.compile(rb"(?<=[A-Za-z])[\x87\x88\x8a\x8b\x8d-\x8f\x96\x97\x9a-\x9c\x9f](?=[a-z])")
_WESTERN_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff](?=[A-Za-z])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


class Encoding(NamedTuple):
    """How to decode a file: codec name, how to treat bytes that do not fit, and what a reader should be told."""

    name: str
    errors: str = "strict"
    note: str = ""


def detect_encoding(path: Path) -> Encoding:
    """Return the encoding of a text file: BOM, else zero bytes of UTF-16, else strict UTF-8, else cp1252.

    Raises:
        FileError: missing, not a file, empty, too big, of another kind (workbook, archive, web page), or neither
            Unicode nor Western text.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            head = handle.read(_CHUNK)
            _refuse_foreign(path, size, head)
            return _of_text(path, head, handle)
    except FileNotFoundError:
        raise FileError("no such file", where=path, hint="check the name and the folder") from None
    except IsADirectoryError:
        raise FileError("this is a folder", where=path, hint="give the list inside it") from None
    except PermissionError:
        raise FileError("this file may not be read", where=path, hint="check its permissions") from None


def _refuse_foreign(path: Path, size: int, head: bytes) -> None:
    if size > MAX_BYTES:
        what = f"the file has {size / 2**20:,.0f} MB; the limit is {MAX_BYTES // 2**20} MB"
        raise FileError(what, where=path, hint="split the list into smaller files")
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe,;"):
        raise FileError(
            "the file is empty", where=path, hint="export the list again: there is nothing to read"
        )
    if head.startswith(b"PK\x03\x04"):
        workbook = b"xl/" in head or b"[Content_Types]" in head
        what = "this is an Excel workbook" if workbook else "this is a zip archive"
        hint = (
            "rename it to .xlsx, or save it as CSV UTF-8"
            if workbook
            else "unpack it and give the file inside"
        )
        raise FileError(what, where=path, hint=hint)
    for magic, what, hint in _FOREIGN:
        if head.startswith(magic):
            raise FileError(what, where=path, hint=hint)
    if _HTML.match(head.removeprefix(codecs.BOM_UTF8)):
        what = "this is a web page (HTML), not a list"
        raise FileError(
            what, where=path, hint="you may have to sign in again: download the CSV from the tool itself"
        )


def _of_text(path: Path, head: bytes, handle: BinaryIO) -> Encoding:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, "replace")
    start = head[:4096]
    if (zeros := start.count(0)) > len(start) * 0.3:
        little = start[1::2].count(0) > zeros * 0.9
        return Encoding("utf-16-le" if little else "utf-16-be", "replace", "read as UTF-16 without a mark")
    if _is_utf8(_chunks(head, handle)):
        return Encoding("utf-8")
    handle.seek(0)
    return _not_utf8(path, handle.read())


def _chunks(head: bytes, handle: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := handle.read(_CHUNK):
        yield chunk


def _is_utf8(chunks: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(path: Path, data: bytes) -> Encoding:
    """Choose between UTF-8 with a few broken bytes, cp1252, old Mac text, and a refusal."""
    proper = _MULTIBYTE.findall(data)
    broken = sum(len(run) for run in _HIGH_RUN.findall(_MULTIBYTE.sub(b"", data)))
    if len(proper) > broken:
        return Encoding("utf-8", "replace", f"{broken} bytes are no UTF-8 and became \ufffd")
    if len(_MAC_LETTER.findall(data)) > len(_WESTERN_LETTER.findall(data)):
        return Encoding("mac_roman", "strict", "read as Mac Roman: the file is not UTF-8; check the accents")
    runs = _HIGH_RUN.findall(data)
    # Western text has its accents one by one; Chinese, Japanese or Cyrillic text in its own encodings has them in rows.
    in_runs = sum(len(run) for run in runs if len(run) > 2)
    if in_runs > 0.5 * sum(len(run) for run in runs) and in_runs > 8:
        what = "the encoding cannot be told: neither Unicode nor Western (cp1252)"
        raise FileError(what, where=path, hint="save the list as «CSV UTF-8» and try again")
    return Encoding("cp1252", "replace", "read as cp1252 (Western): the file is not UTF-8")
