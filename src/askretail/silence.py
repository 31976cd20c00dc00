"""Whether the documents say it: a calibrated score, and the reasons when they do not."""

import math
import re
from dataclasses import dataclass

from askretail.data_files import read_data, section
from askretail.nouns import Reading
from askretail.quotes import Quote, wanted_words
from askretail.text import content_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision looks at; each is a share or a cosine, higher for better evidence."""

    cosine: float  # of the best quote
    passage: float  # cosine of the best passage
    covered: float  # share of the question's words in the best quotes and their headings


def evidence(reading: Reading, quotes: list[Quote], best_cosine: float) -> Evidence:
    """Return the evidence that the best quotes give."""
    wanted = wanted_words(reading)
    said = content_words(
        " ".join(f"{q.text} {' '.join(q.hit.section)} {q.hit.text}" for q in quotes[:3])
    )
    covered = sum(word in said for word in wanted) / len(wanted) if wanted else 1.0
    return Evidence(max((q.cosine for q in quotes[:5]), default=0.0), best_cosine, covered)


def probability(found: Evidence) -> float:
    """Return how likely it is that the documents answer (logistic; weights in silence.toml)."""
    weights = section(read_data("silence.toml"), "weights")
    score = float(str(weights["intercept"]))
    score += float(str(weights["cosine"])) * found.cosine
    score += float(str(weights["passage"])) * found.passage
    score += float(str(weights["covered"])) * found.covered
    return 1 / (1 + math.exp(-score))


def threshold() -> float:
    """Return the probability below which the answer is "not found"."""
    return float(str(section(read_data("silence.toml"), "decision")["threshold"]))


def reasons(reading: Reading) -> tuple[str, ...]:
    """Say why nothing was found, the most specific reason first."""
    if reading.relaxed:
        return reading.relaxed
    return ("no passage says it closely enough",)


def out_of_reach(reading: Reading, quotes: list[Quote]) -> bool:
    """Return whether what is asked cannot be here: an unknown company, a year nobody reports."""
    if reading.unknown and not reading.companies:
        return not any(_mentions(reading.unknown, q) for q in quotes[:3])
    late = [note for note in reading.relaxed if " for FY" in note]
    if not late or len(late) < len(reading.periods):
        return False
    years = {str(period.year) for period in reading.periods}
    return not any(year in q.text for q in quotes[:5] for year in years)


def _mentions(names: tuple[str, ...], quote: Quote) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", quote.text) for name in names)
