"""What was decoded is kept within a limit; what was not asked for the longest goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Value = TypeVar("Value", bound=Sized)


class BoundedCache(Generic[Value]):
    """A dictionary that holds at most ``limit`` bytes. Safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._entries: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value for a key, made on first use. Two threads may make it at once; one result is kept."""
        with self._lock:
            value = self._entries.get(key)
            if value is not None:
                self._entries.move_to_end(key)
                return value
        value = make()
        with self._lock:
            if key not in self._entries:
                self._entries[key] = value
                self.used += value.nbytes
            while self.used > self.limit and len(self._entries) > 1:
                self.used -= self._entries.popitem(last=False)[1].nbytes
        return value

    def forget(self, keep: Callable[[Hashable], bool]) -> None:
        """Drops every entry whose key ``keep`` refuses."""
        with self._lock:
            for key in [key for key in self._entries if not keep(key)]:
                self.used -= self._entries.pop(key).nbytes
