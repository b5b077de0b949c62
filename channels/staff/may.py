"""What a staff member may do at the desk. A page asks for one of these."""

from enum import Enum


class May(str, Enum):
    """One thing that somebody may do, in their own organisation only."""

    HOLD_CASES = "hold_cases"
    LEAD_TEAM = "lead_team"
    SEE_FIGURES = "see_figures"
    MANAGE_LINKS = "manage_links"
    MANAGE_COVER = "manage_cover"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_AGREEMENTS = "manage_agreements"
    READ_AUDIT = "read_audit"
    PRACTISE = "practise"
