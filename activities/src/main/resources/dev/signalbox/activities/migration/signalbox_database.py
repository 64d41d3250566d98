"""The project's connections: what is set on each of them, and what one look at its database shows."""

import json
import os
import re

from signalbox_answers import Unusable, first_line
from signalbox_project import as_tuple, environment

# An order to make a session writable, however it is written.
WRITABLE = re.compile(r"(?i)\bread\s+write\b|transaction_read_only\W+(to\s+|=\s*)?'?(off|false|no|0)\b")
# What takes our settings back: whatever the driver has by PGOPTIONS stays even so.
TAKEN_BACK = re.compile(r"(?i)^\s*(reset|discard)\b")
READ_ONLY = "-c default_transaction_read_only=on"
COMMIT = re.compile(r"(?i)^\s*(commit|end)\b")
# Who set a value decides who wins: what the project's own code sets is dearer to it than our policy.
BY_THE_PROJECT = ("client", "session")
TIMEOUTS = ("lock_timeout", "statement_timeout", "client_connection_check_interval")
UNIQUE_INDEXES = """
    select n.nspname || '.' || c.relname
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indisunique and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1
"""
DOMAINS = """
    select t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'd' and n.nspname not in ('pg_catalog', 'information_schema')
    order by 1
"""
LOCK_IS_HELD = """
    select 1 from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and pid = %d and classid::bigint = %d and objid::bigint = %d
      and database = (select oid from pg_database where datname = current_database())
"""
INVALID_INDEXES = """
    select n.nspname || '.' || c.relname
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where not i.indisvalid
    order by 1
"""
# What holds for a session, set by whomever.
SESSION = """
    select current_user || ' ' || coalesce(string_agg(name || '=' || setting, ' ' order by name), '')
    from pg_settings where source = 'session'
"""
# All that is asked between two revisions, in one question: they follow each other quickly.
BETWEEN = """
    select (%s), exists (%s), coalesce((select json_agg(found.name) from (%s) as found (name))::text, '[]')
"""


class Session:
    """How connections are made at this moment."""

    read_only = True
    # Behind a pooler a session is the server's, not ours: what is set for it would hold for others who get it next.
    pooled = False
    # Of the looks: their pools hold connections that are set to read-only transactions.
    engines = []


def read_only_by_default(order):
    """Also for connections that the project makes beside SQLAlchemy: libpq (psycopg, psycopg2) reads PGOPTIONS.

    Before anything of the project runs, and only where nothing is written afterwards: what it connects now may live on.
    A server that takes the connection and says nothing is given up as soon as by our own connections (psycopg alone
    waits for two minutes, psycopg2 for ever).
    """
    os.environ.setdefault("PGCONNECT_TIMEOUT", "10")
    if order.get("pooled"):
        Session.pooled = True
        return
    os.environ["PGOPTIONS"] = ("%s %s" % (os.environ.get("PGOPTIONS", ""), READ_ONLY)).strip()
    variable = order.get("url_variable") or ""
    # Options in an address hold in the place of PGOPTIONS.
    before, options, after = os.environ.get(variable, "").partition("options=")
    if options and before[-1:] in ("?", "&"):
        own, separator, rest = after.partition("&")
        ours = "%20" + READ_ONLY.replace(" ", "%20").replace("=", "%3D")
        os.environ[variable] = before + options + own + ours + separator + rest


def listen(order):
    """Settings of every connection, by SQL, so that each driver has them (asyncpg and pg8000 ignore PGOPTIONS)."""
    try:
        from sqlalchemy import event
        from sqlalchemy.engine import Engine
    except ImportError as missing:
        raise Unusable("no-alembic", "this Python has no SQLAlchemy: %s" % missing) from missing

    @event.listens_for(Engine, "connect")
    def connected(connection, record):
        if type(connection).__module__.startswith("sqlite3"):
            return
        cursor = connection.cursor()
        try:
            wanted = wanted_settings(order)
            cursor.execute(
                "select name, source, pg_backend_pid() from pg_settings where name in (%s)"
                % ", ".join("'%s'" % name for name in wanted)
            )
            found = cursor.fetchall()
            if Session.read_only and greeted_by(connection) not in (None, found[0][2]):
                Session.pooled = True
            if not pooled():
                # A name that the server does not have (client_connection_check_interval before 14) is not among them.
                for name, source, _ in found:
                    if not (name in TIMEOUTS and source in BY_THE_PROJECT):
                        cursor.execute(set_config(name, wanted[name], "false"))
        finally:
            cursor.close()
        # A rollback of the first transaction would take the settings back.
        connection.commit()
        if pooled():
            return
        if Session.read_only:
            require_default(connection)
            connection.rollback()

    @event.listens_for(Engine, "begin")
    def begun(connection):
        if pooled() and connection.dialect.name == "postgresql":
            for_this_transaction(connection.connection, wanted_settings(order))

    @event.listens_for(Engine, "before_cursor_execute")
    def executing(connection, cursor, statement, parameters, context, executemany):
        if Session.read_only and WRITABLE.search(statement):
            raise Unusable("writes-early", first_line(statement))
        if COMMIT.match(statement):
            Step.committed = True

    @event.listens_for(Engine, "after_cursor_execute")
    def executed(connection, cursor, statement, parameters, context, executemany):
        if Session.read_only and not pooled() and TAKEN_BACK.match(statement) and connection.dialect.name == "postgresql":
            require_default(connection.connection)

    @event.listens_for(Engine, "commit")
    def committing(connection):
        Step.committed = True


def pooled():
    return Session.read_only and Session.pooled


