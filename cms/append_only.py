"""Database triggers that refuse updates and deletions, for SQLite and PostgreSQL."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION imprint_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only: % on %', TG_OP, TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql;
"""


def append_only(table: str) -> migrations.RunPython:
    """A migration operation that makes ``table`` append-only in the database itself; reversible."""

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            # No parameters: the function's own percent signs stay as they are.
            editor.execute(POSTGRES_FUNCTION, params=None)
            editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION imprint_append_only()"
            )
        elif editor.connection.vendor == "sqlite":
            for act in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'append-only: {act} on {table}'); END"
                )

    def backwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        elif editor.connection.vendor == "sqlite":
            for act in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{act}")

    return migrations.RunPython(forwards, backwards)


def lifted(table: str) -> migrations.RunPython:
    """Takes the triggers away, for a migration that gives the rows a new column; ``append_only`` puts them back."""
    kept = append_only(table)
    assert kept.reverse_code is not None
    return migrations.RunPython(kept.reverse_code, kept.code)
