"""The phone simulator: a page that sends and shows texts, with or without a script."""

import re

import pytest

pytestmark = pytest.mark.anyio

PAGE = "/simulator/900001"


async def test_the_address_to_remember_leads_to_a_phone(world):
    plain = await world.http.get("/simulator")
    chosen = await world.http.get("/simulator/?phone=900003")
    strange = await world.http.get("/simulator/?phone=//evil.example")

    assert plain.headers["location"] == PAGE
    assert chosen.headers["location"] == "/simulator/900003"
    assert strange.headers["location"] == PAGE


async def test_the_page_says_that_it_is_only_a_stand_in(world):
    page = await world.http.get(PAGE)

    assert "This is a stand-in for a phone" in page.text
    assert "07700 900001" in page.text


async def test_a_text_goes_out_and_its_answer_comes_back_without_a_script(world):
    world.webhook.says = "<Response><Message>Hello &lt;you&gt;</Message></Response>"

    sent = await world.http.post(f"{PAGE}/texts", data={"body": "hi <b>there</b>"})
    await world.twilio.phone("+447700900001").received(1)
    await world.twilio.settled()
    page = await world.http.get(PAGE)

    assert (sent.status_code, sent.headers["location"]) == (303, PAGE)
    assert "hi &lt;b&gt;there&lt;/b&gt;" in page.text
    assert "Hello &lt;you&gt;" in page.text
    assert "Handrail has it" in page.text
    assert "Delivered" in page.text


async def test_the_script_is_told_what_changed_and_nothing_when_nothing_did(world):
    headers = {"Accept": "application/json"}
    sent = await world.http.post(f"{PAGE}/texts", data={"body": "hi"}, headers=headers)
    await world.twilio.settled()

    state = (await world.http.get(f"{PAGE}/state")).json()
    unchanged = await world.http.get(f"{PAGE}/state?version={state['version']}")

    assert sent.status_code == 202
    (text,) = state["texts"]
    assert (text["mine"], text["body"], text["status"]) == (True, "hi", "received")
    assert (text["length"], text["encoding"]) == ("1 part", "GSM-7")
    assert unchanged.status_code == 204


async def test_each_phone_shows_its_own_texts(world):
    await world.twilio.phone("+447700900002").sends("not for you")

    assert (await world.http.get(f"{PAGE}/state")).json()["texts"] == []


async def test_the_log_of_webhooks_holds_no_words(world):
    await world.twilio.phone("+447700900001").sends("between us")

    log = (await world.http.get(f"{PAGE}/state")).json()["log"]

    assert [(e["what"], e["result"]) for e in log] == [("text in", "200")]
    assert "between us" not in str(log)


async def test_nothing_on_the_page_is_inline_or_from_elsewhere(world):
    page = await world.http.get(PAGE)

    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<style|style=|\son\w+=|<script>", page.text)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith(("/simulator/static/", "data:,"))
        if address.startswith("/"):
            assert (await world.http.get(address)).status_code == 200


async def test_another_sites_page_cannot_text_for_us(world):
    headers = {"Sec-Fetch-Site": "cross-site"}

    answer = await world.http.post(
        f"{PAGE}/texts", data={"body": "hi"}, headers=headers
    )

    assert answer.status_code == 403
    assert world.webhook.calls == []


@pytest.mark.parametrize("phone", ["800001", "90001", "900001x", "..%2f..%2fapp.py"])
async def test_only_drama_numbers_are_phones(world, phone):
    assert (await world.http.get(f"/simulator/{phone}")).status_code == 404
