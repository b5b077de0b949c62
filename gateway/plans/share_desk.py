"""Answers the pages for sharing parts of a plan, and whoever opens what was shared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from foundations.ids import YoungPersonId
from gateway.plans.desk import Visits
from safety_plans import sharing
from safety_plans.editing import plan_of
from safety_plans.plan import SectionId
from safety_plans.sharing import PlanShare, PlanShareId
from storage import UnitOfWork


@dataclass(frozen=True)
class ShareDesk:
    """The gateway behind the pages for sharing."""

    visits: Visits

    async def shares(self, visit: str) -> tuple[PlanShare, ...]:
        """List what was agreed to, newest first."""
        found = await self.visits.read(
            visit, lambda unit, person: unit.plan_shares.of_person(person)
        )
        return tuple(share for share in found if share.agreed_at is not None)

    async def preview(
        self,
        visit: str,
        *,
        recipient: str,
        chosen: Collection[SectionId],
        lasts: timedelta,
    ) -> tuple[PlanShare, int]:
        """Keep a preview; give it, and how many lines stay private."""

        def work(unit: UnitOfWork, person: YoungPersonId) -> tuple[PlanShare, int]:
            now = self.visits.clock()
            asked = sharing.preview(
                plan_of(unit.plans, person),
                recipient=recipient,
                chosen=chosen,
                now=now,
                lasts=lasts,
            )
            id = unit.plan_shares.preview(person, asked, now)
            # Read back from the record: what is looked at is what will be shared.
            return _of(unit, person, id), asked.kept_back

        return await self.visits.write(visit, work)

    async def agree(self, visit: str, share: PlanShareId) -> str | None:
        """Share what was previewed and give its link's token, once; else None."""

        def work(unit: UnitOfWork, person: YoungPersonId) -> str | None:
            if not _owns(unit, person, share):
                return None
            return unit.plan_shares.agree(share, self.visits.clock())

        return await self.visits.write(visit, work)

    async def take_back(self, visit: str, share: PlanShareId) -> None:
        """End a share of this person's; any other is left alone."""

        def work(unit: UnitOfWork, person: YoungPersonId) -> None:
            if _owns(unit, person, share):
                unit.plan_shares.take_back(share, self.visits.clock())

        await self.visits.write(visit, work)

    async def shown(self, token: str) -> PlanShare | None:
        """Give an open share to whoever holds its link; else None."""
        return await self.visits.database.write(
            lambda unit: unit.plan_shares.opened_by(token, self.visits.clock())
        )


def _owns(unit: UnitOfWork, person: YoungPersonId, share: PlanShareId) -> bool:
    return any(one.id == share for one in unit.plan_shares.of_person(person))


def _of(unit: UnitOfWork, person: YoungPersonId, share: PlanShareId) -> PlanShare:
    return next(one for one in unit.plan_shares.of_person(person) if one.id == share)
