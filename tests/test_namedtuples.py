"""Named tuples that are cheap to make behave as those of ``typing`` do."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmlint.namedtuples import NamedTuple


class Ours(NamedTuple):
    """Three fields."""

    hour: int
    minute: int = 0
    """Told below the field."""
    zone: str | None = None

    @property
    def minutes(self) -> int:
        return self.hour * 60 + self.minute


class Theirs(typing.NamedTuple):
    """The same of the standard library."""

    hour: int
    minute: int = 0
    zone: str | None = None

    @property
    def minutes(self) -> int:
        return self.hour * 60 + self.minute


class Same(NamedTuple):
    """Equal to itself only."""

    name: str

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Bare(NamedTuple):
    """Without fields."""


class Later(Ours):
    """A class with one of these for its base."""

    def told(self) -> str:
        return f"{self.hour}:{self.minute:02}"


ALIKE: list[Any] = [
    pytest.param(lambda kind: tuple(kind(9)), id="defaults"),
    pytest.param(lambda kind: tuple(kind(9, zone="UTC")), id="one by name"),
    pytest.param(lambda kind: tuple(kind(zone="UTC", minute=5, hour=9)), id="all by name"),
    pytest.param(lambda kind: kind(9, 30).minutes, id="property"),
    pytest.param(lambda kind: kind(9, 30) == (9, 30, None), id="equal to a tuple"),
    pytest.param(lambda kind: hash(kind(9)), id="hash"),
    pytest.param(lambda kind: repr(kind(9)).partition("(")[2], id="in words"),
    pytest.param(lambda kind: tuple(kind(9)._replace(minute=7)), id="replaced"),
    pytest.param(lambda kind: tuple(kind._make([1, 2, "UTC"])), id="made of a list"),
    pytest.param(lambda kind: kind(9)._asdict(), id="dictionary"),
    pytest.param(lambda kind: (kind._fields, kind.__match_args__), id="fields"),
    pytest.param(lambda kind: kind._field_defaults, id="defaults by name"),
    pytest.param(lambda kind: kind.__annotations__.keys(), id="annotations"),
    pytest.param(lambda kind: hasattr(kind(9), "__dict__"), id="no dictionary of its own"),
    pytest.param(lambda kind: sorted([kind(9), kind(8)])[0].hour, id="order"),
]


@pytest.mark.parametrize("told", ALIKE)
def test_they_behave_as_those_of_typing(told: Callable[[Any], object]) -> None:
    assert told(Ours) == told(Theirs)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda kind: kind(), id="a field is missing"),
        pytest.param(lambda kind: kind(1, 2, "UTC", 4), id="too many"),
        pytest.param(lambda kind: kind(1, second=2), id="unknown field"),
        pytest.param(lambda kind: kind(1, hour=2), id="a field twice"),
        pytest.param(lambda kind: kind._make([1]), id="made of too little"),
        pytest.param(lambda kind: setattr(kind(1), "hour", 2), id="a field cannot be set"),
    ],
)
def test_what_those_of_typing_refuse_is_refused(wrong: Callable[[Any], object]) -> None:
    for kind in (Theirs, Ours):
        with pytest.raises((TypeError, AttributeError)):
            wrong(kind)


def test_unknown_field_cannot_be_replaced() -> None:
    with pytest.raises(TypeError, match=r"unexpected field names: \['second'\]"):
        Ours(9)._replace(second=3)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))]
)
def test_copies_are_of_the_same_class(again: Callable[[Ours], Ours]) -> None:
    copied = again(Ours(9, 30, "UTC"))
    assert copied == Ours(9, 30, "UTC")
    assert type(copied) is Ours


def test_fault_of_a_call_names_the_field() -> None:
    with pytest.raises(TypeError, match="Ours: no value for the field 'hour'"):
        Ours()  # type: ignore[call-arg]


def test_modules_leave_annotations_unread() -> None:
    package = Path(__file__).parent.parent / "pmlint"
    texts = {path: path.read_text("utf-8") for path in package.rglob("*.py")}
    using = {path for path, text in texts.items() if "namedtuples import NamedTuple" in text}
    assert [path for path in using if "from __future__ import annotations" not in texts[path]] == []


def test_patterns_match_by_place_and_name() -> None:
    match Ours(9, 30):
        case Ours(hour, minute=30):
            assert hour == 9
        case _:
            pytest.fail("no match")


def test_body_may_say_when_two_are_equal() -> None:
    one = Same("a")
    assert one == one
    assert one != Same("b")
    assert Same("a") not in {one}


def test_class_without_fields() -> None:
    assert Bare() == ()
    assert repr(Bare()) == "Bare()"


def test_class_below_keeps_fields_and_kind() -> None:
    later = Later(9, 5)
    assert later.told() == "9:05"
    assert type(later._replace(hour=10)) is Later
    assert later.hour == 9
