"""An independent client harvests the running site over HTTP."""

import pytest
from sickle import Sickle
from sickle.oaiexceptions import BadArgument, IdDoesNotExist, NoRecordsMatch


@pytest.fixture
def sickle(site: str) -> Sickle:
    return Sickle(f"{site}/oai")


def test_it_finds_out_whom_it_talks_to(sickle: Sickle, site: str) -> None:
    identity = sickle.Identify()
    assert identity.protocolVersion == "2.0"
    assert identity.baseURL == f"{site}/oai"
    assert identity.deletedRecord == "persistent"
    assert {one.metadataPrefix for one in sickle.ListMetadataFormats()} == {"oai_dc", "lom"}
    assert {"wing:curriculum", "language:ar"} <= {one.setSpec for one in sickle.ListSets()}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_takes_everything_part_by_part(site: str, method: str) -> None:
    client = Sickle(f"{site}/oai", http_method=method)
    names = [header.identifier for header in client.ListIdentifiers(metadataPrefix="oai_dc")]
    assert len(names) == len(set(names)) > 200
    records = list(client.ListRecords(metadataPrefix="oai_dc", set="language:zh-hans"))
    assert all(record.metadata["language"] == ["zh-Hans"] for record in records)
    assert any("title" in record.metadata for record in records)
    one = client.GetRecord(identifier=records[0].header.identifier, metadataPrefix="lom")
    assert one.header.identifier == records[0].header.identifier


def test_its_mistakes_are_answered_in_the_protocols_words(sickle: Sickle) -> None:
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", set="no-such-set").next()
    with pytest.raises(IdDoesNotExist):
        sickle.GetRecord(identifier="oai:nowhere:1", metadataPrefix="oai_dc")
    with pytest.raises(BadArgument):
        sickle.ListRecords(metadataPrefix="oai_dc", **{"from": "yesterday"}).next()
