"""Put the house together: every part is handed what it needs, here and only here."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sanic import Blueprint, Sanic
from sanic.blueprint_group import BlueprintGroup

from bot.actions.services import Services, install
from bot.words import Words
from channels.sms.inbound import OurNumbers
from channels.sms.sending import TwilioSender
from channels.sms.signature import SigningKeys
from channels.sms.twilio_account import TWILIO_ADDRESS
from channels.sms.webhooks import INBOUND_PATH, SmsSettings
from channels.sms.webhooks import blueprint as sms_blueprint
from channels.web_chat.blueprint import blueprint as web_chat_blueprint
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock, utc_now
from foundations.ids import ConversationId
from foundations.saying import Reply, Say
from gateway import health, metrics
from gateway.app import make_app
from gateway.command_answers import CommandAnswers
from gateway.doors.chat_tokens import ChatTokens
from gateway.doors.sms_door import SmsPipelineDoor
from gateway.doors.web_chat_door import WebChatPipelineDoor
from gateway.due_worker import DueWorker
from gateway.news import News
from gateway.own_data.forgetting_elsewhere import ForgettingElsewhere
from gateway.own_data.joining import JoiningAnswers
from gateway.own_data.retention import NightlyRetention
from gateway.pipeline import Pipeline
from gateway.rasa import actions_endpoint
from gateway.rasa.dialogue import Dialogue, RasaDialogue
from gateway.received import Received
from gateway.sweeper import Sweeper
from gateway.without_records import WithoutRecords
from handover import Organisations
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import ROOT, Settings
from runtime.wiring.alerts import load_organisations
from runtime.wiring.due import due_worker
from runtime.wiring.handover import HandoverSide, handover_side
from runtime.wiring.help import help_blueprints, help_desk, our_directory
from runtime.wiring.keeping import forgetting_elsewhere, nightly_retention
from runtime.wiring.leaving import Leaving, leaving
from runtime.wiring.own_data import own_data_answers
from runtime.wiring.per_address import count_addresses
from runtime.wiring.plan_pages import plan_pages_blueprint
from runtime.wiring.plans import plan_answers
from runtime.wiring.sign_in import coming_in_elsewhere
from runtime.wiring.staff import demo_sign_in, furnish, staff_pages
from runtime.wiring.steps import is_command, steps
from runtime.wiring.sweeping import sweeper
from runtime.wiring.twilio import Reconciler, reconciler, sending
from runtime.wiring.watching import watching_blueprints
from runtime.wiring.words import languages, spoken
from signposting import Directory
from storage import Database, DatabaseUnavailable, Keys, KeysUnusable, Outage, Spool
from storage.staff.records import StaffRole
from twilio_stand_in.app import blueprint as stand_in_blueprint
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

log = logging.getLogger("handrail.wiring")

SIMULATED_TWILIO: Final = "/simulator/twilio"
LOCAL_ACCOUNT: Final = "AC" + "0" * 32
LOCAL_NUMBER: Final = "+447700900000"
MIGRATE_AGAIN_AFTER_S: Final = 2.0


@dataclass(frozen=True)
class TwilioAccount:
    """The account in use: Twilio's, or the stand-in's own of this run."""

    sid: str
    tokens: tuple[str, ...]
    numbers: tuple[str, ...]
    api: str


@dataclass(frozen=True)
class House:
    """Everything that runs in the gateway process."""

    settings: Settings
    clock: Clock
    database: Database
    spool: Spool
    keys: Keys
    words: Words
    directory: Directory
    organisations: Organisations
    twilio: TwilioAccount
    dialogue: Dialogue
    rasa: RasaDialogue
    watch: health.DialogueWatch
    news: News
    metrics: metrics.Metrics
    pipeline: Pipeline
    outbox: Leaving
    handover: HandoverSide
    due: DueWorker
    forgetting: ForgettingElsewhere
    retention: NightlyRetention
    sweeper: Sweeper
    reconciler: Reconciler
    stand_in: TwilioStandIn | None


def build(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    dialogue: Dialogue | None = None,
    stand_in: TwilioStandIn | None = None,
    organisations: Organisations | None = None,
) -> House:
    """Build every part from the settings; nothing runs yet.

    A test may hand in a readable dialogue, a stand-in on a server of its own, or
    organisations other than those on file.
    Raises NotReadyForProduction or KeysUnusable, naming what is wrong.
    """
    settings.check()
    settings.home.mkdir(parents=True, exist_ok=True)
    keys = _keys(settings)
    database = Database(settings.database, keys, clock)
    spool = Spool(settings.home / "spool", keys.spool)
    words = spoken(settings)
    directory = our_directory(sample=settings.shows_sample_services)
    organisations = organisations or load_organisations(settings)
    tongues = languages(settings)
    twilio = _twilio(settings, stand_in)
    account, news = sending(settings, twilio), News()
    sender = TwilioSender(account)
    handover = handover_side(
        database, organisations, words, directory, clock, settings.address
    )
    outbox = leaving(database, account, sender, handover.failures, settings, clock)
    rasa = RasaDialogue(
        f"http://{settings.rasa_host}:{settings.rasa_port}",
        settings.rasa_secret.get_secret_value(),
        deadline_s=settings.rasa_deadline_s,
    )
    carries = dialogue or rasa
    plans = plan_answers(database, directory, words, clock, settings.address)
    said = partial(_tell, news, outbox)
    joining = JoiningAnswers(database, words, clock, twilio.numbers[0], said)
    own_data = own_data_answers(settings, database, keys, organisations, words, clock)
    answers = CommandAnswers(
        database, directory, words, clock, plans, joining, own_data
    )
    counted = metrics.Metrics()
    due = due_worker(database, directory, words, clock, said, handover)
    pipeline = Pipeline(
        database,
        WithoutRecords(spool, words),
        steps(database, words, answers, handover.answers, carries, tongues),
        is_command=is_command,
        greeting=partial(_greeting, words),
        heard=handover.unanswered.heard,
        said=partial(_and_look, said, due),
        metrics=counted,
        home=organisations.home,
        languages=tongues,
    )
    if stand_in is None and settings.is_local and not settings.twilio_account_sid:
        stand_in = TwilioStandIn(_stand_in(settings, twilio), clock=clock)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        spool=spool,
        keys=keys,
        words=words,
        directory=directory,
        organisations=organisations,
        twilio=twilio,
        dialogue=carries,
        rasa=rasa,
        watch=health.DialogueWatch(rasa),
        news=news,
        metrics=counted,
        pipeline=pipeline,
        outbox=outbox,
        handover=handover,
        due=due,
        forgetting=forgetting_elsewhere(database, sender, rasa),
        retention=nightly_retention(settings, database, clock),
        sweeper=sweeper(
            settings, database, keys, spool, pipeline, counted, handover, clock
        ),
        reconciler=reconciler(sender, twilio, database, pipeline, words, clock),
        stand_in=stand_in,
    )


def application(house: House, name: str = "handrail") -> Sanic[Any, Any]:
    """Put a built house on one server."""
    install(
        Services(
            database=house.database,
            directory=house.directory,
            organisations=house.organisations,
            words=house.words,
            clock=house.clock,
            ask_for_person=house.handover.answers.begin,
            help_desk=help_desk(house.directory, house.clock),
        )
    )
    app = make_app(
        _blueprints(house),
        background=[
            house.outbox.run,
            house.due.run,
            house.forgetting.run,
            house.retention.run,
            house.sweeper.run,
            house.reconciler.run,
            house.handover.keeping.run,
            house.watch.run,
        ],
        at_start=partial(_start, house),
        at_stop=partial(_stop, house),
        name=name,
    )
    count_addresses(app, house.settings, house.clock)
    return app


async def one_time_sign_in(house: House, role: StaffRole = StaffRole.LEAD) -> str:
    """Make somebody of a local run if need be, and a sign-in that works once."""
    token = await house.database.write(lambda unit: demo_sign_in(unit, role))
    return f"{house.settings.address}/staff/sign-in/{token}"


def _blueprints(house: House) -> list[Blueprint | BlueprintGroup]:
    settings = house.settings
    web_chat = WebChatPipelineDoor(
        pipeline=house.pipeline,
        database=house.database,
        tokens=ChatTokens(house.keys.token),
        words=house.words,
        organisations=house.organisations,
        news=house.news,
        clock=house.clock,
    )
    parts: list[Blueprint | BlueprintGroup] = [
        *watching_blueprints(
            settings, house.database, house.watch, house.metrics, house.clock
        ),
        actions_endpoint.blueprint(settings.rasa_secret.get_secret_value()),
        sms_blueprint(
            SmsPipelineDoor(
                house.pipeline, house.database, house.outbox.failures, house.clock
            ),
            _sms_settings(house),
            house.clock,
        ),
        web_chat_blueprint(web_chat, PageSettings(settings.address, crisis_numbers())),
        staff_pages(
            settings,
            database=house.database,
            organisations=house.organisations,
            directory=house.directory,
            news=house.news,
            clock=house.clock,
            keys=house.keys,
            said=partial(_tell, house.news, house.outbox),
            handover=house.handover,
            elsewhere=coming_in_elsewhere(settings, house.database, house.keys),
        ),
        plan_pages_blueprint(
            settings, house.database, house.keys, house.clock, house.pipeline.receive
        ),
        *help_blueprints(
            settings,
            house.database,
            house.directory,
            house.organisations,
            house.clock,
        ),
    ]
    if house.stand_in is not None and settings.is_local:
        parts.append(stand_in_blueprint(house.stand_in, SIMULATED_TWILIO))
    return parts


async def _start(house: House, loop: asyncio.AbstractEventLoop) -> None:
    house.news.listen_on(loop)
    try:
        house.database.migrate()
        await _furnish(house)
    except DatabaseUnavailable as away:
        if away.code is Outage.CORRUPT:
            raise
        # A crisis can be answered without it, so the doors open all the same.
        log.error("started without the database: %s", away.code.value)
        loop.create_task(_migrate_when_back(house))


async def _migrate_when_back(house: House) -> None:
    while True:
        await asyncio.sleep(MIGRATE_AGAIN_AFTER_S)
        try:
            await asyncio.to_thread(house.database.migrate)
            await _furnish(house)
        except DatabaseUnavailable:
            continue
        return


async def _furnish(house: House) -> None:
    """Watch over cover from the start; a local run has what it needs to be tried."""
    await house.database.write(house.handover.begin)
    if house.settings.is_local:
        await house.database.write(furnish)


async def _stop(house: House) -> None:
    await house.rasa.close()
    await house.database.close()


def _and_look(
    said: Callable[[ConversationId], None],
    due: DueWorker,
    conversation: ConversationId,
) -> None:
    """What was just said may have promised something for this very moment."""
    said(conversation)
    due.wake()


def _tell(news: News, outbox: Leaving, conversation: ConversationId) -> None:
    news.tell(conversation)
    outbox.wake()


def _greeting(words: Words, received: Received) -> tuple[Reply, ...]:
    """A new number is told what this is, in the same text as its first answer."""
    if not received.is_first:
        return ()
    return (words.render(Say("welcome.sms"), received.channel),)


def _keys(settings: Settings) -> Keys:
    if settings.keys_json.get_secret_value():
        return Keys.from_json(settings.keys_json.get_secret_value())
    if settings.is_local and not settings.keys.exists():
        return Keys.generate_file(settings.keys)
    if not settings.keys.exists():
        raise KeysUnusable("set HANDRAIL_KEYS or HANDRAIL_KEY_FILE: no keys were found")
    return Keys.from_file(settings.keys)


def _twilio(settings: Settings, stand_in: TwilioStandIn | None) -> TwilioAccount:
    if stand_in is not None:
        known = stand_in.settings
        return TwilioAccount(
            known.account_sid, (known.auth_token,), known.numbers, settings.twilio_api
        )
    if settings.is_local and not settings.twilio_account_sid:
        token, api = secrets.token_hex(16), settings.address + SIMULATED_TWILIO
        return TwilioAccount(LOCAL_ACCOUNT, (token,), (LOCAL_NUMBER,), api)
    given = (settings.twilio_auth_token, settings.twilio_auth_token_before)
    tokens = tuple(filter(None, (token.get_secret_value() for token in given)))
    numbers = tuple(
        number.strip() for number in settings.twilio_numbers.split(",") if number
    )
    api = settings.twilio_api or TWILIO_ADDRESS
    return TwilioAccount(settings.twilio_account_sid, tokens, numbers, api)


def _sms_settings(house: House) -> SmsSettings:
    return SmsSettings(
        public_address=house.settings.address,
        ours=OurNumbers(house.twilio.sid, frozenset(house.twilio.numbers)),
        keys=SigningKeys(house.twilio.tokens),
    )


def _stand_in(settings: Settings, twilio: TwilioAccount) -> StandInSettings:
    fallback = ROOT / "deploy" / "fallback.twiml.xml"
    return StandInSettings(
        account_sid=twilio.sid,
        auth_token=twilio.tokens[0],
        numbers=twilio.numbers,
        webhook=settings.address + INBOUND_PATH,
        fallback_twiml=fallback.read_text(encoding="utf-8"),
    )
