"""The numbers of all 様式, said once: an outline needs them before the rooms have declared their tables."""

ANNEX_NUMBERS = tuple(range(1, 21))
"""1 to 20 are those of the guideline of 2008; what is added since is numbered behind them.

`tests/contract/test_every_annex.py` compares them with the registry.
"""
