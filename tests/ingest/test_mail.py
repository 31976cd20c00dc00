"""Mails: subject, body, who and when as metadata; attachments and hidden parts stay out."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft
from askretail_ingest.read import read, read_draft

BODY = """Dear all,

Net sales rose 4.5% in the quarter, which was more than
the plan had said.

- stores: 3%
- online: 9%
"""
REPLY = """Agreed.

On Monday the desk wrote:
> Costs fell in every region, because freight was cheaper
> than in the year before.
>> Prices held.
"""


def message(body: str = BODY) -> EmailMessage:
    made = EmailMessage()
    usual = {
        "From": "Retail Desk <desk@example.com>",
        "To": "all@example.com",
        "Subject": "Walmart: sales in the second quarter",
        "Date": "Tue, 5 Mar 2024 23:30:00 -0500",
        "Message-ID": "<1@example.com>",
    }
    for name, value in usual.items():
        made[name] = value
    if body:
        made.set_content(body)
    return made


def saved(folder: Path, mail: EmailMessage | bytes, name: str = "mail.eml") -> Path:
    path = folder / name
    path.write_bytes(mail if isinstance(mail, bytes) else bytes(mail))
    return path


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_the_subject_is_the_title_and_the_body_the_text(tmp_path: Path) -> None:
    draft = read_draft(saved(tmp_path, message()))
    assert shown(draft) == [
        ("heading", "Walmart: sales in the second quarter"),
        ("paragraph", "Dear all,"),
        ("paragraph", "Net sales rose 4.5% in the quarter, which was more than the plan had said."),
        ("item", "stores: 3%"),
        ("item", "online: 9%"),
    ]
    assert [page.number for page in draft.pages] == [1]


def test_sender_and_date_are_metadata_and_stay_searchable_beside_the_text(tmp_path: Path) -> None:
    parsed = read(saved(tmp_path, message()), known=("Walmart",))
    document = parsed.document
    assert document.title == "Walmart: sales in the second quarter"
    assert document.metadata.publisher == "Retail Desk"
    assert document.published == "2024-03-05"  # by the sender's clock
    assert document.companies == ("Walmart",)
    assert document.doc_type == "other"
    assert "desk@example.com" not in document.text
    assert document.pages[0].furniture == (
        "From: Retail Desk <desk@example.com>; To: all@example.com; "
        "Date: Tue, 05 Mar 2024 23:30:00 -0500"
    )


def test_an_encoded_head_and_body_are_read_in_words(tmp_path: Path) -> None:
    head = (
        b"From: =?iso-8859-1?Q?Caf=E9_Desk?= <desk@example.com>\r\nMIME-Version: 1.0\r\n"
        b"Subject: =?utf-8?B?UHJlaXNlIGbDvHIgS8OkdWZlcg==?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"Der Umsatz stieg um 4,5 %, meldet das Caf=E9 ges=\r\ntern.\r\n"
    )
    document = read(saved(tmp_path, head)).document
    assert document.title == "Preise für Käufer"
    assert document.metadata.publisher == "Café Desk"
    assert document.text.endswith("Der Umsatz stieg um 4,5 %, meldet das Café gestern.")


def test_a_wrong_character_set_does_not_spoil_the_words(tmp_path: Path) -> None:
    data = bytes(message()).replace(b'charset="utf-8"', b'charset="x-nobody"')
    path = saved(tmp_path, data.replace(b"Dear all", "Chère équipe".encode()))
    assert "Chère équipe" in read_draft(path).text


def test_the_plain_body_is_preferred_and_without_one_the_page_is_read(tmp_path: Path) -> None:
    page = "<html><body><h2>Sales</h2><p>They <b>rose</b>.</p><p hidden>x</p></body></html>"
    both = message()
    both.add_alternative(page, subtype="html")
    assert "They rose." not in read_draft(saved(tmp_path, both)).text
    alone = message(body="")
    alone.set_content(page, subtype="html")
    assert shown(read_draft(saved(tmp_path, alone)))[1:] == [
        ("heading", "Sales"),
        ("paragraph", "They rose."),
    ]


def test_quoted_replies_stay_without_their_marks(tmp_path: Path) -> None:
    text = read_draft(saved(tmp_path, message(REPLY))).text
    assert text.endswith(
        "Agreed.\n\nOn Monday the desk wrote:\n\n"
        "Costs fell in every region, because freight was cheaper than in the year before.\n\n"
        "Prices held."
    )


def test_attachments_are_left_out(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment("Region,Sales\nNorth,5\n", subtype="csv", filename="sales.csv")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="deck.pdf")
    assert read_draft(saved(tmp_path, mail)).text == read_draft(saved(tmp_path, message())).text


def test_a_mail_of_attachments_alone_says_what_to_do(tmp_path: Path) -> None:
    mail = message(body="")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="deck.pdf")
    path = saved(tmp_path, mail)
    with pytest.raises(UnreadableFile, match="a mail without text; save its attachments and ing"):
        read_draft(path)


def test_a_mail_is_known_by_its_head_and_a_memo_is_none(tmp_path: Path) -> None:
    assert shown(read_draft(saved(tmp_path, message(), "saved.txt")))[0][0] == "heading"
    memo = read_draft(saved(tmp_path, b"From: the desk\nTo: all\n\nSales rose.\n", "memo.txt"))
    assert memo.text.startswith("From: the desk")


@pytest.mark.parametrize(
    "head",
    [
        b"From - Tue Mar 05 10:00:00 2024\nX-Status: 0\nFrom: a@b.example\nSubject: Sales",
        b"Received: by host\n" + b"ARC-Seal: x\n y\n" * 1000 + b"From: a@b.example\nSubject: Sales",
        b"Subject: Sales\nTo: all@example.com",
    ],
    ids=["from a mailbox", "a long head", "a draft"],
)
def test_every_usual_head_of_a_mail_is_taken_off(tmp_path: Path, head: bytes) -> None:
    path = saved(tmp_path, head + b"\n\nNet sales rose.\n")
    assert shown(read_draft(path)) == [("heading", "Sales"), ("paragraph", "Net sales rose.")]


def test_the_catalogue_wins_over_the_head_of_a_mail(tmp_path: Path) -> None:
    path = saved(tmp_path, message())
    (tmp_path / "catalog.csv").write_text(
        "file,companies,period,publisher,published\nmail.eml,Nike,FY2023,Daily,2024-01-02\n"
    )
    document = read(path).document
    assert (document.companies, str(document.period)) == (("Nike",), "FY2023")
    assert (document.metadata.publisher, document.published) == ("Daily", "2024-01-02")
