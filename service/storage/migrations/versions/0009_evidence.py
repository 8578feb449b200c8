"""Lasting rows that nobody can change or delete, whichever table they are in; a salt for the ties of pseudonyms."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

COMMITTED = "OLD.state = 'committed'"
OF_COMMITTED = "EXISTS (SELECT 1 FROM imports WHERE id = OLD.import_id AND state = 'committed')"
STILL_RUN = "EXISTS (SELECT 1 FROM runs WHERE id = OLD.run_id)"
OPENED = "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL"
FELL = "NEW.revision < OLD.revision"
ALWAYS = ""
LASTING = ("objections", "objection_answers", "rounds", "round_reasons", "startup_refs", "accesses", "earlier")
BOTH = ("UPDATE", "DELETE")
GUARDS = (
    *((table, operation, ALWAYS) for table in LASTING for operation in BOTH),
    *(("imports", operation, COMMITTED) for operation in BOTH),
    *(("import_rows", operation, OF_COMMITTED) for operation in BOTH),
    ("runs", "UPDATE", ALWAYS),
    ("shown", "UPDATE", ALWAYS),
    ("shown", "DELETE", STILL_RUN),
    ("outcomes", "UPDATE", ALWAYS),
    ("users", "DELETE", ALWAYS),
    ("keys", "DELETE", ALWAYS),
    ("keys", "UPDATE", OPENED),
    ("catalogue", "DELETE", ALWAYS),
    ("catalogue", "UPDATE", FELL),
)
"""Table, deed that is refused, and when."""


def upgrade() -> None:
    """Apply."""
    op.add_column("startup_refs", sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    refs = sa.table("startup_refs", sa.column("ref"), sa.column("salt"))
    for ref in op.get_bind().scalars(sa.select(refs.c.ref)).all():
        op.execute(sa.update(refs).where(refs.c.ref == ref).values(salt=secrets.token_hex(16)))
    for table, operation, when in GUARDS:
        for statement in _guard(table, operation, when):
            op.execute(statement)


def _guard(table: str, operation: str, when: str) -> list[str]:
    name = f"{table}_{operation.lower()}_refused"
    if op.get_bind().dialect.name != "postgresql":
        condition = f"WHEN {when} " if when else ""
        refusal = f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
        return [f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {condition}{refusal}"]
    function, condition = "records_refuse", f"WHEN ({when}) " if when else ""
    statements = []
    if "SELECT" in when:  # PostgreSQL takes no query in WHEN
        function, condition = name, ""
        body = f"IF {when} THEN RAISE EXCEPTION '{table} rows are never changed'; END IF; RETURN {_row(operation)};"
        statements = [f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"]
    event = f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {function}()"
    return [*statements, event]


def _row(operation: str) -> str:
    return "OLD" if operation == "DELETE" else "NEW"
