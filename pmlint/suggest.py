"""The nearest right word for a wrong one, by its letters and by its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LONGEST = 80
"""Letters of a word beyond which it is like none."""
SHORTEST_BEGUN = 3
"""Letters of a word that may be the beginning of another."""


def nearest(word: str, known: Iterable[str], meanings: Mapping[str, str] | None = None) -> str:
    """The known word that was probably meant, or an empty string.

    ``meanings`` maps words that other tools use to ours and is asked first.
    """
    folded = word.casefold()
    if len(folded) > LONGEST:
        return ""
    if meanings and folded in meanings:
        return meanings[folded]
    choices = {choice.casefold(): choice for choice in known}
    if folded in choices:
        return choices[folded]
    import difflib

    close = difflib.get_close_matches(folded, choices, n=1, cutoff=0.6)
    if close:
        return choices[close[0]]
    begun = [choice for choice in choices if choice.startswith(folded)]
    return choices[begun[0]] if len(begun) == 1 and len(folded) >= SHORTEST_BEGUN else ""


def nearest_rule(word: str, names: Mapping[str, str]) -> str:
    """The code of the rule that was probably meant, or an empty string.

    ``names`` maps codes to names. Digits are often typed as letters
    (``PM4O2``); a word may also be part of a name (``order``).
    """
    codes = {name: code for code, name in names.items()}
    upper = f"PM{word}" if word.isdigit() else word.upper()
    if upper.startswith("PM"):
        digits = upper[2:].translate(str.maketrans("OILSZB", "011528"))
        return nearest("PM" + digits, names)
    folded = word.casefold().replace("_", "-").replace(" ", "-")
    by_letters = nearest(folded, codes)
    if by_letters:
        return codes[by_letters]
    parts = set(folded.split("-")) - {""}
    shared = {code: len(parts & set(name.split("-"))) for code, name in names.items()}
    best = max(shared, key=lambda code: (shared[code], -len(names[code])), default="")
    return best if best and shared[best] else ""


def nearest_zone(word: str, known: Iterable[str]) -> str:
    """The timezone that was probably meant, also by its place alone: ``Lagos``."""
    names = sorted(known)
    places = {name.rpartition("/")[2]: name for name in names if "/" in name}
    place = "_".join(word.split())
    whole = nearest(place, places) if "/" not in place else ""
    if whole.casefold() == place.casefold() and whole:
        return places[whole]
    return nearest(word, names) or places.get(whole, "")


def question(word: str) -> str:
    """``; did you mean `word`?`` or nothing where there is no word to offer."""
    return f"; did you mean `{word}`?" if word else ""
