"""Put the house together: every part is handed what it needs, here and only here."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sanic import Blueprint, Sanic
from sanic.blueprint_group import BlueprintGroup

from bot.actions.services import Services, install
from bot.words import Words
from channels.sms.inbound import OurNumbers
from channels.sms.receipts import blueprint as receipts_blueprint
from channels.sms.sending import TwilioSender
from channels.sms.signature import SigningKeys
from channels.sms.webhooks import SmsSettings
from channels.sms.webhooks import blueprint as sms_blueprint
from channels.web_chat.blueprint import blueprint as web_chat_blueprint
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock, utc_now
from foundations.ids import ConversationId
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
from gateway.rasa.dialogue import Dialogue, RasaSide
from gateway.sweeper import Sweeper
from gateway.texting.greeting import greeted
from gateway.texting.reconciling import Reconciler
from gateway.texting.which_provider import WhichProvider
from gateway.without_records import WithoutRecords
from handover import Organisations
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings
from runtime.wiring.alerts import load_organisations
from runtime.wiring.due import due_worker
from runtime.wiring.handover import HandoverSide, handover_side
from runtime.wiring.help import help_blueprints, help_desk, our_directory
from runtime.wiring.in_front import stand_in_front
from runtime.wiring.keeping import forgetting_elsewhere, nightly_retention
from runtime.wiring.leaving import Leaving, leaving
from runtime.wiring.local_run import furnish
from runtime.wiring.own_data import own_data_answers
from runtime.wiring.plan_pages import plan_pages_blueprint
from runtime.wiring.plans import plan_answers
from runtime.wiring.rasa import rasa_side
from runtime.wiring.records import open_records
from runtime.wiring.second_sms import which_provider
from runtime.wiring.several import Shared, shared
from runtime.wiring.sign_in import coming_in_elsewhere
from runtime.wiring.staff import staff_pages
from runtime.wiring.steps import is_command, steps
from runtime.wiring.sweeping import sweeper
from runtime.wiring.twilio import (
    SIMULATED_TWILIO,
    TwilioAccount,
    reconciler,
    sending,
    stand_in_settings,
    twilio_account,
)
from runtime.wiring.up_to_date import UpToDate
from runtime.wiring.watching import watching_blueprints
from runtime.wiring.words import languages, spoken
from signposting import Directory
from storage import Database, Keys, Spool
from twilio_stand_in.app import blueprint as stand_in_blueprint
from twilio_stand_in.stand_in import TwilioStandIn


@dataclass(frozen=True)
class House:
    """Everything that runs in the gateway process."""

    settings: Settings
    clock: Clock
    database: Database
    up_to_date: UpToDate
    spool: Spool
    keys: Keys
    words: Words
    directory: Directory
    organisations: Organisations
    twilio: TwilioAccount
    dialogue: Dialogue
    rasa: RasaSide
    watch: health.DialogueWatch
    news: News
    metrics: metrics.Metrics
    pipeline: Pipeline
    shared: Shared
    outbox: Leaving
    which: WhichProvider
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
    keys, database = open_records(settings, clock)
    spool = Spool(settings.home / "spool", keys.spool)
    words = spoken(settings)
    directory = our_directory(sample=settings.shows_sample_services)
    organisations = organisations or load_organisations(settings)
    tongues = languages(settings, words)
    twilio = twilio_account(settings, stand_in)
    account, between = sending(settings, twilio), shared(settings, keys, clock)
    news = between.news
    sender = TwilioSender(account)
    handover = handover_side(
        database, organisations, tongues, directory, clock, settings.address
    )
    counted = metrics.Metrics()
    which = which_provider(counted, database, handover, clock)
    outbox = leaving(
        database, account, sender, handover.failures, settings, clock, which
    )
    rasa = rasa_side(settings)
    carries = dialogue or rasa
    plans = plan_answers(database, directory, words, clock, settings.address)
    said = partial(_tell, news, outbox)
    joining = JoiningAnswers(database, words, clock, twilio.numbers[0], said)
    own_data = own_data_answers(settings, database, keys, organisations, words, clock)
    answers = CommandAnswers(
        database, directory, words, clock, plans, joining, own_data
    )
    due = due_worker(database, directory, tongues, clock, said, handover)
    pipeline = Pipeline(
        database,
        WithoutRecords(spool, words),
        steps(
            database,
            words,
            answers,
            handover.answers,
            carries,
            tongues,
            between.knocks,
            second_look=settings.second_look,
        ),
        is_command=is_command,
        greeting=partial(greeted, words),
        heard=handover.unanswered.heard,
        # Nothing leaves for what came in: looking through the outbox can wait.
        recorded=partial(_show, news),
        said=partial(_and_look, said, due),
        metrics=counted,
        home=organisations.home,
        languages=tongues,
        turns=between.turns,
        clock=clock,
    )
    if stand_in is None and settings.is_local and not settings.twilio_account_sid:
        stand_in = TwilioStandIn(stand_in_settings(settings, twilio), clock=clock)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        up_to_date=UpToDate(
            partial(_bring_up_to_date, database, handover, is_local=settings.is_local)
        ),
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
        shared=between,
        outbox=outbox,
        which=which,
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
            *([house.shared.run] if house.shared.line else []),
            house.outbox.run,
            house.due.run,
            house.forgetting.run,
            house.retention.run,
            house.sweeper.run,
            house.sweeper.run_replays,
            house.reconciler.run,
            house.handover.keeping.run,
            house.watch.run,
        ],
        at_start=partial(_start, house),
        at_stop=partial(_stop, house),
        name=name,
    )
    stand_in_front(app, house.settings, house.shared.knocks, house.metrics)
    return app


def _blueprints(house: House) -> list[Blueprint | BlueprintGroup]:
    settings = house.settings
    web_chat = WebChatPipelineDoor(
        pipeline=house.pipeline,
        database=house.database,
        tokens=ChatTokens(house.keys.token),
        words=house.words,
        organisations=house.organisations,
        directory=house.directory,
        news=house.news,
        clock=house.clock,
    )
    texts = SmsPipelineDoor(
        house.pipeline, house.database, house.outbox.failures, house.clock
    )
    parts: list[Blueprint | BlueprintGroup] = [
        *watching_blueprints(
            settings,
            house.database,
            house.watch,
            house.metrics,
            house.which,
            house.clock,
        ),
        actions_endpoint.blueprint(settings.rasa_secret.get_secret_value()),
        sms_blueprint(texts, _sms_settings(house), house.clock),
        receipts_blueprint(texts, settings.second_sms_secret.get_secret_value()),
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
    await house.up_to_date.begin()


async def _bring_up_to_date(
    database: Database, handover: HandoverSide, *, is_local: bool
) -> None:
    """Watch over cover from the start; a local run has what it needs to be tried."""
    await asyncio.to_thread(database.migrate)
    await database.write(handover.begin)
    if is_local:
        await database.write(furnish)


async def _stop(house: House) -> None:
    await house.up_to_date.close()
    await house.rasa.close()
    await house.outbox.close()
    await house.shared.close()
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
    _show(news, conversation)
    outbox.wake()


def _show(news: News, conversation: ConversationId) -> None:
    news.tell(conversation)


def _sms_settings(house: House) -> SmsSettings:
    return SmsSettings(
        public_address=house.settings.address,
        ours=OurNumbers(house.twilio.sid, frozenset(house.twilio.numbers)),
        keys=SigningKeys(house.twilio.tokens),
    )
