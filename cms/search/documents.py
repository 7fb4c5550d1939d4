"""From a model instance to what the engine indexes: its texts by language, its values for filters."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Manager, Model
from django.db.models.fields.related import RelatedField
from django.utils.encoding import force_str
from django.utils.functional import Promise
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.languages import DEFAULT
from cms.search.analysis.tokens import completion_tokens, index_tokens, whole_name
from cms.search.engine.nodes import place
from cms.search.engine.schema import LAST_POSITION, VALUE_PREFIX, Document, Posting

GAP = 100  # positions between two texts of one field, so that no phrase crosses them
LONGEST_NAME_TEXT = 100  # characters of a title that is also found as a whole
LONGEST_TEXT = 200_000  # characters of one text that are read


def document_key(model: type[Model], pk: Any) -> str:
    """One key per object, whichever class of its inheritance it is saved as."""
    return f"{get_model_root(model)._meta.label_lower}:{pk}"


@cache
def column_name(model: type[Model], field: FilterField) -> str:
    """The column of a filter field; subclasses share the column of the model that defines it."""
    owner = field.get_definition_model(model) or model
    return f"{VALUE_PREFIX}{owner._meta.label_lower}_{field.get_attname(model)}".replace(".", "_")


@cache
def field_name(model: type[Model], field: SearchField | AutocompleteField) -> str:
    owner = field.get_definition_model(model) or model
    return f"{owner.__module__}.{owner.__qualname__}.{field.field_name}"


def related_column_name(model: type[Model], path: list[Any]) -> str:
    """The column of a filter field that ``RelatedFields`` lead to."""
    owner = path[0].get_definition_model(model) or model
    names = "_".join(field.field_name for field in path)
    return f"{VALUE_PREFIX}{owner._meta.label_lower}_{names}".replace(".", "_")


def column_names(model: Any) -> list[str]:
    """Every column the objects of a model fill."""
    related = (related_column_name(model, path) for path in related_paths(model.get_search_fields()))
    return [*(column_name(model, field) for field in model.get_filterable_search_fields()), *related]


def related_paths(fields: list[Any]) -> Iterator[list[Any]]:
    """Each filter field behind ``RelatedFields``, as the steps that lead to it."""
    for field in fields:
        if isinstance(field, RelatedFields):
            for inner in field.fields:
                if isinstance(inner, FilterField):
                    yield [field, inner]
            yield from ([field, *path] for path in related_paths(field.fields))


@dataclass
class Text:
    """One text of an object, to be analysed."""

    field: str
    language: str
    value: str
    boost: float


def make_document(obj: Any, field_number: Callable[[str], int], segmenter: Segmenter) -> Document:
    """Analyses one object for the index."""
    model: Any = type(obj)
    document = Document(document_key(model, obj.pk), model._meta.label_lower, force_str(obj.pk))
    fields = model.get_search_fields()
    _add_texts(document, texts_of(obj, SearchField), field_number, segmenter)
    _add_completions(document, texts_of(obj, AutocompleteField), field_number)
    for field in fields:
        if isinstance(field, FilterField):
            document.values[column_name(model, field)] = plain(_getter(model, field)(obj))
    for path in related_paths(fields):
        document.values[related_column_name(model, path)] = [plain(value) for value in _values_at(obj, path)]
    return document


@cache
def _getter(model: type[Model], field: Any) -> Callable[[Any], Any]:
    """``field.get_value``; for a plain column without what modelsearch finds out anew for every object."""
    try:
        column = field.get_field(model)
    except FieldDoesNotExist:
        return field.get_value  # type: ignore[no-any-return]
    is_plain = type(column).value_from_object is Field.value_from_object and not isinstance(column, RelatedField)
    if is_plain and not hasattr(column, "get_searchable_content"):
        return attrgetter(column.attname)
    return field.get_value  # type: ignore[no-any-return]


def _values_at(obj: Any, path: list[Any]) -> Iterator[Any]:
    if len(path) == 1:
        yield path[0].get_value(obj)
        return
    for related in _related(obj, path[0]):
        yield from _values_at(related, path[1:])


def _add_texts(document: Document, texts: list[Text], number_of: Callable[[str], int], segmenter: Segmenter) -> None:
    next_position: dict[int, int] = {}
    postings = document.text
    for text in texts:
        number = number_of(text.field)
        start = next_position.get(number, 0)
        first, last, boost = place(number, start), place(number, LAST_POSITION), text.boost
        tokens, words = index_tokens(text.value, text.language, segmenter)
        for term, position in tokens:
            spot = first + position if first + position < last else last
            posting = postings.get(term)
            if posting is None:
                postings[term] = Posting(boost, spot)
            else:
                posting.weight += boost
                posting.places.append(spot)
        if text.boost > 1 and len(text.value) <= LONGEST_NAME_TEXT and (name := whole_name(text.value)):
            postings.setdefault(name, Posting(0.0, place(number, start))).weight += text.boost
        document.length += len(tokens)
        document.words |= words
        next_position[number] = start + (tokens[-1][1] if tokens else 0) + GAP


def _add_completions(document: Document, texts: list[Text], number_of: Callable[[str], int]) -> None:
    postings = document.prefixes
    for text in texts:
        number = number_of(text.field)
        for term, position in completion_tokens(text.value):
            posting = postings.get(term)
            if posting is None:
                postings[term] = Posting(text.boost, place(number, position))
            else:
                posting.places.append(place(number, position))


def texts_of(obj: Any, kind: type[Any], fields: list[Any] | None = None) -> list[Text]:
    """The texts of an object, and of what its ``RelatedFields`` lead to, in fields of this kind."""
    return list(_texts(obj, type(obj).get_search_fields() if fields is None else fields, kind))


def _texts(obj: Any, fields: list[Any], kind: type[Any]) -> Iterator[Text]:
    model: Any = type(obj)
    for field in fields:
        if isinstance(field, RelatedFields):
            for related in _related(obj, field) if _leads_to(field, kind) else []:
                yield from _texts(related, field.fields, kind)
        elif isinstance(field, kind):
            value = as_text(_getter(model, field)(obj))[:LONGEST_TEXT]
            if value:
                yield Text(
                    field_name(model, field),
                    language_of(obj, field.field_name),
                    value,
                    getattr(field, "boost", None) or 1.0,
                )


def _leads_to(field: RelatedFields, kind: type[Any]) -> bool:
    """Whether there is a field of this kind behind it: without one, nothing related is loaded."""
    inner = field.fields
    return any(isinstance(part, kind) or (isinstance(part, RelatedFields) and _leads_to(part, kind)) for part in inner)


def _related(obj: Any, field: RelatedFields) -> list[Any]:
    value = field.get_value(obj)
    if value is None:
        return []
    if isinstance(value, Manager):
        return list(value.all())
    return [value() if callable(value) else value]


def language_of(obj: Any, name: str) -> str:
    """The language of a text: its column's in translated records, its object's, else the site's first."""
    if column := _column_language(name):
        return column
    if own := getattr(obj, "search_language", None):
        return str(own)
    locale_id = getattr(obj, "locale_id", None)
    return _locale_code(locale_id, type(obj)) if locale_id else DEFAULT  # type: ignore[arg-type]


@cache
def _column_language(name: str) -> str | None:
    """The language that the name of a translated record's column ends in."""
    codes = (code for code, _name in settings.LANGUAGES)
    return next((code for code in codes if name.endswith(f"_{code.replace('-', '_')}")), None)


@lru_cache(maxsize=64)
def _locale_code(locale_id: int, model: Any) -> str:
    locale: Any = model._meta.get_field("locale").related_model
    return str(locale._default_manager.get(pk=locale_id).language_code)


def as_text(value: Any) -> str:
    """A value of a search field as one text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, set)):
        return " \n".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return " \n".join(as_text(item) for item in value.values())
    return force_str(value)


def plain(value: Any) -> Any:
    """A value as JSON can hold it, so that two values compare as the database compares them."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.UTC) if value.tzinfo else value
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, Model):
        return plain(value.pk)
    if isinstance(value, (uuid.UUID, Promise)):
        return str(value)
    if hasattr(value, "__iter__") and not isinstance(value, dict):
        return [plain(item) for item in value]
    return force_str(value)
