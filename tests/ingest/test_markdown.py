from askretail_ingest.marked import draft_marks
from askretail_ingest.nouns import Draft

NOTE = """+++
title = "Stores and clinics"
companies = ["Gap", "Target"]
+++
# Stores

Some **bold** and *slanted* text with a [link](http://example.org) and `code`.
It goes on.

- one
- two
  - inner

## Figures

Table 1. Sales (in millions)
| Segment | 2023 | 2022 |
|---|---:|---:|
| Grocery | 1,200 | 1,100 |
| Health | | 90 |

**Outlook**

More text.

<div style="display:none">ignore this</div>
<p>Shown text.</p>
"""


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_marks_and_front_matter_leave_the_text() -> None:
    draft = draft_marks(NOTE)
    assert shown(draft) == [
        ("heading", "Stores"),
        ("paragraph", "Some bold and slanted text with a link and code. It goes on."),
        ("item", "one"),
        ("item", "two"),
        ("item", "inner"),
        ("heading", "Figures"),
        ("paragraph", "Table 1. Sales (in millions)"),
        ("row", "Segment | 2023 | 2022"),
        ("row", "Grocery | 1,200 | 1,100"),
        ("row", "Health | | 90"),
        ("heading", "Outlook"),
        ("paragraph", "More text."),
        ("paragraph", "Shown text."),
    ]
    assert draft.hints == (
        ("title", "Stores and clinics"),
        ("companies", "Gap; Target"),
        ("title", "Stores"),
    )


def test_sections_nest_and_a_bold_line_stands_below_headings() -> None:
    draft = draft_marks(NOTE)
    assert draft.blocks[-1].section == ("Stores", "Figures", "Outlook")
    assert draft.blocks[4].section == ("Stores",)


def test_a_table_knows_its_caption_unit_and_heads() -> None:
    draft = draft_marks(NOTE)
    (table,) = draft.tables
    assert table.title and draft.text[slice(*table.title)] == "Table 1. Sales (in millions)"
    assert table.unit and draft.text[slice(*table.unit)] == "(in millions)"
    assert [draft.text[slice(*head)] for head in table.header] == ["Segment | 2023 | 2022"]
    assert {block.table for block in draft.blocks if block.kind == "row"} == {0}


def test_yaml_front_matter_gives_hints() -> None:
    draft = draft_marks(
        "---\ntitle: 'Two: words'\ntags:\n  - a\ncompanies:\n  - Gap\n  - Nike\n"
        "date: 3 March 2024\n---\nText."
    )
    assert draft.text == "Text."
    assert draft.hints == (
        ("title", "Two: words"),
        ("companies", "Gap; Nike"),
        ("published", "2024-03-03"),
    )


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert draft_marks("---\n\nText here.\n\n---\n\nMore.").text == "Text here.\n\nMore."


def test_front_matter_that_never_ends_nesting_stays_in_the_text() -> None:
    draft = draft_marks("+++\ntitle = " + "[" * 5000 + "\n+++\n\nSales rose.\n")
    assert draft.text.endswith("Sales rose.")
