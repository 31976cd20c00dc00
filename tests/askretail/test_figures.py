"""Questions for figures, from three invented filings to the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from askretail.assistant import Assistant
from askretail.nouns import Answer, Figure
from askretail_index.embed import Embedder
from askretail_ingest.nouns import Document

# Captions with what they print for the year and the year before.
ELM = {
    "Consolidated Statements of Operations": {
        "Net sales": ("$ 2,000", "$ 1,600"),
        "Cost of sales": ("1,500", "1,280"),
        "Operating income": ("100", "96"),
        "Net earnings": ("$ 60", "$ 48"),
    },
    "Consolidated Balance Sheets": {
        "Merchandise inventories": ("$ 320", "$ 280"),
        "Total current assets": ("500", "450"),
        "Total current liabilities": ("400", "420"),
        "Total assets": ("$ 1,300", "$ 1,100"),
    },
    "Consolidated Statements of Cash Flows": {
        "Depreciation and amortization": ("40", "36"),
        "Net cash provided by operating activities": ("130", "90"),
        "Capital expenditures": ("(50)", "(64)"),
    },
}
OAK = {
    "Consolidated Statements of Operations": {
        "Net sales": ("$ 500", "$ 400"),
        "Cost of sales": ("300", "260"),
    },
}
OAK["Consolidated Statements of Cash Flows"] = {
    "Net cash provided by operating activities": ("1,000", "800"),
    "Capital expenditures": ("(300)", "(200)"),
    "Dividends paid": ("(100)", "(80)"),
}
OAK["Our own measures"] = {"Free cash flow": ("$ 750", "$ 620")}  # proceeds of sales are in it
OAK_LATER = {"Consolidated Statements of Operations": {"Net sales": ("$ 600", "$ 505")}}
QUARTER = {
    "Condensed Consolidated Statements of Operations": {"Net sales": ("$ 520", "$ 470")},
    "Condensed Consolidated Balance Sheets": {"Merchandise inventories": ("$ 330", "$ 320")},
}


def write(
    folder: Path,
    name: str,
    company: str,
    statements: dict[str, dict[str, tuple[str, str]]],
    head: tuple[str, str, str],
    fields: str,
) -> None:
    """Write a filing as HTML: the span of its flows, and the two dates of its columns."""
    span, *dates = head
    parts = []
    for title, rows in statements.items():
        over = "" if "Balance" in title else f"<p>{span}</p>"
        cells = "".join(
            f"<tr><td>{caption}</td>{''.join(f'<td>{value}</td>' for value in values)}</tr>"
            for caption, values in rows.items()
        )
        top = f"<tr><td></td>{''.join(f'<td>{day}</td>' for day in dates)}</tr>"
        parts.append(f"<h2>{title}</h2><p>(in millions)</p>{over}<table>{top}{cells}</table>")
    (folder / name).write_text(f"<html><body><h1>{company}</h1>{''.join(parts)}</body></html>")
    (folder / f"{name}.meta.toml").write_text(
        f'title = "{company} filing"\ncompanies = ["{company}"]\n{fields}'
    )


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("books")
    year = ("Fiscal Years Ended", "December 31, 2021", "December 31, 2020")
    quarter = ("Three Months Ended", "March 31, 2022", "March 31, 2021")
    annual = 'type = "10-K"\nperiod = "FY2021"\n'
    write(folder, "elm.html", "Nike", ELM, year, annual)
    write(folder, "oak.html", "Costco", OAK, year, annual)
    later = ("Fiscal Years Ended", "December 31, 2022", "December 31, 2021")
    write(folder, "oak-2022.html", "Costco", OAK_LATER, later, annual.replace("2021", "2022"))
    write(folder, "elm-q1.html", "Nike", QUARTER, quarter, 'type = "10-Q"\nperiod = "Q1 FY2022"\n')
    with Assistant.open(folder / "library", create=True, embedder=embedder) as opened:
        opened.ingest([folder])
        yield opened


def figures(answer: Answer) -> list[Figure]:
    return [figure for point in answer.points for figure in point.figures]


def shown(books: Assistant, question: str) -> list[str]:
    return [figure.shown for figure in figures(books.ask(question))]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What were Nike's net sales in FY2021?", ["$2,000 million"]),
        ("Nike capex 2021", ["$50 million"]),  # printed in brackets: money that goes out
        ("What was Nike's gross margin in 2021?", ["25.0%"]),  # (2000 - 1500) / 2000
        ("What was Nike's operating margin in 2020?", ["6.0%"]),  # 96 / 1600
        ("What was Nike's inventory turnover in 2021?", ["5.00"]),  # 1500 / ((320 + 280) / 2)
        ("What was Nike's current ratio in 2021?", ["1.25"]),  # 500 / 400
        ("What was Nike's working capital in 2020?", ["$30 million"]),  # 450 - 420
        ("What was Nike's quick ratio in 2021?", ["0.45"]),  # (500 - 320) / 400
        ("What was Nike's EBITDA in 2021?", ["$140 million"]),  # 100 + 40
        ("What was Nike's return on assets in 2021?", ["5.0%"]),  # 60 / ((1300 + 1100) / 2)
        ("What was Nike's free cash flow in 2021?", ["$80 million"]),  # 130 - 50
        ("Nike's capex as a share of net sales in 2021?", ["2.5%"]),  # 50 / 2000
        ("By how much did Nike's net sales grow in 2021?", ["25.0%", "$400 million"]),
        ("Nike's two year average gross margin, 2020 to 2021?", ["22.5%"]),  # (.25 + .2) / 2
        (
            "Change in Nike's gross margin from 2020 to 2021?",
            ["5.0 percentage points"],
        ),
        ("Nike's inventories on December 31, 2020?", ["$280 million"]),
        ("Nike's net sales in the fiscal year ended December 31, 2021?", ["$2,000 million"]),
        ("Nike's inventories as of March 31, 2022?", ["$330 million"]),
        ("What was the CAGR of Nike's net sales from 2020 to 2021?", ["25.0%"]),
        ("Ratio of Nike's current assets to its current liabilities in 2021?", ["1.25"]),
        ("What were Nike's net sales in 2020 and 2021?", ["$1,600 million", "$2,000 million"]),
        ("What were Nike's net sales in Q1 of FY2022?", ["$520 million"]),
        ("Nike's inventories at the end of Q1 FY2022, in USD billions?", ["$0.33 billion"]),
    ],
)
def test_a_figure_is_right_to_its_rounding(
    books: Assistant, question: str, expected: list[str]
) -> None:
    assert shown(books, question) == expected
    assert books.ask(question).status == "answered"


def test_every_input_is_cited_by_its_row_and_stands_at_its_place(books: Assistant) -> None:
    answer = books.ask("What was Nike's inventory turnover in 2021?")
    (figure,) = figures(answer)
    assert [(one.label, one.period, one.shown) for one in figure.inputs] == [
        ("cost of sales", "FY2021", "1,500"),
        ("inventory", "FY2020", "$ 280"),
        ("inventory", "FY2021", "$ 320"),
    ]
    text: Document = figure.inputs[0].citation.document
    assert [text.text[one.start : one.end] for one in figure.inputs] == ["1,500", "$ 280", "$ 320"]
    assert [c.quote for c in answer.citations] == [
        "Cost of sales | 1,500 | 1,280",
        "Merchandise inventories | $ 320 | $ 280",
    ]
    assert [s.text for s in answer.citations[1].context] == [
        "Consolidated Balance Sheets",
        "(in millions)",
        "December 31, 2021 | December 31, 2020",
    ]
    assert figure.worked == "1,500 / ((280 + 320) / 2)"


def test_the_lead_names_the_value_and_the_text_its_inputs(books: Assistant) -> None:
    answer = books.ask("What was Nike's current ratio in 2021?")
    assert answer.lead == "Current ratio, FY2021: 1.25 (2 quotes)."
    assert "= 500 / 400" in str(answer)
    assert "total current assets FY2021: 500 [1]" in str(answer)


def test_json_carries_the_figure_with_the_numbers_of_its_citations(books: Assistant) -> None:
    points = books.ask("What was Nike's current ratio in 2021?").to_dict()["points"]
    assert isinstance(points, list)
    (made,) = points[0]["figures"]
    assert (made["value"], made["unit"], made["missing"]) == (1.25, "ratio", [])
    assert [one["citation"] for one in made["inputs"]] == [1, 2]


def test_a_missing_input_is_named_and_no_value_shown(books: Assistant) -> None:
    answer = books.ask("What was Nike's dividend payout ratio in 2021?")
    (figure,) = figures(answer)
    assert figure.value is None
    assert figure.missing == ("no row for dividends paid in the cash flow statement of FY2021",)
    assert answer.status == "partial"
    assert answer.citations[0].quote == "Net earnings | $ 60 | $ 48"


def test_a_statement_that_no_filing_has_is_named(books: Assistant) -> None:
    (figure,) = figures(books.ask("What was Costco's return on assets in 2021?"))[:1] or (None,)
    assert figure is None or figure.missing[0].startswith("no row for net income")
    (figure,) = figures(books.ask("What was Costco's inventory turnover in 2021?"))
    assert figure.missing == (
        "no balance sheet that covers FY2020, for inventory",
        "no balance sheet that covers FY2021, for inventory",
    )


def test_companies_side_by_side_each_have_their_own_figure(books: Assistant) -> None:
    answer = books.ask("Which had the higher gross margin in 2021, Nike or Costco?")
    assert [(p.group, [f.shown for f in p.figures]) for p in answer.points] == [
        ("Nike", ["25.0%"]),
        ("Costco", ["40.0%"]),
    ]


def test_of_companies_in_a_row_none_is_left_out(books: Assistant) -> None:
    answer = books.ask("Compare the gross margin of Costco, Nike and Walmart in 2021.")
    assert [(p.group, [f.shown for f in p.figures]) for p in answer.points] == [
        ("Costco", ["40.0%"]),
        ("Nike", ["25.0%"]),
        ("Walmart", []),
    ]
    assert answer.status == "partial"
    assert answer.lead.endswith("no Walmart document in this library.")


@pytest.mark.parametrize(
    "question",
    [
        "What were Nike's net sales in FY2012?",
        "What were Nike's net sales in Q3 FY2021?",
        "What was Nike's capex in Q1 of FY2022?",  # no cash flow statement of the quarter
        "What was Nike's inventory turnover in Q1 of FY2022?",  # a quarter of sales over a year's
        "What were Nike's footwear net sales in 2021?",
        "What were Nike's inventories on June 30, 2021?",
        "What were Nike's net sales in fiscal 2020, ended December 31, 2021?",
        "What were Nike's net sales by 2030?",  # a horizon, not a year that is reported on
        "What was Nike's adjusted operating income in 2021?",
    ],
)
def test_no_value_is_shown_for_what_no_statement_prints(books: Assistant, question: str) -> None:
    assert [figure.value for figure in figures(books.ask(question)) if figure.value] == []


def test_the_latest_year_is_meant_when_none_is_named(books: Assistant) -> None:
    (figure,) = figures(books.ask("What is Nike's gross margin?"))
    assert (figure.period, figure.shown) == ("FY2021", "25.0%")


def test_a_changed_library_is_read_anew(tmp_path: Path, embedder: Embedder) -> None:
    head = ("Fiscal Years Ended", "December 31, 2021", "December 31, 2020")
    fields = 'type = "10-K"\nperiod = "FY2021"\n'
    write(tmp_path, "oak.html", "Costco", OAK, head, fields)
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as opened:
        opened.ingest([tmp_path / "oak.html"])
        assert shown(opened, "Costco net sales 2021") == ["$500 million"]
        other = {title: {**rows, "Net sales": ("$ 510", "$ 400")} for title, rows in OAK.items()}
        write(tmp_path, "oak.html", "Costco", other, head, fields)
        opened.ingest([tmp_path / "oak.html"])
        assert shown(opened, "Costco net sales 2021") == ["$510 million"]


def test_a_measure_that_the_filer_prints_by_itself_is_read_there(books: Assistant) -> None:
    answer = books.ask("What was Costco's free cash flow in 2021?")
    (figure,) = figures(answer)
    assert figure.shown == "$750 million"  # not 1,000 - 300
    assert figure.formula == "free cash flow as the filing prints it"
    assert [c.quote for c in answer.citations] == ["Free cash flow | $ 750 | $ 620"]


def test_the_question_may_define_the_measure_otherwise(books: Assistant) -> None:
    question = (
        "What was Costco's FY2021 free cash flow? Free cash flow is defined as: "
        "(cash from operations - capex - dividends paid)."
    )
    assert shown(books, question) == ["$600 million"]  # 1,000 - 300 - 100


def test_two_documents_that_disagree_are_both_shown(books: Assistant) -> None:
    answer = books.ask("What were Costco's net sales in FY2021?")
    (figure,) = figures(answer)
    assert (figure.shown, [one.shown for one in figure.others]) == ("$500 million", ["$ 505"])
    assert [c.document.source for c in answer.citations] == ["oak.html", "oak-2022.html"]
    assert "though another document prints otherwise" in answer.lead
    assert "but Costco filing prints $ 505 [2]" in str(answer)


def test_a_follow_up_asks_for_the_figure_of_another_year(books: Assistant) -> None:
    history = ["What was Nike's gross margin in FY2021?"]
    answer = books.ask("And in FY2020?", history=history)
    assert [f.shown for f in figures(answer)] == ["20.0%"]  # (1600 - 1280) / 1600
