"""Whether the documents say it: a calibrated score, and the reasons when they do not."""

import math
import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.data_files import read_data, section
from askretail.evidence import NAMES
from askretail.features import Matrix
from askretail.nouns import Reading
from askretail.quotes import Quote
from askretail.rank import read_weights
from askretail.scope import on_no_company

_REASONS = {
    "years_missing": "none of them mentions that year",
    "count_missing": "no passage counts them",
    "share_missing": "no passage gives such a share",
    "figure_apart": "no passage gives that figure of what is named",
}


def probability(evidence: Matrix) -> float:
    """Return how likely it is that the documents answer (logistic; weights in silence.toml)."""
    score = intercept() + float(evidence @ read_weights("silence.toml", NAMES))
    return 1 / (1 + math.exp(-score))


def intercept() -> float:
    return _decision("intercept")


def threshold(*, general: bool = False) -> float:
    """Return the probability below which the answer is "not found"."""
    return _decision("threshold", "general" if general else "decision")


def is_general(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether nearness alone has to tell: then it takes more of it.

    What ends in a full stop is a claim that evidence is looked for: the nearest is wanted, however
    far.
    """
    return on_no_company(reading, catalogue) and not reading.standalone.rstrip().endswith(".")


def _decision(name: str, part: str = "decision") -> float:
    return float(str(section(read_data("silence.toml"), part)[name]))


def reasons(reading: Reading, evidence: Matrix) -> tuple[str, ...]:
    """Say why nothing was found, the most specific reasons first."""
    if reading.relaxed:
        return reading.relaxed
    missing = dict(zip(NAMES, evidence.tolist(), strict=True))
    found = tuple(text for name, text in _REASONS.items() if missing[name] == 1)
    return found or ("no passage says it closely enough",)


def out_of_reach(reading: Reading, quotes: Sequence[Quote]) -> bool:
    """Return whether what is asked cannot be here: an unknown company, a year nobody reports."""
    if reading.unknown and not reading.companies:
        return not any(_mentions(reading.unknown, q) for q in quotes[:3])
    late = [note for note in reading.relaxed if " for FY" in note or " for Q" in note]
    if not late or len(late) < len(reading.periods):
        return False
    if any(" for Q" in note for note in late):  # of what is to come a document may well speak
        return "guidance" not in reading.metrics
    years = {str(period.year) for period in reading.periods}
    return not any(year in q.text for q in quotes[:5] for year in years)


def _mentions(names: tuple[str, ...], quote: Quote) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", quote.text) for name in names)
