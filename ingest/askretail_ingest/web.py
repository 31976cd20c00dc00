"""HTML pages, from blog posts to inline-XBRL filings: what a reader of the page sees."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from askretail_ingest.assemble import Assembly
from askretail_ingest.decode import decode
from askretail_ingest.frontmatter import hints_of
from askretail_ingest.nouns import Draft
from askretail_ingest.web_style import hidden_names
from askretail_ingest.web_walk import Walk
from askretail_ingest.wordlist import word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# XHTML may close any tag with "/>"; an HTML parser would leave it open and swallow the page.
_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/>")
_VOID = word_set("area base br col embed hr img input link meta param source track wbr")
_PAGED = re.compile(r"page-break-(?:after|before)\s*:\s*always", re.IGNORECASE)
_BODY_SHARE = 0.5  # of the words: below it, <main> or <article> is a teaser, not the page
_META = {
    "date": "published",
    "pubdate": "published",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "datepublished": "published",
    "dc.date": "published",
    "dcterms.date": "published",
    "dcterms.created": "published",
    "sailthru.date": "published",
    "author": "author",
    "article:author": "author",
    "dc.creator": "author",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "og:title": "title",
    "companies": "companies",
    "company": "companies",
    "type": "type",
    "doc_type": "type",
    "period": "period",
}


def draft_html(path: Path) -> Draft:
    """Return the draft of an HTML file; raises ``UnreadableFile``."""
    return draft_page(decode(path.read_bytes(), path))


def draft_page(html: str) -> Draft:
    """Return the draft of an HTML page."""
    tree = _parse(html)
    assembly = Assembly()
    _walk(tree, assembly, paged=bool(_PAGED.search(html)))
    return assembly.finish([*_hints(tree), ("title", assembly.opening)])


def add_html(assembly: Assembly, html: str) -> None:
    """Add the visible blocks of a piece of HTML to a document under construction."""
    _walk(_parse(html), assembly, paged=False)


def _parse(html: str) -> "LexborHTMLParser":
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(_SELF_CLOSED.sub(_reopen, html))


def _reopen(match: re.Match[str]) -> str:
    tag, attributes = match.groups()
    return match.group() if tag.lower() in _VOID else f"<{tag}{attributes}></{tag}>"


def _walk(tree: "LexborHTMLParser", assembly: Assembly, *, paged: bool) -> None:
    body = tree.body
    if body is None:
        return
    styles = " ".join(node.text() for node in tree.css("style"))
    Walk(assembly, hidden_names(styles), paged=paged).add(_content(tree, body))


def _content(tree: "LexborHTMLParser", body: "LexborNode") -> "LexborNode":
    """Return the element that holds the page's own words, without what surrounds them."""
    for name in ("main", "article"):
        found = tree.css(name)
        if len(found) == 1 and len(found[0].text()) >= _BODY_SHARE * len(_prose(body)):
            return found[0]
    return body


def _prose(body: "LexborNode") -> str:
    scripts = sum(len(node.text()) for node in body.css("script, style, noscript, template"))
    return body.text()[scripts:]


def _hints(tree: "LexborHTMLParser") -> Iterable[tuple[str, str]]:
    keys: dict[str, object] = {}
    for node in tree.css("meta[content]"):
        marks = node.attributes
        name = marks.get("name") or marks.get("property") or marks.get("itemprop") or ""
        known = _META.get(name.lower())
        if known and marks.get("content"):
            keys.setdefault(known, marks["content"])
    time = tree.css_first("time[datetime]")
    if time is not None and "published" not in keys:
        keys["published"] = time.attributes.get("datetime") or ""
    title = tree.css_first("head > title")
    if title is not None and title.text().strip():
        keys.setdefault("title", title.text())
    return hints_of(keys)
