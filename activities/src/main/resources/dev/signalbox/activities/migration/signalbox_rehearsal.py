"""What a revision does to a copy: which tables it locks and for how long, rows that it writes, tables that it rewrites.

Asks after every statement, on the connection that runs the revision: only there everything is seen, and only a copy can
bear it.
"""

import time

# From the weakest to the strongest (PostgreSQL's manual, "Table-Level Locks").
MODES = (
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
)
TABLES = """
    select c.oid, c.oid::regclass::text, pg_relation_filenode(c.oid)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
"""
LOCKS = """
    select relation, mode from pg_locks
    where pid = pg_backend_pid() and locktype = 'relation' and granted
"""
# What a transaction has not committed yet is only here.
ROWS = """
    select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables where relid <> %d
"""


class Observed:
    """One revision on a copy. Tables that it makes itself are nobody's yet, and are left out."""

    def __init__(self, context):
        from sqlalchemy import event

        self.connection = context.connection
        self.asking = False
        self.began = None
        self.since = {}
        self.longest = (0.0, None)
        self.strongest = {}
        self.written = 0
        self.of_this_transaction = 0
        tables = {oid: (name, node) for oid, name, node in self.ask(TABLES)}
        versions = [oid for oid, (name, _) in tables.items() if name.split(".")[-1].strip('"') == context._version.name]
        for oid in versions:
            del tables[oid]
        self.tables = tables
        self.rows_asked = ROWS % (versions[0] if versions else 0)
        event.listen(self.connection, "before_cursor_execute", self.before)
        event.listen(self.connection, "after_cursor_execute", self.after)
        event.listen(self.connection, "commit", self.committed)

    def ask(self, query):
        self.asking = True
        try:
            return [tuple(row) for row in self.connection.exec_driver_sql(query)]
        finally:
            self.asking = False

    def before(self, connection, cursor, statement, parameters, context, executemany):
        if not self.asking:
            self.began = time.monotonic()

    def after(self, connection, cursor, statement, parameters, context, executemany):
        if not self.asking:
            self.look()

    def look(self):
        now = time.monotonic()
        exclusive = set()
        for oid, mode in self.ask(LOCKS):
            if oid in self.tables:
                if MODES.index(mode) > MODES.index(self.strongest.get(oid, MODES[0])):
                    self.strongest[oid] = mode
                if mode == MODES[-1]:
                    exclusive.add(oid)
                    # From the statement on that asked for it: whoever comes later waits already.
                    self.since.setdefault(oid, self.began or now)
        for oid in set(self.since) - exclusive:
            self.let_go(oid, now)
        rows = int(self.ask(self.rows_asked)[0][0])
        if rows < self.of_this_transaction:
            self.written += self.of_this_transaction
        self.of_this_transaction = rows

    def let_go(self, oid, now):
        took = now - self.since.pop(oid)
        if took > self.longest[0]:
            self.longest = (took, self.tables[oid][0])

    def committed(self, connection):
        now = time.monotonic()
        for oid in list(self.since):
            self.let_go(oid, now)

    def last(self, **arguments):
        """Called by Alembic when the revision has run, inside of its transaction."""
        self.look()
        now = {oid: node for oid, _, node in self.ask(TABLES)}
        self.rewritten = sorted(
            name for oid, (name, node) in self.tables.items() if node is not None and now.get(oid, node) != node
        )

    def answer(self):
        self.committed(None)
        return {
            "exclusive": round(self.longest[0], 3),
            "table": self.longest[1],
            "locks": sorted("%s %s" % (self.tables[oid][0], mode) for oid, mode in self.strongest.items()),
            "rows": self.written + self.of_this_transaction,
            "rewritten": self.rewritten,
        }
