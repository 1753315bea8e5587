"""What makes a value: a mapping that cannot be changed, and classes whose copies carry no more than their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import wraps
from typing import Any, Generic, Never, Self, TypeVar, cast, overload

K = TypeVar("K")
V = TypeVar("V")
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class FrozenDict(dict[K, V]):
    """A mapping that cannot be changed, with a hash: a field of a frozen dataclass.

    A `dict` beneath, so that it is looked up, compared and written as JSON like any other.

    Examples
    --------
    >>> sizes = FrozenDict(randomised=32)
    >>> sizes == {"randomised": 32}, sizes | {"treated": 30}
    (True, FrozenDict({'randomised': 32, 'treated': 30}))
    >>> sizes["treated"] = 30
    Traceback (most recent call last):
    ...
    TypeError: This mapping cannot be changed; dict(mapping) makes one that can.
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> Never:
        raise TypeError("This mapping cannot be changed; dict(mapping) makes one that can.")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __or__(self, other: Mapping[K, V]) -> FrozenDict[K, V]:  # type: ignore[override]
        return FrozenDict({**self, **other})

    def copy(self) -> Self:
        """Return the mapping itself: a copy could not differ."""
        return self

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)

    def __repr__(self) -> str:
        return f"FrozenDict({super().__repr__()})"


EMPTY: FrozenDict[str, Any] = FrozenDict()


_PLAIN = frozenset((str, int, float, bool, type(None)))
"""What most values are, and what needs no second look."""


def frozen(value: Any) -> Any:
    """Return a value with every mapping and list in it, at any depth, in its unchangeable form.

    Examples
    --------
    >>> frozen({"n": [1, 2], "of": {"any": [3]}})
    FrozenDict({'n': (1, 2), 'of': FrozenDict({'any': (3,)})})
    """
    if type(value) in _PLAIN or value is EMPTY:
        return value
    if isinstance(value, Mapping):
        return FrozenDict({key: part if type(part) in _PLAIN else frozen(part) for key, part in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(map(frozen, value))
    return value


class Part(Generic[T]):
    """What a part of a value says, read from the value itself; None where its kind of part has none.

    Examples
    --------
    >>> class Labelled:
    ...     text = "none"
    ...     upper, size = Part("text"), Part("text")
    >>> Labelled().upper(), Labelled().size
    ('NONE', None)
    """

    __slots__ = ("_name", "_of")

    def __init__(self, of: str) -> None:
        self._of = of

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: object, owner: type) -> T: ...
    def __get__(self, one: object, owner: type) -> Self | T:
        return self if one is None else cast(T, getattr(getattr(one, self._of), self._name, None))


class Kept:
    """A frozen dataclass that keeps what it works out (`cached_property`, `kept`); its copies keep the fields alone.

    So a value that was looked at equals, and is pickled like, one that was not.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _names(self)}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)


def _names(value: Any) -> Iterable[str]:
    return (field.name for field in fields(value))


def kept(method: F) -> F:
    """Work a method of a value out once for all arguments it is given: a `cached_property` with arguments.

    Examples
    --------
    >>> class Squares:
    ...     @kept
    ...     def of(self, n):
    ...         print("once")
    ...         return n * n
    >>> squares = Squares()
    >>> squares.of(3) + squares.of(3)
    once
    18
    """
    name = f"_{method.__name__} of"

    @wraps(method)
    def answer(self: Any, *key: Any) -> Any:
        known = self.__dict__.setdefault(name, {})
        if key not in known:
            known[key] = method(self, *key)
        return known[key]

    return cast(F, answer)