def greeted_by(connection):
    """Whose process id the server's greeting named. A pooler names one of its own making; None = the driver hides it."""
    raw = getattr(connection, "driver_connection", None) or connection
    try:
        if hasattr(raw, "get_server_pid"):
            return raw.get_server_pid()  # asyncpg
        if hasattr(raw, "_backend_key_data"):
            return int.from_bytes(raw._backend_key_data[:4], "big")  # pg8000
        return raw.info.backend_pid  # psycopg, psycopg2
    except Exception:
        return None


def for_this_transaction(connection, wanted):
    """What holds for one transaction only, so that nothing of it is left at the server."""
    cursor = connection.cursor()
    try:
        cursor.execute("set transaction read only")
        for name in ("application_name",) + TIMEOUTS:
            if name in wanted:
                cursor.execute(set_config(name, wanted[name], "true"))
        cursor.execute("show transaction_read_only")
        if cursor.fetchone()[0] != "on":
            raise Unusable("pooled", "its connections go through a pooler and commit each statement by itself")
    finally:
        cursor.close()


def set_config(name, value, local):
    return "select set_config('%s', '%s', %s)" % (name, value.replace("'", "''"), local)


def writable_from_now_on():
    """The connections that a pool kept from the looks are set to read only: they are not used again."""
    Session.read_only = False
    for engine in Session.engines:
        if engine is not None:
            # An asynchronous one has no loop any more in which it could be closed.
            engine.dispose(close=not engine.dialect.is_async)


def wanted_settings(order):
    wanted = {
        "application_name": order.get("application"),
        "lock_timeout": order.get("lock_timeout"),
        "statement_timeout": order.get("statement_timeout"),
        "client_connection_check_interval": order.get("check_interval"),
        "default_transaction_read_only": "on" if Session.read_only else None,
    }
    return {name: str(value) for name, value in wanted.items() if value is not None}


class Step:
    """What the revision that runs now has done: whether something of it stays when it fails."""

    committed = False


class Seen:
    """What one look at the database showed."""

    def __init__(self, revisions, version_table, unique_indexes, invalid_indexes, server_version, autocommit, domains=()):
        self.alone = True
        self.revisions = revisions
        self.version_table = version_table
        self.unique_indexes = unique_indexes
        self.domains = list(domains)
        self.invalid_indexes = invalid_indexes
        self.server_version = server_version
        self.autocommit = autocommit


def where_the_database_is(config, directory, unique=True, lock=None):
    found = []

    def look(heads, context):
        table = context._version  # the name and schema that env.py gives its version table
        version = column(context, "show server_version")
        if Session.read_only:
            require_read_only(context)
        if not lock_is_held(context, lock):
            raise Unusable("elsewhere", "env.py connects to another database than the one at this address, or by a pooler")
        if Session.read_only:
            Session.engines.append(context.connection and context.connection.engine)
        found.append(
            Seen(
                sorted(as_tuple(heads)),
                table.fullname,
                column(context, UNIQUE_INDEXES) if unique else [],
                column(context, INVALID_INDEXES),
                version[0] if version else None,
                commits_by_itself(context),
                column(context, DOMAINS) if unique else [],
            )
        )
        return []

    # dont_mutate: without it Alembic makes the version table before it looks.
    environment(config, directory, look, dont_mutate=True)
    if not found:
        raise Unusable("env-silent", "env.py ran and never called context.run_migrations()")
    # Several databases in one env.py (the multidb template) give several answers.
    if len({tuple(seen.revisions) for seen in found}) > 1:
        raise Unusable("several-databases", "env.py migrates several databases, and they stand at different revisions")
    found[0].alone = len(found) == 1
    return found[0]


def lock_is_held(context, lock):
    """Whether whoever started us holds it in this very database; without one there is nothing to hold."""
    return not lock or bool(column(context, lock_query(lock)))


def lock_query(lock):
    return LOCK_IS_HELD % (lock["pid"], lock["high"], lock["low"])


def require_default(connection):
    """What the server says of the next transactions, before the project has one."""
    cursor = connection.cursor()
    try:
        cursor.execute("show default_transaction_read_only")
        if cursor.fetchone()[0] != "on":
            raise Unusable("writes-early", "it makes its connection writable")
    finally:
        cursor.close()


def require_read_only(context):
    """Some drivers make a session writable without a statement that could be seen."""
    if column(context, "show transaction_read_only") == ["off"]:
        raise Unusable("writes-early", "it makes its connection writable")


def commits_by_itself(context):
    """Whether nothing of a revision is taken back when it fails."""
    if not context.impl.transactional_ddl:
        return True
    if context.connection is None:
        return False
    pooled = context.connection.connection
    raw = getattr(pooled, "dbapi_connection", None) or pooled.connection
    # The drivers' own words; what the server says of the isolation level does not show it.
    return getattr(raw, "autocommit", False) is True or str(getattr(raw, "isolation_level", "")).lower() == "autocommit"


class Between:
    """What one look between two revisions shows, on the connection that runs them."""

    def __init__(self, context, lock):
        from sqlalchemy import select, text

        held = lock_query(lock) if lock else "select 1"
        row = context.connection.execute(text(BETWEEN % (SESSION, held, INVALID_INDEXES))).first()
        self.session, self.locked, self.invalid_indexes = row[0], row[1], json.loads(row[2])
        # Its table is there: a revision has just been recorded in it.
        self.heads = tuple(one[0] for one in context.connection.execute(select(context._version.c.version_num)))


def column(context, query):
    """The first column of what PostgreSQL answers; nothing of another database."""
    from sqlalchemy import text

    connection = context.connection
    if connection is None or connection.dialect.name != "postgresql":
        return []
    return [row[0] for row in connection.execute(text(query))]
