"""What is worth keeping for a while."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Lately(Generic[Key, Made]):
    """What was asked for lately, by what it is made of: so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Key, Made] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._keep(key, make())
        self._made.move_to_end(key)
        return self._made[key]

    def get_all(
        self, keys: Iterable[Key], make: Callable[[list[Key]], Mapping[Key, Made]]
    ) -> list[Made]:
        """Return what is made of each key, in their order; what is missing is made at one go.

        A key of which nothing can be made is left out.
        """
        keys = list(keys)
        made = {key: self._made[key] for key in keys if key in self._made}
        if missing := [key for key in keys if key not in made]:
            made |= make(missing)
        found = [key for key in keys if key in made]
        for key in found:
            self._keep(key, made[key])
        return [made[key] for key in found]

    def _keep(self, key: Key, made: Made) -> None:
        self._made[key] = made
        self._made.move_to_end(key)
        if len(self._made) > self._most:
            self._made.popitem(last=False)
