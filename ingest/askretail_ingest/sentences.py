"""Where sentences begin and end, by rule: offsets into the text, no model, no copy."""

import re

from askretail_ingest.wordlist import word_set

# One set of first characters, so that the regex engine skips straight to candidates.
_CANDIDATE = re.compile(
    r"[.!?…\n•▪●◦‣]"
    r"(?:(?<=[\n•▪●◦‣])|[.!?…]*[\"'”’»)\]]*(?:\(\d{1,2}\)|[¹²³⁴⁵])?(?=\s))"
)
BULLETS = "•▪●◦‣"
_OPENERS = "\"'“‘«([$€£"
_NOT_SPACE = re.compile(r"\S")
_LAST_WORD = re.compile(r"\S+\Z")
_FIRST_WORD = re.compile(r"[\"'“‘«(\[•*–-]*\s*([A-Za-z’']+)")

# Never at the end of a sentence: what they introduce follows.
_INTRODUCES = word_set(
    "mr mrs ms dr prof messrs hon rev gen sen rep gov st mt ft vs v e.g i.e cf viz approx no nos"
    " fig figs vol ch sec art para p pp ed eds al incl excl est ca resp tel ext dept attn ref ct"
)
# Often inside a sentence, now and then its last word: the next word decides.
_MAY_END = word_set(
    "inc co corp ltd llc plc bros cos l.p lp n.a n.v s.a u.s u.s.a u.k e.u u.n d.c p.m a.m etc jr"
    " sr ph.d m.b.a b.a m.d jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu"
    " thurs fri sat sun ave blvd rd sq mfg intl assn avg max min yr yrs mo wk qtr"
)
_NUMBERED = word_set(
    "item items note notes part section exhibit article rule table figure chapter schedule"
    " appendix annex step page footnote number"
)
# Words that open a sentence and hardly ever a proper name.
_STARTERS = word_set(
    "the a an this that these those we our us it its they their he his she her you your i my"
    " there here in on at for from to of by with without as if when while where which who what how"
    " why because since although though after before during until under over between among through"
    " and but or nor so yet however therefore moreover further furthermore additionally also such"
    " some many most several each every any all both no not only other another more than then thus"
    " accordingly consequently meanwhile finally first second third is are was were will has have"
    " had does did do can may should would could must see please net total sales revenue"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in ``text[start:end]``, in order.

    The spans are disjoint, begin and end with a visible character, and together hold every
    visible character of the range. A line break always ends a sentence.
    """
    stop = len(text) if end is None else min(end, len(text))
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, stop):
        cut = _cut(text, begin, match.start(), match.end(), stop)
        if cut is not None:
            _add(spans, text, begin, cut)
            begin = cut
    _add(spans, text, begin, stop)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    visible = piece.strip()
    if visible:
        first = start + len(piece) - len(piece.lstrip())
        spans.append((first, first + len(visible)))


def _cut(text: str, begin: int, mark: int, after: int, stop: int) -> int | None:
    """Return where to cut at the candidate ``text[mark:after]``, or None."""
    character = text[mark]
    if character == "\n":
        return after
    if character in BULLETS:
        # Inside a line a bullet opens an item; glued to a word it is a multiplication dot.
        return mark if mark > begin and text[mark - 1].isspace() else None
    following = _NOT_SPACE.search(text, after, stop)
    if following is None:
        return after
    first = following.group()
    if not (first.isupper() or first.isdigit() or first in _OPENERS or first in BULLETS + "-–—*"):
        # Scripts without capitals have no other sign than the mark itself.
        return after if first.isalpha() and not first.islower() else None
    if character != "." or text[mark : mark + 2] == "..":
        return None if _is_leader(text, mark) else after
    return after if _dot_ends(text, begin, mark, following.start(), stop) else None


def _is_leader(text: str, mark: int) -> bool:
    """Dots that lead the eye to a page number end nothing."""
    return mark > 1 and text[mark - 2 : mark] in (" .", ". ")


def _dot_ends(text: str, begin: int, mark: int, following: int, stop: int) -> bool:
    found = _LAST_WORD.search(text[max(begin, mark - 24) : mark])
    if found is None:
        return False  # a dot of its own: ". . . . 12"
    word = found.group().lstrip("\"'“‘«([")
    if not word:
        return False  # a dot after a mark that opens: "(."
    bare = word.lower()
    at_start = not text[begin : mark - len(found.group())].strip()
    if bare in _INTRODUCES:
        return False
    if len(word) <= 4 and (word[0].isdigit() or not word.strip("IVX")):
        return not at_start and not _is_numbered(text, begin, mark - len(word), following, stop)
    if len(bare) == 1 and bare.isalpha():
        return not at_start and _opens_sentence(text, following, stop)
    if bare in _MAY_END or _is_dotted(bare):
        return _opens_sentence(text, following, stop)
    return True


def _is_numbered(text: str, begin: int, number: int, following: int, stop: int) -> bool:
    """True when the number belongs to a label whose name follows: "Item 7. Properties"."""
    lead = text[max(begin, number - 16) : number].rstrip()
    found = _LAST_WORD.search(lead)
    if found is None or found.group().lower().strip("\"'“‘«([") not in _NUMBERED:
        return False
    # "See Note 12. The ..." ends; "Item 7. Management's ..." goes on.
    is_label = lead == found.group() and not text[begin : number - len(lead) - 1].strip()
    return is_label or not _opens_sentence(text, following, stop)


def _is_dotted(bare: str) -> bool:
    """Letters with dots between them: "s.a.b", "n.y"."""
    return len(bare) > 2 and bare[1::2].strip(".") == "" and bare[::2].isalpha()


def _opens_sentence(text: str, following: int, stop: int) -> bool:
    found = _FIRST_WORD.match(text, following, min(stop, following + 24))
    return found is not None and found.group(1).lower() in _STARTERS
