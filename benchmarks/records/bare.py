"""The limit: the same rows into a table with the same columns and indexes, one plain INSERT in a transaction each.

``python -m benchmarks.records.bare CLIENTS SECONDS`` prints rows per second. Nothing of Django but its settings.
"""

import sys
import threading
import time
import uuid
from typing import Any

COLUMNS = (
    "id, enrolment_id, sequence, verb, activity_id, part, result, context, key, happened_at, stored_at, "
    "previous_hash, hash"
)
RESULT = '{"spans": [[1794732914710, 1794732915710]], "duration": "PT1.000S"}'
CONTEXT = '{"revision": "1", "language": "en"}'


def _row(number: int, enrolment: str) -> tuple[Any, ...]:
    now = "2026-03-02 08:00:00.000000+00:00"
    key = f"browser:act-{number:08d}"
    return (
        uuid.uuid4().hex,
        enrolment,
        number,
        "experienced",
        1,
        "",
        RESULT,
        CONTEXT,
        key,
        now,
        now,
        "0" * 64,
        "0" * 64,
    )


def _sqlite(name: str) -> Any:
    import sqlite3

    connection = sqlite3.connect(name, isolation_level=None, timeout=30)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    return connection


def _copy_table(connection: Any, vendor: str) -> None:
    if vendor == "sqlite":
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'records_statement'").fetchone()
        connection.execute("DROP TABLE IF EXISTS bare_statement")
        connection.execute(sql.replace('"records_statement"', '"bare_statement"', 1))
        connection.execute("CREATE INDEX bare_activity ON bare_statement (activity_id)")
        return
    connection.execute("DROP TABLE IF EXISTS bare_statement")
    connection.execute("CREATE TABLE bare_statement (LIKE records_statement INCLUDING ALL)")


def _insert(make: Any, vendor: str, until: float, counts: list[int]) -> None:
    connection = make()
    mark = "?" if vendor == "sqlite" else "%s"
    marks = ", ".join([mark] * 13)
    sql = f"INSERT INTO bare_statement ({COLUMNS}) VALUES ({marks})"
    enrolment, number = uuid.uuid4().hex, 0
    while time.perf_counter() < until:
        number += 1
        connection.execute(sql, _row(number, enrolment))
    counts.append(number)


def main(clients: int, seconds: float) -> None:
    import django

    django.setup()
    from django.conf import settings

    database = settings.DATABASES["default"]
    vendor = "sqlite" if "sqlite" in database["ENGINE"] else "postgresql"

    def make() -> Any:
        if vendor == "sqlite":
            return _sqlite(str(database["NAME"]))
        import psycopg

        return psycopg.connect(
            host=database["HOST"],
            port=database["PORT"],
            user=database["USER"],
            dbname=database["NAME"],
            autocommit=True,
        )

    _copy_table(make(), vendor)
    counts: list[int] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_insert, args=(make, vendor, until, counts)) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts) / seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
