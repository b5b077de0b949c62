"""Bands of age: coarser than an age, and no service changes in the middle of one."""

from enum import Enum

from signposting.records import AgeRange


class AgeBand(str, Enum):
    """A band; the value is what an address or a kept wish holds."""

    UNDER_13 = "under-13"
    FROM_13 = "13-15"
    FROM_16 = "16-17"
    AT_18 = "18"
    FROM_19 = "19-25"
    OVER_25 = "over-25"

    @property
    def ages(self) -> AgeRange:
        """Give its ages, both ends included."""
        return _AGES[self]


_AGES = {
    AgeBand.UNDER_13: AgeRange(5, 12),
    AgeBand.FROM_13: AgeRange(13, 15),
    AgeBand.FROM_16: AgeRange(16, 17),
    AgeBand.AT_18: AgeRange(18, 18),
    AgeBand.FROM_19: AgeRange(19, 25),
    AgeBand.OVER_25: AgeRange(26, 99),
}


def band_of(ages: AgeRange) -> AgeBand | None:
    """Find the one band that an age lies in; None for ages that lie in several."""
    return next((band for band in AgeBand if band.ages.covers(ages)), None)
