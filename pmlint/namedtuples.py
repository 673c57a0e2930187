"""Named tuples whose classes take little to make.

For each class, ``typing.NamedTuple`` checks the annotations and compiles a constructor. That
suits a few classes; a run of pmlint makes a hundred, and it would take a tenth of what
reading one document takes. Here annotations are only asked for the names of the fields, and
one constructor does for all classes. In all else, and to a type checker, these are those of
``typing``.

A module with such classes needs ``from __future__ import annotations``: without, annotations
are no plain names to ask from Python 3.14 on.
"""

from __future__ import annotations

# The same as in the standard library: fields that are read as fast as there.
from collections import _tuplegetter  # type: ignore[attr-defined]
from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class _Maker(type):
    """Makes a class with a field for each annotation of its body."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Maker:
        # Not for _NamedTuple itself, nor for a class below one that has its fields.
        if bases[0].__base__ is tuple:
            fields = tuple(body.get("__annotations__", ()))
            body["_field_defaults"] = {each: body[each] for each in fields if each in body}
            body["_fields"] = body["__match_args__"] = fields
            body["__slots__"] = ()
            for index, each in enumerate(fields):
                body[each] = _tuplegetter(index, None)
        return super().__new__(cls, name, bases, body)


class _NamedTuple(tuple, metaclass=_Maker):  # type: ignore[type-arg]
    """What all of them have, under the names that ``typing.NamedTuple`` gives it."""

    __slots__ = ()
    _fields: tuple[str, ...]
    _field_defaults: dict[str, Any]

    def __new__(cls, /, *values: Any, **named: Any) -> Self:
        if named or len(values) != len(cls._fields):
            values = _completed(cls, values, named)
        return tuple.__new__(cls, values)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Self:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        told = (f"{each}={value!r}" for each, value in self._asdict().items())
        return f"{type(self).__name__}({', '.join(told)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _completed(
    cls: type[_NamedTuple], values: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Any, ...]:
    """The values of all fields, for a call that names some or leaves some to their defaults.

    Raises TypeError where a field has no value, or a value no field.
    """
    left, defaults = cls._fields[len(values) :], cls._field_defaults
    try:
        found = [named.pop(each) if each in named else defaults[each] for each in left]
    except KeyError as missing:
        raise TypeError(f"{cls.__name__}: no value for the field {missing}") from None
    if named or len(values) > len(cls._fields):
        raise TypeError(f"{cls.__name__}: more values than fields; their names: {[*named]!r}")
    return (*values, *found)


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = _NamedTuple
