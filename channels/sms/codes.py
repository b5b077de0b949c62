"""What a failure code means for us; the table itself is `codes.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from foundations.content import read_yaml

UNKNOWN: Final = "unknown"
NOT_A_MOBILE: Final = "not_a_mobile"
TOO_LONG: Final = "21617"
UNREACHABLE: Final = "unreachable"
NO_ANSWER: Final = "no_answer"
TOO_MANY_REQUESTS: Final = "20429"
ACCOUNT_REFUSED: Final = "20003"


class RetryAdvice(str, Enum):
    """Whether a text that did not go may be sent again."""

    RETRY_SAFE = "retry_safe"
    AMBIGUOUS = "ambiguous"
    PERMANENT = "permanent"


class NumberState(str, Enum):
    """What a failure says about the number it was for."""

    USABLE = "usable"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"


class CrisisStaff(str, Enum):
    """When staff are told that a crisis text did not arrive."""

    AT_ONCE = "at_once"
    AFTER_LAST_TRY = "after_last_try"


@dataclass(frozen=True)
class CodeRule:
    """What to do about one code; waits are seconds before each further try."""

    code: str
    meaning: str
    advice: RetryAdvice
    retry_after_s: tuple[int, ...]
    number: NumberState
    tell_operator: bool
    crisis_staff: CrisisStaff


def rule_for(code: str) -> CodeRule:
    """Give the rule for a code; one we do not know stops the text and is reported."""
    return RULES.get(code, RULES[UNKNOWN])


def _load(path: Path) -> Mapping[str, CodeRule]:
    table = read_yaml(path)
    return {code: _rule(code, **row) for code, row in table.items()}


def _rule(code: str, **row: Any) -> CodeRule:
    return CodeRule(
        code=code,
        meaning=row["meaning"],
        advice=RetryAdvice(row["advice"]),
        retry_after_s=tuple(row["retry_after_s"]),
        number=NumberState(row["number"]),
        tell_operator=row["tell_operator"],
        crisis_staff=CrisisStaff(row["crisis_staff"]),
    )


RULES: Final = _load(Path(__file__).with_name("codes.yml"))
