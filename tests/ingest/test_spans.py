"""What may be quoted of a passage."""

from hypothesis import given
from hypothesis import strategies as st

from askretail_ingest.spans import MAX_QUOTE, spans

LONG = "Sales rose; " + "and margins fell, " * 40 + "in the end."


def cut(text: str, kind: str = "prose") -> list[str]:
    return [text[start:end] for start, end in spans(text, "table" if kind == "table" else "prose")]


def test_prose_gives_its_sentences() -> None:
    text = "Fees rose to $60. Members stayed.\nRenewals reached 92%."
    assert cut(text) == ["Fees rose to $60.", "Members stayed.", "Renewals reached 92%."]


def test_a_table_gives_its_rows_whole_whatever_their_length() -> None:
    row = "Net sales | " + " | ".join(["1,234"] * 100)
    assert cut(f"{row}\n\nCosts. Of sales | 5", "table") == [row, "Costs. Of sales | 5"]


def test_a_long_sentence_is_cut_at_clauses() -> None:
    parts = cut(LONG)
    assert len(parts) == 2
    assert all(len(part) <= MAX_QUOTE and part.endswith((",", "end.")) for part in parts)
    assert " ".join(parts) == LONG


def test_words_without_an_end_are_cut_between_words() -> None:
    text = "word " * 200
    assert {word for part in cut(text) for word in part.split()} == {"word"}


@given(st.text(alphabet="ab .;\n", max_size=1500))
def test_no_letter_is_lost_and_no_quote_is_too_long(text: str) -> None:
    parts = cut(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < len(part) <= MAX_QUOTE for part in parts)
