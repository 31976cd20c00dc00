"""Names and noun phrases of plain English, found by rules: what a question can be about."""

import re
from collections.abc import Iterator
from functools import lru_cache

from askretail.data_files import read_data, texts

_TOKEN = r"[^\W_](?:[\w’'&./-]*\w)?\.?"
_NAME = re.compile(
    r"(?<!\w)[A-Z][\w’'&/-]*\.?(?:\s+(?:(?:of|the|de|la|du|van|von|der|for)\s+){0,2}[A-Z0-9][\w’'&/-]*)*"
)
_WORD = re.compile(_TOKEN)
_QUOTED = re.compile(r"[\"“]([^\"”]{2,60})[\"”]")
_ASKS = re.compile(
    r"^\s*(?:(?:and|but|so|ok|okay|also|now)\b[\s,]*)*(?:(?:can|could|would) you\s+)?(?:please\s+)?"
    r"(?:tell me|describe|explain|what do you know|what can you tell me|give me|i want to know|"
    r"anything|information|facts|(?:what|how)(?=\s+about\b))\s*(?:more|something|a bit)?"
    r"\s*(?:about|on|of)?\s+",
    re.I,
)
_VERBAL = re.compile(r"[a-z]+(?:ing|ed)|taught|made|sold|kept|held|built")
_DEFINES = re.compile(
    r"^\s*(?:what|who)(?:['’]s|\s+is|\s+are|\s+was|\s+were)\s+(?P<rest>[^?.]+)[?.]?\s*$", re.I
)


def names_in(text: str) -> list[str]:
    """Return the capitalised names of a text in order, without the word that opens a sentence."""
    found = []
    for match in _NAME.finditer(text):
        name = _trimmed(match.group(), opens=_opens(text, match.start()))
        if name:
            found.append(name)
    return found


def names_of(question: str) -> list[str]:
    """Return the names in a question; its first word alone is none: "Freelancer: should I ..."."""
    return [
        name
        for name in names_in(question)
        if " " in name or name.isupper() or not question.lstrip().startswith(name)
    ]


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"“'(")
    return not before or before[-1] in ".?!:;"


def _trimmed(name: str, *, opens: bool) -> str:
    """Return a name without function words at its ends and without a possessive."""
    words = name.split()
    while words and (_plain(words[0]) in function_words() or (opens and _opener(words))):
        words.pop(0)
        opens = False
    while words and _plain(words[-1]) in function_words():
        words.pop()
    bare = re.sub(r"['’]s?$", "", " ".join(words))
    return bare if re.search(r"\b[A-Z]\.$", bare) else bare.rstrip(".,")


def _opener(words: list[str]) -> bool:
    return _plain(words[0]) in openers() | verbs()


def main_phrase(question: str) -> str:
    """Return what a question that stands alone is about, "" when it names nothing of its own."""
    quoted = _QUOTED.findall(question)
    if quoted:
        return str(quoted[0])
    asked = _ASKS.sub("", question, count=1)
    defined = _DEFINES.match(asked)
    body = defined.group("rest") if defined else asked
    names = names_of(question)
    found = [c for c in chunks(body) if not is_generic(c)]
    found = [c for c in found if not _predicate(c, body)] or found
    if not names:
        return found[0] if found else ""
    if defined or asked != question:  # "the Neverending Story film": the noun belongs to the name
        return next((c for c in found if names[0] in c), names[0])
    return names[0]


def _predicate(chunk: str, text: str) -> bool:
    """Return whether a word only leads to its thing: "suffering from depression", "taught in"."""
    if _VERBAL.fullmatch(chunk) is None:
        return False
    return re.search(rf"\b{chunk}\s+(?:for|from|in|on|to|with|about|of|by|at)\b", text) is not None


def presents(question: str) -> bool:
    """Return whether a question brings up its subject: "tell me about X", "what is X"."""
    return _ASKS.match(question) is not None or _DEFINES.match(question) is not None


def chunks(text: str) -> Iterator[str]:
    """Yield the runs of words between function words and common verbs."""
    run: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        plain = _plain(word)
        if plain in function_words() or (plain in verbs() and not word[0].isupper()):
            if run:
                yield " ".join(run)
            run = []
        else:
            run.append(re.sub(r"['’]s$|\.$", "", word))
            if re.search(r"['’]s$", word):  # a possessive ends its phrase
                yield " ".join(run)
                run = []
    if run:
        yield " ".join(run)


def is_generic(chunk: str) -> bool:
    """Return whether a phrase says nothing without what it is of: "main causes"."""
    return all(_plain(word) in relational() | vague() | openers() for word in chunk.split())


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").strip(".")


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    lines = texts(read_data("english.toml")[name])
    return frozenset(word for line in lines for word in line.split())


def function_words() -> frozenset[str]:
    """Words that hold a sentence together and name nothing."""
    return _listed("function_words")


def openers() -> frozenset[str]:
    """Words that open a sentence with a capital without being a name."""
    return _listed("openers")


def verbs() -> frozenset[str]:
    """Common verbs of questions."""
    return _listed("verbs")


def relational() -> frozenset[str]:
    """Nouns that say little without what they are of: types, causes, advantages."""
    return _listed("relational")


def vague() -> frozenset[str]:
    """Adjectives that colour a noun without telling what it is of."""
    return _listed("vague")


def known_to_all() -> frozenset[str]:
    """Nouns of things that there is one of: the world, the market, the government."""
    return _listed("known_to_all")


def capital(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def place_in(text: str) -> tuple[int, int] | None:
    """Return where the last country or region of a text stands, None when it names none."""
    found = list(_places().finditer(text))
    return found[-1].span() if found else None


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    names = sorted(texts(read_data("english.toml")["places"]), key=len, reverse=True)
    ways = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![\w.])(?:(?:the\s+)?(?:US|U\.S\.?|(?i:{ways})))(?![\w])")
