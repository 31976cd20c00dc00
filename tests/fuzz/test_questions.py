"""Any text may be asked after any conversation: an answer comes, or the one refusal there is."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askretail import Answer, Assistant, Turn
from askretail.assistant import MAX_QUESTION
from askretail.sample import sample_documents
from askretail_index.embed import Embedder

from .examples import tried

# What the rules of reading and of follow-ups look for, and what could trip them.
KNOWN = """
Walmart's Amazon Costco Target Sam's Club CVS WMT Nikes Wallmart Best Buy
FY2022 FY99999 FY00 Q3 Q9 fiscal 2022 2019-2021 1999 0000 99999999999999999999
2022/23 '22 ２０２２ ²⁰²² ٢٠٢٢ Ⅳ ½ first quarter of years ago last next since 
between the past 3 5 99 couple of year over year-over-year before that then it they them he
its their both others one former latter same there and what about why how much many
who versus vs compared to per share percent 10-K 10-Q 8-K balance sheet capex comps
net sales shrink SG&A e-commerce ads clinics pharmacies membership strategy risk
and but or so also not no in by for with without segment region except instead
" * ( ) [ ] { } \\ / : ; , . ? ! … – — ’ “ & % $ # @ | ~ ^ NEAR AND OR NOT
"""
WORDS = (
    *KNOWN.split(),
    "\u202e",
    "\u200b",
    "\ud800",
    "\x00",
    "ﬁ",
    "İstanbul",
    "ß",
    "日本",
    "🛒",
    "<script>",
)
GAPS = st.sampled_from((" ", " ", " ", " ", "", "-", ", ", "? ", ". ", "\n", "'s "))
FRAGMENTS = st.lists(st.tuples(st.sampled_from(WORDS), GAPS), min_size=1, max_size=14)
SPOKEN = FRAGMENTS.map(lambda pairs: "".join(word + gap for word, gap in pairs))
ANY = st.text(st.characters(exclude_categories=()), max_size=80)  # lone surrogates too
LONG = st.builds(lambda text, times: text * times, SPOKEN, st.integers(1, 60))
QUESTIONS = st.one_of(SPOKEN, SPOKEN, SPOKEN, ANY, LONG)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant over the sample documents, with vectors that need no model."""
    folder = tmp_path_factory.mktemp("fuzzed")
    with Assistant.open(folder, create=True, embedder=embedder) as opened:
        opened.ingest([sample_documents()])
        yield opened


def clean(question: str) -> str:
    """Return what is left of a question without what no library can hold."""
    kept = "".join(" " if c == "\x00" else c for c in question if not "\ud800" <= c <= "\udfff")
    return " ".join(kept.split())


def asked(assistant: Assistant, question: str, history: list[Turn | str]) -> Answer | None:
    """Return the answer, or None for a question that is refused with the reason."""
    words = clean(question)
    if 0 < len(words) <= MAX_QUESTION:
        return assistant.ask(question, history)
    reason = "is empty" if not words else f"has {len(words)} characters, at most {MAX_QUESTION}"
    with pytest.raises(ValueError, match=f"the question {reason}"):
        assistant.ask(question, history)
    return None


def told(answer: Answer) -> str:
    """Return the answer as JSON, without its timings."""
    given = answer.to_dict()
    given.pop("timings")
    return json.dumps(given, allow_nan=False, ensure_ascii=False)


def check(answer: Answer) -> None:
    assert json.loads(told(answer))["status"] == answer.status
    told(answer).encode("utf-8")
    str(answer).encode("utf-8")
    assert (answer.status == "not_found") == (not answer.citations)
    for citation in (*answer.citations, *answer.nearest):
        document = citation.document
        assert document.text[citation.start : citation.end] == citation.quote
        assert document.page_at(citation.start).number == citation.page
        for span in citation.context:
            assert document.text[span.start : span.end] == span.text
            assert document.page_at(span.start).number == span.page


@given(
    QUESTIONS,
    st.lists(st.tuples(QUESTIONS, st.sampled_from(("words", "turn", "answer"))), max_size=3),
)
@tried(60)
def test_any_question_after_any_conversation_is_answered_alike_each_time(
    assistant: Assistant, question: str, before: list[tuple[str, str]]
) -> None:
    history: list[Turn | str] = []
    for earlier, form in before:
        answer = asked(assistant, earlier, list(history)) if form == "answer" else None
        history.append(earlier if form == "words" else Turn(earlier, answer))
    first = asked(assistant, question, history)
    if first is None:
        return
    check(first)
    again = asked(assistant, question, history)
    assert again is not None
    assert told(again) == told(first)
