"""Warm handover: what a young person agrees to share, with whom, and what became of it.

Nothing here is sent or stored before an explicit, separate yes (rule 5).
"""

from handover.agreeing import agree, propose, withdraw
from handover.cases import CaseStatus, HandoverCase
from handover.organisation import Organisation, Organisations
from handover.shared_items import InformationSet, ItemKind, SharedItem

__all__ = [
    "CaseStatus",
    "HandoverCase",
    "InformationSet",
    "ItemKind",
    "Organisation",
    "Organisations",
    "SharedItem",
    "agree",
    "propose",
    "withdraw",
]
