"""The engine alone beside tantivy and bare SQLite FTS5: the same texts, no database rows, the ten best."""

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.search import corpus
from benchmarks.search.timing import times

Acts = dict[str, Callable[[str], object]]
QUERIES = {
    "one term": corpus.ONE_TERM,
    "three terms": corpus.THREE_TERMS,
    "prefix": corpus.PREFIXES,
    "facets": corpus.ONE_TERM,
}


def main(size: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    texts = list(corpus.texts(size))
    results = {}
    for name, build in (("imprint's engine", engine), ("tantivy", tantivy_index), ("FTS5", fts5)):
        start = time.perf_counter()
        acts = build(texts)
        found: dict[str, Any] = {"rate": size / (time.perf_counter() - start)}
        found.update((kind, times(act, QUERIES[kind]).as_dict()) for kind, act in acts.items())
        results[name] = found
    print(json.dumps(results))


def engine(texts: list[corpus.Text]) -> Acts:
    from cms.search.analysis.chinese import Segmenter
    from cms.search.analysis.tokens import completion_tokens, index_tokens
    from cms.search.engine.nodes import AllOf, Prefix, Term, place
    from cms.search.engine.schema import PREFIXES, TEXT, Document, Posting
    from cms.search.engine.search import find
    from cms.search.engine.snapshot import reader_for
    from cms.search.engine.writer import BatchWriter
    from cms.search.filters import kinds_mask

    path, segmenter = Path(tempfile.mkdtemp()), Segmenter()
    writer = BatchWriter.create(path, {"fields": {}})
    writer.add_columns(["v_language"])
    for number, text in enumerate(texts):
        document = Document(f"page:{number}", "page", str(number), values={"v_language": text.language})
        for field, (value, boost) in enumerate(((text.title, 2.0), (text.summary, 1.0), (text.body, 1.0))):
            for term, position in index_tokens(value, text.language, segmenter)[0]:
                if term in document.text:
                    document.text[term].weight += boost
                    document.text[term].places.append(place(field, position))
                else:
                    document.text[term] = Posting(boost, place(field, position))
                document.length += 1
        for term, position in completion_tokens(text.title):
            document.prefixes.setdefault(term, Posting(1.0, place(0, position)))
        writer.add(document)
    writer.commit()
    writer.publish()
    snapshot, pages = reader_for(path).snapshot(), kinds_mask(["page"])

    def top(found: Any) -> object:
        snapshot.forget_answers()
        return len(found), found.object_ids(found.top(0, 10))

    def terms(query: str) -> Any:
        stems = [term for term, _position in index_tokens(query, "en", segmenter)[0]]
        return find(snapshot, AllOf(tuple(Term(TEXT, stem) for stem in stems)), pages)

    def facets(query: str) -> object:
        found = terms(query)
        return top(found), found.counts("v_language")

    return {
        "one term": lambda query: top(terms(query)),
        "three terms": lambda query: top(terms(query)),
        "prefix": lambda query: top(find(snapshot, Prefix(PREFIXES, query), pages)),
        "facets": facets,
    }


def tantivy_index(texts: list[corpus.Text]) -> Acts:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_text_field("words", tokenizer_name="default")
    builder.add_text_field("language", tokenizer_name="raw", fast=True)
    builder.add_integer_field("number", stored=False, fast=True)
    index = tantivy.Index(builder.build(), path=tempfile.mkdtemp())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(
            tantivy.Document(
                title=text.title,
                body=f"{text.summary} {text.body}",
                words=text.title,
                language=text.language,
                number=number,
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    count_languages = json.dumps({"languages": {"terms": {"field": "language"}}})

    def parsed(query: str) -> Any:
        return index.parse_query(query, ["title", "body"], conjunction_by_default=True, field_boosts={"title": 2.0})

    def top(query: Any) -> object:
        return searcher.search(query, 10, count=True).hits

    def prefix(query: str) -> object:
        return top(tantivy.Query.regex_query(index.schema, "words", f"{query}.*"))

    def facets(query: str) -> object:
        return top(parsed(query)), searcher.aggregate(parsed(query), json.loads(count_languages))

    return {
        "one term": lambda query: top(parsed(query)),
        "three terms": lambda query: top(parsed(query)),
        "prefix": prefix,
        "facets": facets,
    }


def fts5(texts: list[corpus.Text]) -> Acts:
    base = sqlite3.connect(Path(tempfile.mkdtemp()) / "fts.sqlite3")
    base.execute(
        "CREATE VIRTUAL TABLE pages USING fts5(title, body, language UNINDEXED, tokenize='porter', prefix='3')"
    )
    rows = ((text.title, f"{text.summary} {text.body}", text.language) for text in texts)
    base.executemany("INSERT INTO pages (title, body, language) VALUES (?, ?, ?)", rows)
    base.commit()

    def rows_for(query: str) -> object:
        best = base.execute(
            "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, 2.0, 1.0) LIMIT 10", [query]
        )
        count = base.execute("SELECT count(*) FROM pages WHERE pages MATCH ?", [query])
        return best.fetchall(), count.fetchone()

    def facets(query: str) -> object:
        counts = base.execute("SELECT language, count(*) FROM pages WHERE pages MATCH ? GROUP BY language", [query])
        return rows_for(query), counts.fetchall()

    return {
        "one term": rows_for,
        "three terms": rows_for,
        "prefix": lambda query: rows_for(f"title: {query}*"),
        "facets": facets,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
