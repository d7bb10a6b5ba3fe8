"""XML of office files, read without entities, without anything from outside.

In:     bytes. Out: elements by their local names.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET


def local(name: str) -> str:
    """Return a name without its namespace: there are several editions of each."""
    return name.rpartition("}")[2]


def attributes(element: ET.Element) -> dict[str, str]:
    """Return the attributes by their local names."""
    return {local(key): value for key, value in element.attrib.items()}


def declares_entities(data: bytes) -> bool:
    """Whether XML declares entities: they can grow without end, or name other files.

    No office program writes any; nothing of such a document is read.
    """
    wide = "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be")
    return b"<!ENTITY" in data or any(each in data for each in wide)


def events(data: bytes) -> Iterator[tuple[str, str, ET.Element]]:
    """Yield "start" or "end", local name and element, in the order of the document."""
    if declares_entities(data):
        return
    # Some exports begin with blank lines, which XML does not allow.
    whole = io.BytesIO(data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t"))
    for event, element in ET.iterparse(whole, events=("start", "end")):
        yield event, local(element.tag), element


def elements(data: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of a name, of a short document."""
    if declares_entities(data):
        return []
    root = ET.fromstring(data)
    return [attributes(each) for each in root.iter() if local(each.tag) == name]
