"""Where the day after a crisis reply stands, and what is said in one turn of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from escalation.routes import Route

LASTS = timedelta(hours=24)
ASK_IF_SAFE = (Route.SUICIDE, Route.SELF_HARM, Route.HARM_FROM_OTHERS)
"""The routes whose first words end with "are you safe?"."""
_STEPS = ("ask_safe", "ask_someone", "offer_person", "offer_plan")
_FOR_SOMEONE_ELSE = ("offer_person", "ask_you_too")
_WAIT_FOR_THE_PLAN = ("ask_someone", "ask_you_too")
"""Questions that would put the plan's own aside; "are you safe?" never waits."""


@dataclass(frozen=True)
class Aftercare:
    """Where the day after stands; holds times and offers, nothing of what was said."""

    route: Route
    since: datetime
    last_said: datetime
    offered: tuple[str, ...] = ()
    messages_since_offer: int = 0
    says_safe: bool = False
    plan_next: bool = False
    """Whether a plan was asked for, and waits for the answer to "are you safe?"."""
    plan_begins: bool = False
    """Whether the plan just asked its own first question, which is to be answered."""
    asked_elsewhere: bool = False
    """Whether what was asked last is another answer's question ("delete it all?")."""
    of_another: bool = False
    """Whether somebody else was named: the danger may be theirs."""
    of_harm: bool = False
    """Whether somebody hurts or scares them: who is near may be that one."""

    def to_dict(self) -> dict[str, object]:
        """Write as plain JSON values."""
        return {
            "route": self.route.value,
            "since": self.since.isoformat(),
            "last_said": self.last_said.isoformat(),
            "offered": list(self.offered),
            "messages_since_offer": self.messages_since_offer,
            "says_safe": self.says_safe,
            "plan_next": self.plan_next,
            "plan_begins": self.plan_begins,
            "asked_elsewhere": self.asked_elsewhere,
            "of_another": self.of_another,
            "of_harm": self.of_harm,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, object]) -> "Aftercare":
        """Read what `to_dict` wrote; raise KeyError or ValueError for anything else."""
        offered = stored["offered"]
        if not isinstance(offered, list):
            raise ValueError("offered is not a list")
        return cls(
            route=Route(stored["route"]),
            since=datetime.fromisoformat(str(stored["since"])),
            last_said=datetime.fromisoformat(str(stored["last_said"])),
            offered=tuple(map(str, offered)),
            messages_since_offer=int(str(stored["messages_since_offer"])),
            says_safe=bool(stored["says_safe"]),
            plan_next=bool(stored.get("plan_next")),
            plan_begins=bool(stored.get("plan_begins")),
            asked_elsewhere=bool(stored.get("asked_elsewhere")),
            of_another=bool(stored.get("of_another")),
            of_harm=bool(stored.get("of_harm")),
        )

    def lasts(self, now: datetime) -> bool:
        """Tell whether it is still the day after."""
        return now - self.since < LASTS

    @property
    def on_top(self) -> tuple[str, ...]:
        """Keep 999 first after an emergency, until the person says they are safe."""
        if self.route is Route.EMERGENCY_NOW and not self.says_safe:
            return (f"escalation.top_999{'_you_or_them' if self.of_another else ''}",)
        return ()

    @property
    def only_of_another(self) -> bool:
        """Tell whether somebody else is in danger, who is no danger to them."""
        return self.of_another and not self.of_harm

    @property
    def check(self) -> str:
        """Name the words that send whoever took something to be looked at."""
        return f"escalation.get_checked{'_of_them' if self.of_another else ''}"

    @property
    def situations(self) -> frozenset[str]:
        """Name what they are in, for what is asked next (`asked_after.yml`)."""
        another = self.of_another or self.route is Route.CONCERN_FOR_OTHER
        of_self = not (another or self.of_harm)
        is_called = "help_coming" in self.offered and "help_is_here" not in self.offered
        is_over = self.route is Route.EMERGENCY_NOW and not self.on_top
        is_looked_after = {"help_coming", "help_is_here"}.intersection(self.offered)
        named = {
            "any": True,
            "another": another,
            "self": of_self,
            "harm": self.of_harm,
            "help_coming": is_called,
            "help_coming_of_self": of_self and is_called,
            "help_coming_of_them": another and is_called,
            "help_coming_of_harm": self.of_harm and is_called,
            "help_coming_to_no_harm": is_called and not self.of_harm,
            "first_999": bool(self.on_top),
            "first_999_of_self": of_self and bool(self.on_top),
            "first_999_of_both": another and self.of_harm and bool(self.on_top),
            "first_999_of_harm": self.of_harm and bool(self.on_top),
            "first_999_of_them": another and bool(self.on_top),
            "after_999": is_over,
            "after_999_of_self": of_self and is_over and not is_looked_after,
            "after_999_of_them": self.only_of_another
            and is_over
            and not is_looked_after,
            f"{self.route.value}_not_safe_yet": not self.says_safe,
            self.route.value: True,
        }
        return frozenset(one for one, is_so in named.items() if is_so)

    def next_step(self, *, making_plan: bool = False) -> str | None:
        """Whoever worries about somebody else is asked about themselves, not first."""
        is_for_other = self.route is Route.CONCERN_FOR_OTHER
        steps = _FOR_SOMEONE_ELSE if is_for_other else _STEPS
        passed = (*self.offered, *(_WAIT_FOR_THE_PLAN if making_plan else ()))
        return next((one for one in steps if one not in passed), None)

    def said(self, step: str | None, now: datetime) -> "Aftercare":
        """Remember what was said or asked last; None, that nothing was."""
        if step is None:
            return replace(self, messages_since_offer=self.messages_since_offer + 1)
        offered = (*(one for one in self.offered if one != step), step)
        return replace(self, offered=offered, last_said=now, messages_since_offer=0)

    @property
    def was_asked_if_safe(self) -> bool:
        """Tell whether the question before this was "are you safe right now?"."""
        match self.offered[-1:]:
            case ("first_words",) | ("perhaps",):
                asked = self.route in ASK_IF_SAFE
            case ("ask_safe",) | ("ask_you_too",) | ("heard_ok",):
                asked = True
            case _:
                asked = False
        return asked and self.messages_since_offer == 0 and not self.says_safe

    def was_asked_if_near(self, *, is_no: bool = True) -> bool:
        """Tell whether the question before this was about someone to be with.

        Whoever said that nobody is there may think of somebody; a no says no more then.
        """
        match self.offered[-1:]:
            case ("first_words",):
                asked = self.route is Route.EMERGENCY_NOW
            case ("ask_someone",) | ("not_safe",):
                asked = True
            case ("nobody_near",):
                asked = not is_no
            case _:
                asked = False
        return asked and self.messages_since_offer == 0

    def knows_who_is_near(self) -> "Aftercare":
        """Who is near is not asked again once that was told."""
        return replace(self, offered=(*self.offered, "ask_someone"))

    def gives_way(self, step: str | None) -> "Aftercare":
        """Let another answer's question stand alone; `step` is asked another time."""
        if step is None or self.offered[-1:] != (step,):
            return replace(self, asked_elsewhere=True)
        kept = self.offered[:-1]
        return replace(self, offered=kept, messages_since_offer=1, asked_elsewhere=True)


@dataclass(frozen=True)
class Turn:
    """What to say around the bot's own reply: keys before it and after it.

    `hands_on` tells whether the message goes on to the rest of the conversation;
    `starts_plan`, that it stands there for the wish for a plan that came before it;
    `asks_on`, for the asking for a person that crisis words came into.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    hands_on: bool = True
    aftercare: Aftercare | None = None
    starts_plan: bool = False
    asks_on: bool = False
