"""One unit of work: every repository over one transaction."""

from collections.abc import Callable
from functools import cached_property

from sqlalchemy import Connection

from foundations.clock import Clock
from storage.agreements import Agreements
from storage.alerts import Alerts
from storage.anchors import Anchors
from storage.askings import Askings
from storage.audit import Audit
from storage.audit_trimming import AuditTrimming
from storage.chat_links import ChatLinks
from storage.consents import Consents
from storage.conversations import Conversations
from storage.copies_elsewhere import CopiesElsewhere
from storage.due_work import DueWorks
from storage.encryption import Sealer, Vault
from storage.escalations import Escalations
from storage.feedback import Feedback
from storage.handovers import Handovers
from storage.inbox import Inbox
from storage.join_codes import JoinCodes
from storage.joining import Joining
from storage.messages import Messages
from storage.outbox import Outbox
from storage.own_data import OwnData
from storage.people import People
from storage.plan_links import PlanLinks
from storage.plan_shares import PlanShares
from storage.plan_visits import PlanVisits
from storage.plans import Plans
from storage.retention import Retention
from storage.service_reports import ServiceReports
from storage.staff.accounts import StaffAccounts
from storage.staff.cases import StaffCases
from storage.staff.cover_plans import CoverPlans
from storage.staff.figures import StaffFigures
from storage.staff.identities import StaffIdentities
from storage.staff.invitations import StaffInvitations
from storage.staff.members import Staff
from storage.staff.notes import StaffNotes
from storage.staff.passkeys import StaffPasskeys
from storage.staff.sessions import StaffSessions
from storage.staff.shifts import StaffShifts
from storage.texting_wishes import TextingWishes


