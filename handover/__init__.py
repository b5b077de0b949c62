"""Warm handover: what a young person agrees to share, with whom, and what became of it.

Nothing here is sent or stored before an explicit, separate yes (rule 5).
"""

from handover.after_talk import asked_after, is_worker
from handover.agreeing import agree, propose, withdraw
from handover.asking import Ask, Asking, Possible
from handover.at_preview import hear_at_preview, is_of_preview
from handover.at_yes_or_no import hear_yes_or_no
from handover.cases import CaseStatus, HandoverCase
from handover.cover import CoverNow, IsHoliday, cover_now
from handover.hearing import Heard, hear, wishes_change
from handover.organisation import Organisation, Organisations
from handover.shared_items import InformationSet, ItemKind, SharedItem
from handover.while_waiting import WhileWaiting, hear_while_waiting

__all__ = [
    "Ask",
    "Asking",
    "CaseStatus",
    "CoverNow",
    "HandoverCase",
    "Heard",
    "InformationSet",
    "IsHoliday",
    "ItemKind",
    "Organisation",
    "Organisations",
    "Possible",
    "SharedItem",
    "WhileWaiting",
    "agree",
    "asked_after",
    "cover_now",
    "hear",
    "hear_at_preview",
    "hear_while_waiting",
    "hear_yes_or_no",
    "is_of_preview",
    "is_worker",
    "propose",
    "wishes_change",
    "withdraw",
]
