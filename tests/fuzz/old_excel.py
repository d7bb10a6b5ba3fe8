"""An old workbook (XLS) written record by record, for tests.

In:     cells as records. Out: the bytes of a compound file with one sheet, Data.
"""

from __future__ import annotations

import struct

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def text(row, column, words):
    body = struct.pack("<HHHHB", row, column, 0, len(words), 0)
    return record(0x0204, body + words.encode("latin-1"))


def number(row, column, value):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def failed(row, column, code):
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row, column, result, flags=0):
    tokens = b"\x1e\x05\x00"  # the whole number 5
    head = struct.pack("<HHH8sHI", row, column, 0, result, flags, 0)
    return record(0x0006, head + struct.pack("<H", len(tokens)) + tokens)


def hidden_row(row):
    return record(0x0208, struct.pack("<7HH", row, 0, 4, 255, 0, 0, 0x20, 15))


def hidden_columns(first, last):
    return record(0x007D, struct.pack("<6H", first, last, 2304, 15, 1, 0))


def records(*cells, password=False):
    """The stream of a workbook with one sheet, Data."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if password:
        start += record(0x2F, b"\1\0\1\0\1\0" + bytes(48))
    name = b"Data"
    at = len(start) + 4 + 8 + len(name) + 4
    sheet = record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    return b"".join([start, sheet, record(0x0A), begin, *cells, record(0x0A)])


def compound(stream, name="Workbook"):
    """A compound file with one stream: a table, a directory, the stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    chain = [TABLE, END, *range(3, count + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    entries = entry("Root Entry", 5, END, 0, child=1) + entry(name, 2, 2, len(stream))
    directory = entries.ljust(SECTOR, b"\0")
    return header + table + directory + stream.ljust(count * SECTOR, b"\0")


def entry(name, kind, first, size, child=FREE):
    wide = name.encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    links = struct.pack("<3I", FREE, FREE, child)
    return (head + links + bytes(36) + struct.pack("<IQ", first, size)).ljust(
        128, b"\0"
    )
