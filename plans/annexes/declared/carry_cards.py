"""Declares the register of carry cards (B-17b): to whom, when, of which edition, received when."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import AnnexSpec, Need, Unprinted, col, derived
from plans.annexes.models.carry_cards import CarryCard
from plans.annexes.rules.card_register import states
from systems.rules.row import NotBefore

CARDS = AnnexSpec(
    code="b-17b",
    title="携行カードの配布",
    model=CarryCard,
    columns=(
        col("person", 20),
        col("issued_on", 14),
        col("edition", 12),
        col("acknowledged_on", 14, need=Need.APPROVAL, inferred=True),
        derived("state", "カードの状態", Kind.TEXT, states, 18, unprinted=Unprinted.TODAY),
    ),
    natural_key=("person", "issued_on"),
    rules=(NotBefore("issued_on", "acknowledged_on"),),
    confirmable=False,
    purpose=(
        "携行カードをだれに渡したかを残し、体制や連絡先が変わったときに古いカードを見つけます。"
        "住所や保険証の番号は書きません。"
    ),
)

TABLES = (CARDS,)
