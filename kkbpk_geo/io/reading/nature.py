"""What a file is that is no sheet, in one true sentence with the way out.

Why: a name says little. A PDF that is called .xlsx needs another remedy than a workbook
with a password, and neither is "not recognised".

In:     the bytes of a file. Out: a sentence, or nothing where it may be a sheet.
"""

from __future__ import annotations

from zipfile import ZipFile

_SAVE = "Open it in a spreadsheet program and save it as XLSX."
_ASK = "Ask for the workbook (XLSX) or CSV that it was made from."
PASSWORD = (
    "it is protected by a password. Open it with the password and save a copy without "
    "one."
)
_TABLE_INSIDE = "Copy the table into a workbook and save that as XLSX."
_UNPACK = "Unpack it and give the file that is inside."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a text document (RTF)", _TABLE_INSIDE),
    (b"\x89PNG", "a picture (PNG)", _ASK),
    (b"\xff\xd8\xff", "a picture (JPEG)", _ASK),
    (b"GIF8", "a picture (GIF)", _ASK),
    (b"II*\0", "a picture (TIFF)", _ASK),
    (b"MM\0*", "a picture (TIFF)", _ASK),
    (b"Rar!", "a packed archive (RAR)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed archive (7z)", _UNPACK),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"SQLite format 3\0", "a database (SQLite)", "Export the table as CSV."),
    (b"\0\x01\0\0Standard", "a database (Access)", "Export the table as XLSX."),
    (b"PAR1", "a Parquet file", "Export it as CSV."),
    (b"\x09\0\x04\0", "a workbook of Excel 2", _SAVE),
    (b"\x09\x02\x06\0", "a workbook of Excel 3", _SAVE),
    (b"\x09\x04\x06\0", "a workbook of Excel 4", _SAVE),
)
_HEAD = 1024  # bytes; a PDF may have some bytes before its mark
_SHORT = 1000  # bytes; a link to an online sheet is shorter

# A stream of a compound file -> what the file is.
_COMPOUND = {
    "WordDocument": ("a Word document (.doc)", _TABLE_INSIDE),
    "PowerPoint Document": ("a presentation (.ppt)", _TABLE_INSIDE),
    "__properties_version1.0": ("a mail message (.msg)", "Save what is attached."),
}
# How the name of a part of a packed file begins -> what the file is.
_PACKED = (
    ("word/", "a Word document (.docx)", _TABLE_INSIDE),
    ("ppt/", "a presentation (.pptx)", _TABLE_INSIDE),
    ("Index/", "a sheet of Apple Numbers", "Export it as XLSX."),
)
_MIMETYPES = (
    ("opendocument.text", "a text document (.odt)", _TABLE_INSIDE),
    ("opendocument.presentation", "a presentation (.odp)", _TABLE_INSIDE),
)


def sentence(name: str, what: str, remedy: str) -> str:
    """Say what a file is and what to do about it."""
    return f"{name}: this is {what}, not a sheet, whatever its name says. {remedy}"


def plain_nature(name: str, data: bytes) -> str:
    """Return the sentence about a file that is told by its first bytes, or ``""``."""
    if name.startswith("~$") and len(data) < _SHORT:
        return sentence(
            name, "the mark of a workbook that is open", "Give the workbook itself."
        )
    if b"%PDF-" in data[:_HEAD]:
        return sentence(name, "a PDF", _ASK)
    for beginning, what, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            return sentence(name, what, remedy)
    picture = _picture(data)
    return sentence(name, f"a picture ({picture})", _ASK) if picture else ""


def _picture(data: bytes) -> str:
    """Return the kind of a picture whose mark is not at the beginning, or ``""``."""
    if data[4:12] in (b"ftypheic", b"ftypmif1"):
        return "HEIC"
    if data[:2] == b"BM" and b"\0" in data[:_HEAD]:  # "BM" begins words, too
        return "BMP"
    return "WebP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def text_nature(name: str, text: str) -> str:
    """Return the sentence about a text that is no table, or ``""``."""
    start = text.lstrip()
    if start[:1] == "{" and len(text) < _SHORT and '"url"' in text:
        return sentence(
            name, "a link to an online sheet", "Open it and download it as XLSX."
        )
    if start.startswith(("{", "[{", "[[", "[\n")) and _is_json(text):
        return sentence(name, "a JSON file", "Export the table as CSV or XLSX.")
    if start.startswith(("<?xml", "<Workbook", "<office:")):
        return sentence(name, "an XML file of another kind", _SAVE)
    return ""


def _is_json(text: str) -> bool:
    import json

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def compound_nature(name: str, streams: frozenset[str]) -> str:
    """Return the sentence about a compound file that is no workbook, or ``""``."""
    if "EncryptedPackage" in streams:
        return f"{name}: {PASSWORD}"
    for stream, (what, remedy) in _COMPOUND.items():
        if stream in streams:
            return sentence(name, what, remedy)
    return ""


def packed_nature(name: str, archive: ZipFile) -> str:
    """Return the sentence about a packed file that is no workbook, or ``""``."""
    infos = archive.infolist()
    names = [info.filename.replace("\\", "/") for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        return f"{name}: {PASSWORD}"
    if any(each.lower().startswith("xl/workbook.") for each in names):
        return ""
    for beginning, what, remedy in _PACKED:
        if any(each.startswith(beginning) for each in names):
            return sentence(name, what, remedy)
    if "content.xml" in names:
        return _opendocument_nature(name, archive, names)
    files = [each for each in names if not each.endswith("/")]
    inside = ", ".join(files[:_NAMED])
    return sentence(name, f"a packed archive (ZIP) of {inside or 'nothing'}", _UNPACK)


_NAMED = 3  # files of an archive that are told


def _opendocument_nature(name: str, archive: ZipFile, names: list[str]) -> str:
    if "META-INF/manifest.xml" in names:
        manifest = archive.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            return f"{name}: {PASSWORD}"
    kind = archive.read("mimetype").decode("latin-1") if "mimetype" in names else ""
    for part, what, remedy in _MIMETYPES:
        if part in kind:
            return sentence(name, what, remedy)
    return ""
