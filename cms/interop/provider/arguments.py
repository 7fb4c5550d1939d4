"""What a harvester asked: one verb and its arguments (OAI-PMH 2.0, sections 3.1.1 and 4)."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from django.http import HttpRequest

from cms.interop.provider.errors import BadArgument, BadVerb
from cms.interop.provider.xml import is_writable

RESUMPTION = "resumptionToken"
LISTING = ("from", "until", "set", "metadataPrefix")


@dataclass(frozen=True)
class Verb:
    """``required`` and ``optional`` arguments; ``resumable`` verbs take a resumption token instead of any of them."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    resumable: bool = False


VERBS = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=("identifier",)),
    "ListSets": Verb(resumable=True),
    "GetRecord": Verb(required=("identifier", "metadataPrefix")),
    "ListIdentifiers": Verb(required=("metadataPrefix",), optional=("from", "until", "set"), resumable=True),
    "ListRecords": Verb(required=("metadataPrefix",), optional=("from", "until", "set"), resumable=True),
}


@dataclass(frozen=True)
class Question:
    verb: str
    arguments: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.arguments.get(name, "")


def question_of(request: HttpRequest) -> Question:
    """What is asked; whatever is wrong with it is raised as the protocol's own error."""
    pairs = _pairs(request)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1:
        raise BadVerb("The argument verb is missing." if not verbs else "The argument verb is repeated.")
    rules = VERBS.get(verbs[0])
    if rules is None:
        raise BadVerb("This is no verb of OAI-PMH 2.0.")
    arguments: dict[str, str] = {}
    for name, value in pairs:
        if name == "verb":
            continue
        _check(name, value, rules, arguments)
        arguments[name] = value
    if RESUMPTION in arguments and len(arguments) > 1:
        raise BadArgument("resumptionToken is an exclusive argument: send it with the verb alone.")
    missing = [name for name in rules.required if name not in arguments]
    if missing and RESUMPTION not in arguments:
        raise BadArgument(f"{', '.join(missing)} is missing.")
    return Question(verbs[0], arguments)


def _check(name: str, value: str, rules: Verb, before: dict[str, str]) -> None:
    allowed = {*rules.required, *rules.optional, *([RESUMPTION] if rules.resumable else [])}
    if name not in allowed:
        raise BadArgument("The request has an argument that this verb does not take.")
    if name in before:
        raise BadArgument(f"{name} is repeated.")
    if not value:
        raise BadArgument(f"{name} is empty.")
    if not is_writable(value):
        raise BadArgument(f"{name} has characters that XML cannot hold.")


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Every argument in its order, repeated ones, too: of the address, or of the body of a POST."""
    query = request.META.get("QUERY_STRING", "")
    if request.method == "POST":
        if request.content_type != "application/x-www-form-urlencoded":
            raise BadArgument("A POST sends its arguments as application/x-www-form-urlencoded.")
        if query:
            raise BadArgument("A POST has its arguments in the body, none in the address.")
        query = request.body.decode("ascii", "replace")
    try:
        return parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise BadArgument("The arguments cannot be read: they are UTF-8, percent-encoded, and few.") from None
