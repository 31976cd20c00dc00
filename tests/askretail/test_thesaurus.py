from askretail.data_files import read_data, texts
from askretail.thesaurus import printed_for


def test_plain_words_of_a_question_give_what_documents_print() -> None:
    found = printed_for("How many shops did the ceo shut?")
    assert "stores" in found["shops"]
    assert "chief executive officer" in found["ceo"]
    assert "store closures" in found["shut"]


def test_the_longest_wording_is_taken_and_only_as_whole_words() -> None:
    found = printed_for("Does it sell own-label workshops?")
    assert "private label" in found["own-label"]
    assert "shops" not in found


def test_a_metric_brings_what_statements_print_for_it() -> None:
    assert "depreciation and amortization" in printed_for("What was its EBITDA?")["ebitda"]


def test_a_question_in_the_words_of_filings_has_nothing_to_look_up() -> None:
    assert printed_for("Describe the weather.") == {}


def test_no_wording_stands_in_two_groups_and_none_prints_only_itself() -> None:
    groups = read_data("thesaurus.toml")["groups"]
    assert isinstance(groups, list)
    says = [say for group in groups for say in texts(group["say"])]
    assert sorted(says) == sorted(set(says))
    for group in groups:
        assert set(texts(group["print"])) - set(texts(group["say"]))
