"""The plan to keep: plain text, a tagged PDF, and data."""

import io

import pytest
from pypdf import PdfReader

from safety_plans.plan import SectionId
from tests.journeys.handrail import Handrail
from tests.plan_pages.young_person import FULL, Robin

EVERY_LINE = [line for lines in FULL.values() for line in lines]


def pdf_of(robin: Robin) -> PdfReader:
    robin.looks("/my/my-page.pdf")
    assert robin.page.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(robin.page.content))


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(p.extract_text().split()) for p in pdf.pages)


def test_plain_text_holds_every_line_and_the_numbers(robin: Robin) -> None:
    text = robin.looks("/my/my-page.txt")

    assert all(f"- {line}\n" in text for line in EVERY_LINE)
    assert "- Samaritans: Call 116 123." in text
    assert robin.page.headers["content-type"] == "text/plain; charset=utf-8"
    assert 'filename="my-page.txt"' in robin.page.headers["content-disposition"]


def test_the_pdf_is_tagged_and_says_its_language_and_title(robin: Robin) -> None:
    pdf = pdf_of(robin)
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "My page"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_headings_and_lists_are_tagged_as_such(robin: Robin) -> None:
    kinds: list[str] = []

    def walk(node: object) -> None:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            for one in found:
                walk(one)
        elif isinstance(found, dict):
            if "/S" in found:
                kinds.append(found["/S"])
            walk(found.get("/K"))

    walk(pdf_of(robin).trailer["/Root"]["/StructTreeRoot"]["/K"])
    parts = len(FULL) + 1  # the numbers are a part as well

    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == parts
    assert kinds.count("/L") == parts
    assert kinds.count("/LI") > len(EVERY_LINE)


def test_the_pdf_holds_every_line_and_the_numbers_on_one_sheet(robin: Robin) -> None:
    pdf = pdf_of(robin)

    assert len(pdf.pages) == 1
    assert all(line in words_of(pdf) for line in EVERY_LINE)
    assert "Samaritans Call 116 123" in words_of(pdf)


@pytest.mark.parametrize(
    "words",
    [
        '*bold* _it_ #panic("x") $x^2$ @ref <label> `raw` \\ ~ -- // /* */ [ ] = + -',
        '#import "@preview/x:1.0.0": *',
        "=HYPERLINK(1)",
        "<b>not bold</b>",
        "before\x00after",
    ],
)
def test_words_are_words_in_the_pdf_and_never_markup(
    handrail: Handrail, words: str
) -> None:
    robin = Robin(handrail).wrote({SectionId.SIGNS: [words]}).opens_a_link()

    assert words.replace("\x00", "") in words_of(pdf_of(robin))


@pytest.mark.parametrize(
    "words", ["🐶 my dog", "🧑🏽‍🎓 Sam", "שלום", "مرحبا", "日本", "\ue000"]
)
def test_signs_and_other_scripts_do_not_break_the_pdf(
    handrail: Handrail, words: str
) -> None:
    robin = Robin(handrail).wrote({SectionId.SIGNS: [words, "tea"]}).opens_a_link()
    pdf = pdf_of(robin)

    assert "tea" in words_of(pdf)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_200_long_lines_are_all_in_the_pdf(handrail: Handrail) -> None:
    many = [f"number {n} " + "word " * 40 for n in range(200)]
    robin = Robin(handrail).wrote({SectionId.SIGNS: many}).opens_a_link()
    words = words_of(pdf_of(robin))

    assert all(f"number {n} word" in words for n in range(200))


def test_data_files_every_part_as_other_plans_do(robin: Robin) -> None:
    robin.looks("/my/my-page.json")
    data = robin.page.json()
    first = data["sections"][0]

    assert first["lines"] == FULL[SectionId.GETTING_THROUGH]
    assert first["stanley_brown"] == "2 Things I can do by myself"
    assert first["nice"] == "Coping strategies"
    assert robin.person not in robin.page.text


def test_a_copy_may_be_kept_until_the_person_deletes_everything(robin: Robin) -> None:
    robin.presses("/my/copy/keep")
    copy = robin.page.json()["copy"]

    def may_keep() -> bool:
        asked = robin.client.post("/my/copy", json={"copy": copy})
        return bool(asked.json()["may_keep"])

    assert may_keep()
    robin.in_records(lambda unit: unit.people.forget(robin.person))
    assert not may_keep()


def test_every_copy_is_removed_from_afar(robin: Robin) -> None:
    robin.presses("/my/copy/keep")
    copy = robin.page.json()["copy"]
    assert "Copies that phones keep: 1" in robin.looks()
    robin.presses("/my/copies/remove")

    asked = robin.client.post("/my/copy", json={"copy": copy})
    assert asked.json() == {"may_keep": False}
    assert "Copies that phones keep" not in robin.page.text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"copy": 1}', b'{"copy": "<b>"}', b"\xff"]
)
def test_an_odd_question_about_a_copy_never_says_remove_it(
    robin: Robin, body: bytes
) -> None:
    answer = robin.client.post(
        "/my/copy", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.text == ""
