import pytest

from askretail_ingest.companies import display_name, main_companies, most_named, same_name


@pytest.mark.parametrize(
    ("registrant", "text", "wanted"),
    [
        ("AMAZON.COM, INC.", "", "Amazon"),
        ("The Kraft Heinz Company", "", "Kraft Heinz"),
        ("BEST BUY CO., INC.", "", "Best Buy"),
        ("Costco Wholesale Corporation", "", "Costco Wholesale"),
        ("CVS HEALTH CORPORATION", "", "CVS Health"),
        ("NIKE, Inc .", "", "Nike"),
        ("LOWE’S COMPANIES, INC.", "", "Lowe's"),
        ("THE COCA-COLA COMPANY", "", "Coca-Cola"),
        ("PEPSICO, INC.", "At PepsiCo we grow. PepsiCo and PEPSICO.", "PepsiCo"),
        ("EBAY INC.", "eBay sells.", "eBay"),
        ("TARGET CORP /MN/", "", "Target"),
        ("Ulta Beauty, Inc.", "", "Ulta Beauty"),
        ("The Company", "", "Company"),
    ],
)
def test_a_registrant_gets_the_name_that_people_use(
    registrant: str, text: str, wanted: str
) -> None:
    assert display_name(registrant, text) == wanted


def test_the_filer_is_the_legal_name_that_stands_most_often() -> None:
    text = "Quill Stores, Inc. opened. Quill Stores, Inc. grew. Ink Corporation lent. The Company."
    assert display_name(most_named(text)) == "Quill Stores"


def test_no_legal_name_gives_nothing() -> None:
    assert most_named("the Company and each Insurance Company") == ""


def test_a_text_is_about_the_names_it_repeats() -> None:
    text = "Walmart grew. Walmart's stores. Walmart won. Target, Target and Target. Kroger hired."
    assert main_companies(text, "", ["Target", "Walmart", "Kroger"]) == ("Target", "Walmart")


def test_a_name_in_the_title_counts_even_when_the_text_hardly_repeats_it() -> None:
    text = "Kroger hired a chief. It paid him."
    assert main_companies(text, "A chief for Kroger", []) == ("Kroger",)


def test_another_spelling_counts_for_the_name_that_the_library_uses() -> None:
    text = "Sam's Club and Sam’s Club and Sam's Club again, from Walmart Inc."
    assert main_companies(text, "", ["Walmart"]) == ("Walmart",)


def test_a_name_inside_another_word_does_not_count() -> None:
    assert main_companies("Targeted targets. Targeting. Targets.", "", ["Target"]) == ()


def test_a_name_is_spelled_as_the_library_spells_it() -> None:
    assert same_name("Lowe's", ["LOWE’S"]) == "LOWE’S"
    assert same_name("Amazon.com, Inc.", ["Amazon"]) == "Amazon"
    assert same_name("Gap", ["Amazon"]) == "Gap"
