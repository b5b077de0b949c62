"""The door and the stand-in on one server, as a local run has them."""

from uuid import uuid4

import httpx
import pytest
from sanic import Sanic

from channels.sms.inbound import OurNumbers
from channels.sms.outgoing import Sent
from channels.sms.sending import TwilioSender
from channels.sms.signature import SigningKeys
from channels.sms.twilio_account import SendingSettings
from channels.sms.webhooks import SmsSettings, blueprint
from twilio_stand_in.app import blueprint as stand_in_blueprint
from twilio_stand_in.serving import address_of, loopback_socket, serving
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

pytestmark = pytest.mark.anyio

ACCOUNT, TOKEN, OURS = "AC" + "1" * 32, "t" * 32, "+447700900900"
PHONE = "+447700900007"
# A real deployment asks Twilio for quick tries; signatures leave the fragment out.
OVERRIDES = "#ct=1000&rt=2500&rc=3&rp=all"


async def test_one_server_is_phone_twilio_and_handrail(line, text_to):
    door, taken = line.door, loopback_socket()
    here = address_of(taken)
    twilio = TwilioStandIn(
        StandInSettings(ACCOUNT, TOKEN, (OURS,), f"{here}/hooks/twilio/sms{OVERRIDES}")
    )
    ours = OurNumbers(ACCOUNT, frozenset({OURS}))
    app = Sanic(f"local_{uuid4().hex}", configure_logging=False)
    app.blueprint(blueprint(door, SmsSettings(here, ours, SigningKeys((TOKEN,)))))
    app.blueprint(stand_in_blueprint(twilio, "/simulator/twilio"))
    sender = TwilioSender(
        SendingSettings(ACCOUNT, TOKEN, OURS, here, f"{here}/simulator/twilio")
    )
    door.answers_with("Hi, I'm a bot.")

    async with serving(app, taken), httpx.AsyncClient(base_url=here) as browser:
        page = await browser.get("/simulator/900007")
        await browser.post("/simulator/900007/texts", data={"body": "hello"})
        await twilio.phone(PHONE).received(1)
        sent = await sender.send(text_to(PHONE, "And a second text."))
        await twilio.settled()
        state = (await browser.get("/simulator/900007/state")).json()
        await sender.close()
        await twilio.close()

    assert page.status_code == 200
    assert [sms.text for sms in door.received] == ["hello"]
    assert isinstance(sent, Sent)
    assert [(t["mine"], t["body"], t["status"]) for t in state["texts"]] == [
        (True, "hello", "received"),
        (False, "Hi, I'm a bot.", "delivered"),
        (False, "And a second text.", "delivered"),
    ]
    assert [r.status.value for r in door.reports].count("delivered") == 2
