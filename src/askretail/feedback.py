"""What readers thought of answers: one JSON object a line, kept beside the library.

A line has the form of a question of ``askretail eval``: what was quoted in an answer that was
judged good is the evidence of its question.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from askretail.nouns import Answer, Turn
from askretail_ingest.errors import BadSetting

FILE = "feedback.jsonl"
SAMPLE_FILE = "sample-feedback.jsonl"  # in the user's own library: the sample takes nothing
MAX_REASON = 500  # characters

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Feedback:
    """The judgements kept in one file; a later one of the same question counts."""

    file: Path

    def keep(self, before: Sequence[Turn], turn: Turn, *, good: bool, reason: str = "") -> None:
        """Write what was thought of a turn that followed those before it; raises BadSetting."""
        if turn.answer is None:
            raise BadSetting("only an answer can be judged: ask the question again")
        judged = {"good": good, "reason": " ".join(reason.split())[:MAX_REASON]}
        line = json.dumps(judged | _asked(before, turn.answer), ensure_ascii=False)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise BadSetting(
                f"{self.file}: cannot be written ({error.strerror}); free space or give the right "
                "to write there"
            ) from error


def _asked(before: Sequence[Turn], answer: Answer) -> Fields:
    """Return the question as the evaluation reads it.

    Where chips were put right, its full form is the question: that is what was answered.
    """
    reading, now = answer.reading, datetime.now(UTC)
    corrected = bool(reading.changes)
    history = [] if corrected else [turn.question for turn in before]
    quotes = [
        {"doc": q.document.source, "page": q.page, "quote": q.quote} for q in answer.citations
    ]
    return {
        "id": f"feedback-{now:%Y%m%dT%H%M%S%f}",
        "type": "followup" if history else reading.intent,
        "question": reading.standalone if corrected else answer.question,
        "history": history,
        "standalone": reading.standalone,
        "filters": list(reading.filters.chips),
        "status": answer.status,
        "evidence": [quotes] if quotes else [],
    }
