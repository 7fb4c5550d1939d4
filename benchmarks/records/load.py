"""Many learners reporting at once over HTTP, from one process and without a library between."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field

from benchmarks.records.learners import Learner


@dataclass
class Outcome:
    """Acts that were acknowledged as stored, how long it took, and how long each report waited."""

    stored: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.stored / self.seconds

    def wait(self, percent: int) -> float:
        """The wait in milliseconds that so many percent of the reports did not exceed."""
        return 1000 * statistics.quantiles(self.waits, n=100)[percent - 1]


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Sends one report; returns how many of its acts were stored."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.partition(b"\r\n")[0].decode() + body[:200].decode(errors="replace"))
    return sum(answer["result"] == "stored" for answer in json.loads(body)["answers"])


async def _learn(
    learner: Learner, port: int, acts: int, first: int, until: float, pace: float, delay: float, out: Outcome
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number, due = first, time.perf_counter() + delay
    while (now := time.perf_counter()) < until:
        if pace and now < due:
            await asyncio.sleep(due - now)
        begun = due if pace else time.perf_counter()
        stored = await _ask(reader, writer, learner.request(number, acts))
        out.stored += stored  # not in one line: others add while this one waits
        out.waits.append(time.perf_counter() - begun)
        number, due = number + 1, due + pace
    writer.close()


def run(learners: list[Learner], port: int, *, acts: int, seconds: float, first: int, pace: float = 0) -> Outcome:
    """Lets the learners report for so many seconds, one after the other's answer or, paced, every ``pace`` seconds.

    ``first`` is the number of the first report, so that nothing is sent twice. A paced report's wait counts from
    the moment it was due.
    """

    async def everyone() -> Outcome:
        out, begun = Outcome(), time.perf_counter()
        tasks = [
            _learn(one, port, acts, first, begun + seconds, pace, pace * index / len(learners), out)
            for index, one in enumerate(learners)
        ]
        await asyncio.gather(*tasks)
        out.seconds = time.perf_counter() - begun
        return out

    return asyncio.run(everyone())
