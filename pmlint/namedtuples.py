"""Named tuples whose classes take little to make.

A run makes a hundred of these classes, most of them for a handful of values or none. For
those of ``typing`` every annotation is checked and a constructor compiled at once, which is a
tenth of what it takes to read one document. Here annotations only give the names of the
fields, and the constructor is made for the first value: a class takes a sixth. In all else,
and to a type checker, they are ``typing.NamedTuple``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from functools import cache

    # As in the standard library: reading a field is a little slower without.
    try:
        from _collections import _tuplegetter as _field
    except ImportError:
        from operator import itemgetter

        def _field(index, doc):
            return property(itemgetter(index), doc=doc)

    class _Maker(type):
        """Makes a class with a field for each annotation of its body."""

        def __new__(cls, name, bases, body):
            # Not for NamedTuple itself, nor for a class below one that has its fields.
            if bases[0].__base__ is tuple:
                fields = _annotated(body)
                body["_field_defaults"] = {each: body[each] for each in fields if each in body}
                body["_fields"] = body["__match_args__"] = fields
                body["__slots__"] = ()
                for index, each in enumerate(fields):
                    body[each] = _field(index, None)
            return super().__new__(cls, name, bases, body)

    def _annotated(body):
        if "__annotations__" not in body and "__annotate_func__" in body:
            # From Python 3.14 on annotations are made when they are asked for; 1: as values.
            return tuple(body["__annotate_func__"](1))
        return tuple(body.get("__annotations__", ()))

    class NamedTuple(tuple, metaclass=_Maker):
        __slots__ = ()

        def __new__(cls, /, *values, **named):
            cls.__new__ = _constructor(cls)
            return cls.__new__(cls, *values, **named)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            told = (f"{each}={value!r}" for each, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(told)})"

        def __getnewargs__(self):
            return tuple(self)

    def _constructor(cls):
        """What makes values of a class, with a signature that says its fields."""
        form = _form(len(cls._fields))
        code = form.__code__.replace(
            co_varnames=("_cls", *cls._fields), co_name="__new__", co_qualname="__new__"
        )
        return type(form)(code, form.__globals__, "__new__", tuple(cls._field_defaults.values()))

    @cache
    def _form(count):
        """A constructor for so many fields, which are still to be named."""
        fields = "".join(f"_{number}, " for number in range(count))
        return eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))", {"_new": tuple.__new__})
