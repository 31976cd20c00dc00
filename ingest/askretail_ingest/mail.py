"""E-mail (.eml): subject and body; what the program shows on top is metadata."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from askretail_ingest.archive import reading
from askretail_ingest.assemble import Assembly
from askretail_ingest.decode import check_length, decode
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft

_QUOTE_MARKS = re.compile(r"(?:>[ \t]?)*")
_SHOWN = ("From", "To", "Cc", "Date")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z-]+):", re.MULTILINE)
_FROM_PROGRAMS = {b"message-id", b"mime-version", b"received", b"return-path"}
_OF_MAILS = _FROM_PROGRAMS | {b"from", b"to", b"subject", b"date"}
_ENVELOPE = re.compile(rb"From [^\n]*\n")  # the line before a mail in a mailbox file


def is_mail(head: bytes, *, named: bool) -> bool:
    """True when the bytes begin like a mail that a program wrote, not like a memo "From: …".

    ``named`` when the file's ending says that it is one: then any field of a mail will do.
    """
    envelope = _ENVELOPE.match(head)
    head = head[envelope.end() :] if envelope else head
    if not _FIELD.match(head):
        return False
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    fields = {name.lower() for name in _FIELD.findall(top)}
    if named:
        return not fields.isdisjoint(_OF_MAILS)
    return b"from" in fields and not fields.isdisjoint(_FROM_PROGRAMS)


def draft_mail(path: Path) -> Draft:
    """Return the draft of a mail, without its attachments; raises ``UnreadableFile``."""
    with reading(path, "a broken mail; save it again as EML, or its text as TXT"):
        message = BytesParser(EmailMessage, policy=default).parsebytes(path.read_bytes())
        return _draft(path, message)


def _draft(path: Path, message: EmailMessage) -> Draft:
    assembly = Assembly()
    subject = _field(message, "Subject")
    assembly.heading(subject, 1)
    _add_body(assembly, path, message)
    furniture = "; ".join(f"{name}: {_field(message, name)}" for name in _SHOWN if message[name])
    hints = [("title", subject), *_hints(message)]
    return assembly.finish(hints, furniture=furniture)


def _add_body(assembly: Assembly, path: Path, message: EmailMessage) -> None:
    from askretail_ingest.plain import add_text
    from askretail_ingest.web import add_html

    for kind, add in (("plain", add_text), ("html", add_html)):
        body = message.get_body((kind,))
        words = _text(path, body) if isinstance(body, EmailMessage) else ""
        check_length(words, path)
        if words.strip():
            add(assembly, _unquoted(words) if kind == "plain" else words)
            return
    raise UnreadableFile(f"{path.name}: a mail without text; save its attachments and ingest those")


def _unquoted(words: str) -> str:
    """Return a body without the marks of what it quotes, and a blank line where voices change."""
    lines: list[str] = []
    depth = 0
    for line in words.splitlines():
        marks = _QUOTE_MARKS.match(line)
        quoted = marks[0] if marks else ""
        if quoted.count(">") != depth:
            lines.append("")
        depth = quoted.count(">")
        lines.append(line[len(quoted) :])
    return "\n".join(lines)


def _text(path: Path, part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):  # not in the character set that it claims
        return decode(data, path)


def _field(message: EmailMessage, name: str) -> str:
    return str(message[name] or "")


def _hints(message: EmailMessage) -> Iterator[tuple[str, str]]:
    sender, sent = message["From"], message["Date"]
    addresses = getattr(sender, "addresses", ())
    if addresses:
        yield "publisher", addresses[0].display_name or addresses[0].domain
    when = getattr(sent, "datetime", None)
    if when is not None:
        yield "published", when.date().isoformat()
    yield "sender", str(sender or "")
