"""Both sides of a handover through the real gateway: a young person and the desk."""

import re
import threading
from datetime import timedelta

import httpx
import pytest

from foundations.ids import StaffMemberId
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.conftest import HARBOUR, agreed
from tests.staff.people import StaffBrowser, asks, claims, joined, reads, waiting
from tests.storage.keeping import Watch


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def member(handrail: Handrail, name: str) -> StaffMemberId:
    people = handrail.record(lambda unit: unit.staff.of_organisation("demo"))
    return StaffMemberId(next(one.id for one in people if one.name.startswith(name)))


def test_the_link_of_an_alert_leads_to_a_page_to_claim_from_with_no_content(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    page = reads(robin, case)

    assert "Claim" in page
    assert "Waiting under a minute" in page
    assert "How to reach" not in page


def test_of_a_hundred_claims_at_once_one_wins(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    workers = [robin, *(joined(handrail, name=f"W{n} Example") for n in range(4))]
    tokens = [worker.form_token() for worker in workers]
    start, answers = threading.Barrier(100), []

    def one(number: int) -> None:
        worker = workers[number % 5]
        start.wait(30)
        answers.append(
            httpx.post(
                f"{handrail.address}/staff/cases/{case}/claim",
                data={"form_token": tokens[number % 5]},
                headers={"Origin": handrail.address},
                cookies=dict(worker.http.cookies),
                trust_env=False,
                timeout=60,
            ).status_code
        )

    threads = [threading.Thread(target=one, args=(n,)) for n in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [303] + [409] * 99
    claimed = [
        step
        for step in handrail.record(lambda unit: unit.handovers.steps(case))
        if step.status.value == "claimed"
    ]
    assert len(claimed) == 1


def test_nobody_takes_more_than_they_were_to_carry(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    who = member(handrail, "Robin")
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.staff.set_most_cases(who, 1))
    )
    first = asks(handrail, handrail.web_chat())
    claims(robin, first)
    second = asks(handrail, handrail.web_chat())
    full = claims(robin, second)

    assert full.status_code == 409
    assert "You hold too many at once" in full.text
    assert handrail.record(lambda unit: unit.handovers.get(second)).claimed_by is None


def test_a_case_that_is_put_back_waits_for_a_colleague_who_need_not_ask_again(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    robin.posts(f"/staff/cases/{case}/note", note="Prefers short messages.")
    robin.posts(f"/staff/cases/{case}/release")
    alex = joined(handrail, name="Alex Example")
    claims(alex, case)
    page = reads(alex, case)

    assert [said["key"] for said in web.missed()][-2:] == [
        "handover.released",
        "handover.claimed",
    ]
    assert "Prefers short messages." in page
    assert "What they agreed to share" in page
    assert "Nothing to show here" in reads(robin, case)


def test_handing_on_asks_a_colleague_and_tells_the_young_person_so(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    alex = joined(handrail, name="Alex Example")
    claims(robin, case)
    robin.posts(f"/staff/cases/{case}/hand-on", colleague=member(handrail, "Alex"))
    inbox = alex.http.get("/staff/inbox").text

    assert web.missed()[-1]["key"] == "handover.handed_on"
    assert "Robin Example handed it on to you" in inbox
    assert claims(alex, case).status_code == 303
    assert "Sam" not in reads(alex, case)


def test_a_lead_puts_back_what_an_absent_worker_holds_without_reading_it(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    robin.posts(f"/staff/cases/{case}/say", text="a kazoo")
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    team = lead.http.get("/staff/team").text
    worker = joined(handrail, name="Alex Example")

    assert f"/staff/cases/{case}/release" in team
    assert f"/staff/cases/{case}/release" not in worker.http.get("/staff/team").text
    assert worker.posts(f"/staff/cases/{case}/release").status_code == 404
    assert lead.posts(f"/staff/cases/{case}/release").status_code == 303
    assert waiting(handrail) == case
    assert "kazoo" not in reads(lead, case)


def test_shutting_a_worker_out_puts_what_they_held_back_to_waiting(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    admin = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    admin.posts(f"/staff/people/{member(handrail, 'Robin')}/shut-out")

    assert waiting(handrail) == case
    assert web.missed()[-1]["key"] == "handover.released"


def test_another_organisation_sees_it_only_after_a_fresh_yes(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    agreed(handrail, HARBOUR)
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    kim = joined(handrail, StaffRole.WORKER, HARBOUR, "Kim Example")
    robin.posts(f"/staff/cases/{case}/ask-about", organisation=HARBOUR)
    asked, before = web.missed()[-1], kim.http.get("/staff/inbox").text
    web.young_person_says("SHARE")
    after = kim.http.get("/staff/inbox").text
    theirs = re.search(r"/staff/cases/([0-9a-f]{32})/claim", after)[1]  # type: ignore[index]

    assert asked["key"] == "handover.ask_to_hand_on"
    assert "Harbour Youth" in asked["text"]
    assert "Nobody is waiting" in before
    assert theirs != case
    assert claims(kim, theirs).status_code == 303
    assert "/say" not in reads(robin, case)


def test_an_organisation_without_an_agreement_is_not_offered(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    refused = robin.posts(f"/staff/cases/{case}/ask-about", organisation=HARBOUR)

    assert "Harbour" not in reads(robin, case)
    assert refused.status_code == 404


def test_an_agreement_that_has_ended_stops_sharing_and_says_so(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD, HARBOUR, "Sam Example")
    lead.posts("/staff/links/make", place="Pier", area="", greeting="none")
    page = lead.http.get("/staff/links").text
    web = handrail.web_chat(re.search(r"/c/(pier-\w+)", page)[1])  # type: ignore[index]
    web.young_person_says("PERSON")

    web.was_sent("handover.sharing_is_off")
    assert "Nobody is waiting" in lead.http.get("/staff/inbox").text


def test_whoever_texted_stop_twice_is_texted_by_no_worker_until_they_text_start(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms = handrail.sms()
    case = asks(handrail, sms)
    claims(robin, case)
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    texts = len(sms.texts)
    page = reads(robin, case)
    refused = robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    handrail.settled()

    assert "has texted STOP" in page
    assert f"/staff/cases/{case}/say" not in page
    assert refused.status_code == 409
    assert len(sms.texts) == texts
    sms.young_person_says("START")
    said = robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    assert said.status_code == 303


def test_a_number_that_the_network_refuses_is_shown_with_its_code(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms = handrail.sms()
    case = asks(handrail, sms)
    claims(robin, case)
    handrail.stand_in.behaviour.refused[sms.number] = "21610"
    robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    handrail.settled()
    page = reads(robin, case)

    assert "has texted STOP" in page
    assert "(code 21610)" in page
    assert "Not delivered" in page
    handrail.stand_in.behaviour.refused.clear()
    sms.young_person_says("START")
    assert "has texted STOP" not in reads(robin, case)


def test_crisis_words_in_a_held_conversation_are_seen_in_the_list_and_the_case(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("i want to die")

    web.was_sent("escalation.suicide")
    assert "Crisis message sent at" in robin.http.get("/staff/inbox").text
    assert "Handrail sent its crisis message at" in reads(robin, case)


def test_a_case_is_overdue_once_the_lead_would_be_told(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    asks(handrail, handrail.web_chat())
    watch.move(minutes=9)
    assert "Overdue" not in robin.http.get("/staff/inbox").text
    watch.move(minutes=1)

    assert "Overdue" in robin.http.get("/staff/inbox").text
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    figures = lead.http.get("/staff/figures").text
    assert re.search(r"Overdue now</dt><dd>1<", figures)


def test_the_thread_answers_as_soon_as_something_is_said(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    seen = re.findall(r'data-line="(\w+)"', reads(robin, case))[-1]
    answers: list[httpx.Response] = []

    def listens() -> None:
        where = f"/staff/cases/{case}/thread?fragment=1&seen={seen}"
        answers.append(robin.http.get(where))

    listening = threading.Thread(target=listens)
    listening.start()
    web.young_person_says("is anyone there")
    listening.join(15)

    assert "is anyone there" in answers[0].text
    assert answers[0].elapsed < timedelta(seconds=15)


def test_what_a_young_person_writes_is_shown_as_text_and_never_run(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says('<img src=x onerror=alert(1)> {{ me }} "quoted"')
    page = reads(robin, case)

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; {{ me }}" in page
