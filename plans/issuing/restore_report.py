"""Counts what restoring an edition did, and what it could not do."""

from dataclasses import dataclass, field


@dataclass
class RestoreReport:
    """How many rows, chapters and plans were changed, brought back or retired; sentences about the rest."""

    changed: int = 0
    added: int = 0
    retired: int = 0
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    @property
    def summary(self) -> str:
        """Return the counts as a sentence."""
        counts = f"変更{self.changed}件、追加{self.added}件、廃止{self.retired}件"
        more = f"。戻せなかったもの{len(self.notes)}件" if self.notes else ""
        return f"{counts}{more}。"
