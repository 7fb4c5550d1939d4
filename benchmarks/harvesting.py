"""A partner's list taken in, beside the limit (parsing the same answers with lxml and nothing else) and sickle, which
parses and stores nothing. The first look finds everything new, the second nothing."""

import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from lxml import etree

from benchmarks.site import prepare

PARTS, SIZE = 50, 100
FRAME = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{now}</responseDate>{content}</OAI-PMH>'
IDENTITY = (
    "<Identify><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
)
RECORD = (
    "<record><header><identifier>oai:partner.example:{number}</identifier><datestamp>2026-01-01T00:00:00Z</datestamp>"
    "</header><metadata><oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Patents for beginners, part {number}</dc:title>"
    "<dc:description>{words}</dc:description><dc:subject>patents</dc:subject><dc:language>en</dc:language>"
    "<dc:identifier>https://partner.example/{number}</dc:identifier></oai_dc:dc></metadata></record>"
)


def main() -> None:
    prepare()
    from sickle import Sickle
    from sickle.response import OAIResponse

    from cms.harvesting.harvesting import harvest
    from cms.harvesting.models import Harvest, Source
    from cms.vocabulary.models import Licence

    answers = list(_answers())
    source = Source.objects.create(
        name="Partner", base_url="https://partner.example/oai", licence=Licence.objects.first()
    )

    class Canned(Sickle):
        """sickle on the same bytes, without a network."""

        def harvest(self, **arguments: Any) -> OAIResponse:
            content = answers[int(arguments.get("resumptionToken", 0))]
            return OAIResponse(SimpleNamespace(content=content, text=content.decode()), arguments)

    def get(arguments: dict[str, str]) -> bytes:
        if arguments["verb"] == "Identify":
            return _frame(IDENTITY)
        return answers[int(arguments.get("resumptionToken", 0))]

    def ours() -> None:
        run = Harvest.objects.create(source=source)
        harvest(run, get)
        source.next_from = ""
        source.save(update_fields=["next_from"])

    count = PARTS * SIZE
    rows = [
        ("limit: lxml parses the answers", _seconds(lambda: [etree.fromstring(answer) for answer in answers])),
        ("sickle: parses, stores nothing", _seconds(lambda: list(Canned("x").ListRecords(metadataPrefix="oai_dc")))),
        ("ours, everything new", _seconds(ours)),
        ("ours, nothing changed", _seconds(ours)),
    ]
    print(f"\n{count} records in {PARTS} answers, on {source._state.db}")
    for name, seconds in rows:
        print(f"  {name:<40}{count / seconds:12,.0f} records/s {seconds / rows[1][1]:8.1f} × sickle")


def _answers() -> Iterator[bytes]:
    for part in range(PARTS):
        records = "".join(
            RECORD.format(number=part * SIZE + place, words="A lesson on how to read a patent. " * 6)
            for place in range(SIZE)
        )
        token = str(part + 1) if part + 1 < PARTS else ""
        yield _frame(f"<ListRecords>{records}<resumptionToken>{token}</resumptionToken></ListRecords>")


def _frame(content: str) -> bytes:
    return FRAME.format(now=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), content=content).encode()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
