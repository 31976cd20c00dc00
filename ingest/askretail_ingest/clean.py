"""Clean text: odd bytes out, words as printed.

Curly quotes and dashes stay as they are; only what a reader cannot see or search is replaced.
"""

import re
import unicodedata

LINE_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at the end of a line

_LIGATURES: dict[str | int, str] = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_SYMBOLS: dict[str | int, str] = {  # glyphs of symbol fonts, which land in the private use area
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "►",
    "\uf0fc": "✓",
    "\uf0a3": "☐",
    "\uf0a8": "☐",
    "\uf06f": "☐",
    "\uf052": "☑",
    "\uf0fe": "☒",
    "\uf0fd": "☒",
    "\uf02d": "-",
    "\uf020": " ",
}
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\u00ad\u2060\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"

_REPLACED: dict[str | int, str] = {
    **_LIGATURES,
    **_SYMBOLS,
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE, ""),
    **dict.fromkeys(_BREAKS, "\n"),
    "\u2011": "-",  # a hyphen that only forbids a line break
    "\ufffe": "-",
    "\x02": "-",
    "\uffff": "",
    "\x03": " ",  # the glyph of the space in TrueType fonts whose encoding is lost
    **{chr(code): "" for code in range(32) if chr(code) not in "\t\n\x02\x03\x0b\x0c\r"},
    **{chr(code): "" for code in range(127, 160) if code != 0x85},
    **{code: "\ufffd" for code in range(0xD800, 0xE000)},  # lone surrogates cannot be stored
}
_TABLE = str.maketrans(_REPLACED)
_RUN = re.compile(r"[ \t]+")
_EDGE = re.compile(r" ?\n ?")


def normalise(text: str) -> str:
    """Return the text without ligatures, invisible characters and odd bytes; no word changes."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))
    return _EDGE.sub("\n", _RUN.sub(" ", text))


def printable(name: str) -> str:
    r"""Return a file name on one line, with "?" for what is no text: odd bytes, controls.

    >>> printable("a\x1b[31m\u202egpj.txt")
    'a?[31m?gpj.txt'
    """
    line = " ".join(name.encode("utf-8", "replace").decode("utf-8").split())
    return "".join(char if char.isprintable() else "?" for char in line)


def tidy_spaces(text: str) -> str:
    """Return prose without the spaces that some PDF writers put before a comma or full stop."""
    return _BEFORE_STOP.sub(r"\1", text)


_BEFORE_STOP = re.compile(r"(?<=[\w)”’%]) ([,.;](?=\s|$))")