class UnitOfWork:
    """What a work function is handed; all it does is kept together or not at all."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self.connection = connection
        self.vault = vault
        self.clock = clock
        self.hooks: list[Callable[[], object]] = []

    def after_commit(self, hook: Callable[[], object]) -> None:
        """Call this once the work is on disk, on the writer's own thread: be brief."""
        self.hooks.append(hook)

    @cached_property
    def sealer(self) -> Sealer:
        """The vault at this connection."""
        return Sealer(self.vault, self.connection)

    @cached_property
    def people(self) -> People:
        """Young people and their phone numbers."""
        # Not `self.after_commit`: a ring is only found by a look for garbage.
        return People(self.connection, self.sealer, self.clock, self.hooks.append)

    @cached_property
    def conversations(self) -> Conversations:
        """One conversation per young person."""
        return Conversations(self.connection, self.sealer, self.clock)

    @cached_property
    def inbox(self) -> Inbox:
        """Inbound messages, once each."""
        return Inbox(self.connection, self.sealer, self.clock, self.messages)

    @cached_property
    def messages(self) -> Messages:
        """What was said."""
        return Messages(self.connection, self.sealer, self.clock)

    @cached_property
    def outbox(self) -> Outbox:
        """Texts on their way out."""
        return Outbox(self.connection, self.sealer, self.clock, self.people)

    @cached_property
    def due_work(self) -> DueWorks:
        """What was promised for later."""
        return DueWorks(self.connection, self.sealer, self.clock)

    @cached_property
    def escalations(self) -> Escalations:
        """Crisis routes taken."""
        return Escalations(self.connection)

    @cached_property
    def plans(self) -> Plans:
        """Safety plan histories."""
        return Plans(self.connection, self.sealer)

    @cached_property
    def join_codes(self) -> JoinCodes:
        """Codes that put a phone and a web chat together."""
        return JoinCodes(self.connection, self.vault, self.clock)

    @cached_property
    def joining(self) -> Joining:
        """Two people become one."""
        return Joining(self.connection, self.sealer, self.plans)

    @cached_property
    def own_data(self) -> OwnData:
        """What is kept of one person."""
        return OwnData(self.connection)

    @cached_property
    def texting_wishes(self) -> TextingWishes:
        """How a person wishes to be texted."""
        return TextingWishes(self.connection, self.sealer)

    @cached_property
    def plan_shares(self) -> PlanShares:
        """Parts of plans shared with other people."""
        return PlanShares(self.connection, self.sealer)

    @cached_property
    def plan_visits(self) -> PlanVisits:
        """Visits to plan pages, and copies on phones."""
        return PlanVisits(self.connection, self.sealer, self.clock)

    @cached_property
    def plan_links(self) -> PlanLinks:
        """Private links to plan pages."""
        return PlanLinks(self.connection, self.sealer, self.clock, self.plan_visits)

    @cached_property
    def consents(self) -> Consents:
        """What may be shared."""
        return Consents(self.connection, self.sealer, self.clock)

    @cached_property
    def handovers(self) -> Handovers:
        """Handover cases."""
        return Handovers(self.connection, self.sealer, self.clock)

    @cached_property
    def askings(self) -> Askings:
        """Where the asking for consent stands."""
        return Askings(self.connection, self.sealer, self.clock)

    @cached_property
    def alerts(self) -> Alerts:
        """Alerts to staff."""
        return Alerts(self.connection, self.clock)

    @cached_property
    def anchors(self) -> Anchors:
        """Whom a young person asked to talk with again."""
        return Anchors(self.connection, self.clock)

    @cached_property
    def copies_elsewhere(self) -> CopiesElsewhere:
        """What others still hold of somebody who is forgotten here."""
        return CopiesElsewhere(self.connection, self.clock)

    @cached_property
    def retention(self) -> Retention:
        """What is too old to keep."""
        trail = AuditTrimming(self.audit, self.clock)
        return Retention(self.connection, self.clock, self.people.forget, trail)

    @cached_property
    def staff(self) -> Staff:
        """Workers."""
        return Staff(self.connection, self.sealer, self.clock)

    @cached_property
    def sessions(self) -> StaffSessions:
        """Where staff are signed in."""
        return StaffSessions(self.connection, self.vault, self.clock)

    @cached_property
    def identities(self) -> StaffIdentities:
        """Accounts elsewhere by which staff come in."""
        return StaffIdentities(self.connection, self.vault, self.clock)

    @cached_property
    def passkeys(self) -> StaffPasskeys:
        """Passkeys by which staff come in."""
        return StaffPasskeys(self.connection, self.sealer, self.clock)

    @cached_property
    def cover_plans(self) -> CoverPlans:
        """Cover as leads have set it."""
        return CoverPlans(self.connection, self.sealer, self.clock)

    @cached_property
    def accounts(self) -> StaffAccounts:
        """How staff prove who they are."""
        return StaffAccounts(self.connection, self.sealer, self.clock)

    @cached_property
    def invitations(self) -> StaffInvitations:
        """Who was asked to join."""
        return StaffInvitations(self.connection, self.sealer, self.clock)

    @cached_property
    def shifts(self) -> StaffShifts:
        """Who is on shift."""
        return StaffShifts(self.connection, self.clock)

    @cached_property
    def staff_cases(self) -> StaffCases:
        """Cases as an organisation's staff look for them."""
        return StaffCases(self.connection)

    @cached_property
    def figures(self) -> StaffFigures:
        """Cases, for counting."""
        return StaffFigures(self.connection)

    @cached_property
    def notes(self) -> StaffNotes:
        """What workers wrote beside a case, and how it ended."""
        return StaffNotes(self.connection, self.sealer, self.clock)

    @cached_property
    def agreements(self) -> Agreements:
        """What sharing stands on."""
        return Agreements(self.connection, self.clock)

    @cached_property
    def feedback(self) -> Feedback:
        """What people say about Handrail, by nobody."""
        return Feedback(self.connection, self.sealer, self.clock)

    @cached_property
    def chat_links(self) -> ChatLinks:
        """The links by which young people come in."""
        return ChatLinks(self.connection, self.clock)

    @cached_property
    def service_reports(self) -> ServiceReports:
        """Services that did not work."""
        return ServiceReports(self.connection)

    @cached_property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self.connection, self.vault)
