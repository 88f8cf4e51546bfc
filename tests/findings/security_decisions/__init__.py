"""Decisions nobody may take on their own change: the attacks of findings/security.md S2-S4, S11, M5, M12."""
