import time

import pytest

from askretail_ingest.nouns import Draft
from askretail_ingest.web import draft_page


def shown(html: str) -> list[tuple[str, str]]:
    draft = draft_page(html)
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def text_of(draft: Draft, span: tuple[int, int] | None) -> str:
    return draft.text[slice(*span)] if span else ""


def test_a_page_gives_headings_paragraphs_and_items_in_order() -> None:
    page = (
        "<html><head><title>Big story | Site</title></head><body><nav>Menu</nav>"
        "<h1>Big <b>story</b></h1><p>Sales&nbsp;rose <i>a lot</i>.<p>Costs<br>fell."
        "<ul><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ul>"
        "<footer>Foot</footer><script>var x</script></body></html>"
    )
    assert shown(page) == [
        ("heading", "Big story"),
        ("paragraph", "Sales rose a lot."),
        ("paragraph", "Costs fell."),
        ("item", "one"),
        ("item", "inner"),
        ("item", "two"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">x</p>',
        '<p style="color:red;DISPLAY:NONE">x</p>',
        "<p hidden>x</p>",
        '<p style="visibility:hidden">x</p>',
        '<p style="font-size:0">x</p>',
        '<p style="opacity:0;">x</p>',
        '<p class="a gone">x</p>',
        '<p id="away">x</p>',
        "<template><p>x</p></template>",
        "<noscript>x</noscript>",
        "<!-- x -->",
        "<ix:header><ix:hidden>x</ix:hidden></ix:header>",
        '<table><tr style="display:none"><td>x</td><td>y</td></tr></table>',
        '<table><tr><td style="display:none">x</td></tr></table>',
    ],
)
def test_what_the_page_hides_is_no_text(hidden: str) -> None:
    style = "<style>.gone, div#q {display:none} #away{visibility: hidden}</style>"
    assert shown(f"<html><head>{style}</head><body><p>Seen.</p>{hidden}</body></html>") == [
        ("paragraph", "Seen.")
    ]


def test_a_rule_for_print_hides_nothing_on_screen() -> None:
    style = "<style>@media print { .note { display: none } }</style>"
    assert shown(f"{style}<p class=note>Seen.</p>") == [("paragraph", "Seen.")]


def test_small_type_is_not_hidden() -> None:
    assert shown('<p style="font-size:0.8em;opacity:0.9">Seen.</p>') == [("paragraph", "Seen.")]


def test_a_tag_that_xhtml_closes_at_once_swallows_nothing() -> None:
    page = '<div style="display:none"/><p>Seen.</p><a name="x"/><p>Too.</p>'
    assert shown(page) == [("paragraph", "Seen."), ("paragraph", "Too.")]


def test_the_article_is_taken_out_of_what_surrounds_it() -> None:
    page = f"<body><div>Ads here</div><article><p>{'Long text. ' * 30}</p></article></body>"
    assert [words[:10] for _, words in shown(page)] == ["Long text."]


def test_a_short_teaser_is_not_taken_for_the_page() -> None:
    page = f"<body><article><p>Teaser.</p></article><p>{'Long text. ' * 30}</p></body>"
    assert [words[:7] for _, words in shown(page)] == ["Teaser.", "Long te"]


TABLE = """<h2>Results</h2><table><caption>Sales (in millions)</caption>
<thead><tr><th></th><th>2023</th><th>2022</th></tr></thead>
<tr><td>Net sales</td><td>12</td><td>10</td></tr><tr><td>Other</td><td></td><td>4</td></tr>
</table>"""


def test_a_table_gives_rows_title_unit_and_heads() -> None:
    draft = draft_page(TABLE)
    rows = [draft.text[b.start : b.end] for b in draft.blocks if b.kind == "row"]
    assert rows == ["2023 | 2022", "Net sales | 12 | 10", "Other | | 4"]
    (table,) = draft.tables
    assert text_of(draft, table.title) == "Sales (in millions)"
    assert text_of(draft, table.unit) == "(in millions)"
    assert [text_of(draft, head) for head in table.header] == ["2023 | 2022"]


STYLED = """<?xml version='1.0' encoding='ASCII'?><html><body>
<div><span style="font-weight:700">PART</span><span style="font-weight:700"> II</span></div>
<table><tr><td><span style="font-weight:700">Item&#160;7.</span></td><td>Management</td></tr>
</table>
<div><span style="font-weight:700;font-size:12pt">CASH FLOWS</span></div>
<div><span>Sales </span><ix:nonNumeric><span>rose</span></ix:nonNumeric>.</div>
<div><span style="font-weight:700;font-style:italic;font-size:10pt">Liquidity</span></div>
<div><span>(in millions)</span></div>
<table><tr><td></td><td colspan="3">December 31, 2023</td></tr>
<tr><td>Cash</td><td>$</td><td>1,234</td><td></td></tr>
<tr><td>Debt</td><td></td><td>(56</td><td>)</td></tr></table>
<div>12</div><hr style="page-break-after:always"/><div><a href="#toc">Table of Contents</a></div>
<table><tr><td>•</td><td>first point</td></tr><tr><td>•</td><td>second point</td></tr></table>
</body></html>"""


def test_a_styled_filing_gives_parts_items_and_headings_by_look() -> None:
    assert shown(STYLED) == [
        ("heading", "PART II"),
        ("heading", "Item 7. Management"),
        ("heading", "CASH FLOWS"),
        ("paragraph", "Sales rose."),
        ("heading", "Liquidity"),
        ("paragraph", "(in millions)"),
        ("row", "December 31, 2023"),
        ("row", "Cash | $1,234"),
        ("row", "Debt | (56)"),
        ("item", "first point"),
        ("item", "second point"),
    ]
    draft = draft_page(STYLED)
    assert draft.blocks[-1].section == ("PART II", "Item 7. Management", "CASH FLOWS", "Liquidity")
    (table,) = draft.tables
    assert text_of(draft, table.title) == "Liquidity"
    assert text_of(draft, table.unit) == "(in millions)"


def test_meta_tags_become_hints() -> None:
    page = (
        '<head><title>Story | Daily</title><meta name="author" content="Desk">'
        '<meta property="article:published_time" content="2024-02-03T10:00:00Z">'
        '<meta property="og:site_name" content="Daily"></head><body><h1>Story</h1></body>'
    )
    assert draft_page(page).hints == (
        ("author", "Desk"),
        ("published", "2024-02-03"),
        ("publisher", "Daily"),
        ("title", "Story | Daily"),
        ("title", "Story"),
    )


def test_deep_nesting_and_size_are_survived_in_time() -> None:
    deep = "<div>" * 3000 + "core" + "</div>" * 3000
    assert ("paragraph", "core") in shown(f"<body>{deep}</body>")
    rows = "<tr><td>Sales</td><td>$</td><td>1</td></tr>" * 4000
    began = time.process_time()
    draft = draft_page(f"<table>{rows}</table>" + "<p><b>a</b> <i>b</i></p>" * 8000)
    assert len(draft.blocks) == 12000
    assert time.process_time() - began < 10  # seconds; about 1 on a free core
