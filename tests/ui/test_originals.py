"""Originals as the browser gets them: a PDF is shown, anything else can only be kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from askretail.nouns import Turn
from askretail_ui.conversation import became
from askretail_ui.desk import Desk
from askretail_ui.guard import FILE_POLICY
from askretail_ui.originals import original_file
from askretail_ui.pages import NoPage, original
from askretail_ui.sources import sources_html

from .fake import BRIEF_PDF, OAKMART, FakeEngine, sample_pdf, served_engine
from .test_render import words
from .test_server import ask

PAGE = "<html><script>alert(1)</script></html>"


def desk_of(engine: FakeEngine) -> Desk:
    return Desk(engine, lambda: FakeEngine(()), lambda: False)


def test_a_pdf_comes_whole_to_be_looked_at_and_may_load_and_run_nothing(address: str) -> None:
    reply = ask(address, f"/original/{sample_pdf().id}")
    assert reply.body == BRIEF_PDF.read_bytes()  # type: ignore[attr-defined]
    headers = {name.lower(): value for name, value in reply.getheaders()}
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == f'inline; filename="{BRIEF_PDF.name}"'
    assert headers["content-security-policy"] == FILE_POLICY
    assert "default-src 'none'" in FILE_POLICY and "script-src" not in FILE_POLICY
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["page.html", "mail.eml", "evil.pdf", "sheet.xlsx", "p.svg"])
def test_any_other_file_is_only_kept_whatever_it_holds(tmp_path: Path, name: str) -> None:
    path = tmp_path / "original"
    path.write_text(PAGE, encoding="utf-8")
    found = replace(OAKMART, source=name)
    engine = FakeEngine((found,))
    engine.originals[found.id] = path
    reply = original_file(desk_of(engine), found.id)
    assert reply.media_type == "application/octet-stream"
    assert reply.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_file_that_is_not_of_the_library_is_not_given(address: str) -> None:
    reply = ask(address, "/original/..%2f..%2fetc%2fpasswd")
    assert reply.status == 404
    reply = ask(address, f"/original/{'0' * 64}")
    assert reply.status == 404
    note = json.loads(reply.body)["note"]  # type: ignore[attr-defined]
    assert note == "This document is no longer in the library"


def test_an_older_version_can_still_be_opened(tmp_path: Path) -> None:
    engine = served_engine(tmp_path)
    *others, brief = engine.documents
    engine.documents = tuple(others)
    with pytest.raises(NoPage):
        original(desk_of(engine), brief.id)
    engine.older = (brief,)
    assert original(desk_of(engine), brief.id) == (brief, BRIEF_PDF)


def test_a_quote_says_that_its_document_has_changed_or_is_gone(engine: FakeEngine) -> None:
    turns = [Turn("members", engine.ask("members"))]
    assert "ar-changed" not in sources_html(turns, became(engine))
    engine.documents = (replace(OAKMART, id="f" * 64),)
    shown = words(sources_html(turns, became(engine)))
    assert shown.count("This document has changed since: the quote is from an older version.") == 2
    engine.documents = ()
    shown = words(sources_html(turns, became(engine)))
    assert shown.count("This document has left the library since it was quoted.") == 2
