"""Runs a project's own Alembic in the project's own Python, and answers in JSON.

    python alembic_runner.py describe   what the code has, where the database stands, the SQL of what is pending
    python alembic_runner.py upgrade    one revision after another, a line of JSON for each

The order comes on standard input, one JSON object:

    directory     where alembic.ini lies
    ini           its name ("alembic.ini")
    url_variable  environment variable that holds the database address; absent = env.py finds it by itself
    application   application_name of every connection
    lock_timeout, statement_timeout, check_interval   as PostgreSQL reads them ("4s"); absent = the server's
    revisions     upgrade only: the revisions to run, in order; each is checked against what is next
    databaseless  describe only: true = asks no database, everything is pending

Answers go to the descriptor that standard output was when we started, one JSON object per line. Whatever the
project prints goes to standard error, so that it cannot be taken for an answer.

Reads only when it describes: every connection is set to read-only transactions. Exit: 0 answered, 1 the project's
Alembic could not be used (the last line says why: {"failed": {...}}), 2 the order is wrong.

Works with Alembic from 1.7 on and SQLAlchemy from 1.4 on; uses the standard library besides them.
"""

import ast
import builtins
import io
import json
import os
import re
import sys
import traceback

ANSWERS = None
CHECK_INTERVAL_SINCE = 140000
UNIQUE_INDEXES = """
    select n.nspname || '.' || c.relname
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indisunique and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1
"""
INVALID_INDEXES = """
    select n.nspname || '.' || c.relname
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where not i.indisvalid
    order by 1
"""


class Unusable(Exception):
    """What keeps us from using the project's Alembic, in one word for programs and one sentence for people."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


# ---- answers


def answer(**fields):
    ANSWERS.write(json.dumps(fields, separators=(",", ":"), default=str) + "\n")
    ANSWERS.flush()


def keep_answers_apart():
    """The project's own prints must not end up between our answers."""
    global ANSWERS
    ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)


def failure(raised):
    """Class and text of what was raised, with the parts that carry row values cut away."""
    original = getattr(raised, "orig", None) or raised
    text = str(original).strip() or type(original).__name__
    # DETAIL shows values of rows; LINE and the caret repeat the statement.
    text = re.sub(r"(?ms)^(DETAIL|CONTEXT|PARAMETERS):.*?(?=^(HINT|LINE|CONTEXT):|\Z)", "", text).strip()
    statement = getattr(raised, "statement", None)
    return {
        "class": "%s.%s" % (type(original).__module__, type(original).__name__),
        "sqlstate": sqlstate(original),
        "message": text,
        "statement": statement,
    }


def sqlstate(original):
    for name in ("sqlstate", "pgcode"):
        value = getattr(original, name, None)
        if value:
            return value
    arguments = getattr(original, "args", ())
    # pg8000 gives the server's fields as a dictionary.
    if arguments and isinstance(arguments[0], dict):
        return arguments[0].get("C")
    # SQLAlchemy wraps asyncpg's error once more.
    cause = getattr(original, "__cause__", None)
    return sqlstate(cause) if cause is not None and cause is not original else None


# ---- the project


def configuration(order, output=None):
    try:
        from alembic.config import Config
    except ImportError as missing:
        raise Unusable("no-alembic", "this Python has no Alembic: %s" % missing) from missing
    path = os.path.join(order["directory"], order.get("ini") or "alembic.ini")
    if not os.path.isfile(path):
        raise Unusable("no-configuration", "there is no %s" % path)
    config = Config(path, stdout=sys.stderr) if output is None else Config(path, output_buffer=output, stdout=sys.stderr)
    if not config.get_main_option("script_location"):
        raise Unusable("no-configuration", "%s names no script_location" % path)
    address = os.environ.get(order.get("url_variable") or "")
    if address:
        config.set_main_option("sqlalchemy.url", with_driver(address, config).replace("%", "%%"))
    return config


def with_driver(address, config):
    """The address with the driver that the project's own configuration names: env.py may build on it."""
    scheme, separator, rest = address.partition("://")
    if scheme == "postgres":
        scheme = "postgresql"  # SQLAlchemy 1.4 and newer know no other name.
    try:
        own = config.get_main_option("sqlalchemy.url") or ""
    except Exception:  # an interpolation that only env.py can fill in
        own = ""
    own_scheme = own.partition("://")[0]
    if "+" not in scheme and own_scheme.startswith("postgresql+"):
        scheme = own_scheme
    return scheme + separator + rest


def scripts(config):
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory.from_config(config)
    try:
        directory.get_heads()
    except Exception as broken:
        raise Unusable(
            "revisions-broken",
            "the revision files cannot be read: %s: %s" % (type(broken).__name__, broken),
        ) from broken
    return directory


def as_tuple(value):
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def environment(config, directory, function, **options):
    """Runs the project's env.py with a function of ours in the place of the migrations."""
    from alembic.runtime.environment import EnvironmentContext

    with EnvironmentContext(config, directory, fn=function, **options):
        directory.run_env()


# ---- connections


def listen(order, read_only):
    """Settings of every connection, by SQL, so that each driver has them (asyncpg and pg8000 ignore PGOPTIONS)."""
    try:
        from sqlalchemy import event
        from sqlalchemy.engine import Engine
    except ImportError as missing:
        raise Unusable("no-alembic", "this Python has no SQLAlchemy: %s" % missing) from missing

    def settings():
        yield "application_name", order.get("application")
        yield "lock_timeout", order.get("lock_timeout")
        yield "statement_timeout", order.get("statement_timeout")
        if read_only:
            yield "default_transaction_read_only", "on"

    @event.listens_for(Engine, "connect")
    def connected(connection, record):
        cursor = connection.cursor()
        try:
            for name, value in settings():
                if value:
                    # set_config takes any value as data; SET would need quoting by hand.
                    cursor.execute("select set_config('%s', '%s', false)" % (name, str(value).replace("'", "''")))
            if order.get("check_interval"):
                cursor.execute("show server_version_num")
                if int(cursor.fetchone()[0]) >= CHECK_INTERVAL_SINCE:
                    cursor.execute(
                        "select set_config('client_connection_check_interval', '%s', false)" % order["check_interval"]
                    )
        finally:
            cursor.close()
        # A rollback of the first transaction would take the settings back.
        connection.commit()


# ---- describe


def describe(order):
    config = configuration(order)
    directory = scripts(config)
    heads = sorted(directory.get_heads())
    known = {script.revision for script in directory.walk_revisions()}
    if order.get("databaseless"):
        seen = Seen([], None, [], None)
    else:
        listen(order, read_only=True)
        seen = where_the_database_is(config, directory)
    database = seen.revisions
    pending, problem = pending_steps(directory, heads, known, database)
    answer(
        heads=heads,
        database=sorted(database),
        unknown=sorted(set(database) - known),
        versionTable=seen.version_table,
        uniqueIndexes=seen.unique_indexes,
        serverVersion=seen.server_version,
        pending=[step.revision.revision for step in pending],
        problem=problem,
        versions=versions(),
        count=len(known),
    )
    for described in rendered(order, directory, database, pending):
        answer(revision=described)


def versions():
    import alembic
    import sqlalchemy

    return {
        "python": "%d.%d.%d" % sys.version_info[:3],
        "alembic": alembic.__version__,
        "sqlalchemy": sqlalchemy.__version__,
    }


class Seen:
    """What one look at the database showed."""

    def __init__(self, revisions, version_table, unique_indexes, server_version):
        self.revisions = revisions
        self.version_table = version_table
        self.unique_indexes = unique_indexes
        self.server_version = server_version


def where_the_database_is(config, directory):
    found = []

    def look(heads, context):
        table = context._version  # the name and schema that env.py gives its version table
        version = column(context, "show server_version")
        found.append(
            Seen(list(as_tuple(heads)), table.fullname, column(context, UNIQUE_INDEXES), version[0] if version else None)
        )
        return []

    # dont_mutate: without it Alembic makes the version table before it looks.
    environment(config, directory, look, dont_mutate=True)
    if not found:
        raise Unusable("env-silent", "env.py ran and never called context.run_migrations()")
    # Several databases in one env.py (the multidb template) give several answers.
    if len({tuple(sorted(seen.revisions)) for seen in found}) > 1:
        raise Unusable("several-databases", "env.py migrates several databases, and they stand at different revisions")
    return found[0]


def pending_steps(directory, heads, known, database):
    """What `upgrade heads` would run, in its order; and why that cannot be said, if it cannot."""
    if set(database) - known:
        return [], None
    try:
        return list(directory._upgrade_revs(as_tuple(heads), as_tuple(database))), None
    except Exception as unclear:
        return [], "%s: %s" % (type(unclear).__name__, unclear)


def rendered(order, directory, database, pending):
    """Each pending revision with its SQL. One that cannot be rendered does not hide those after it."""
    position = 0
    while position < len(pending):
        texts, broken = render_from(order, directory, database if position == 0 else None, pending[position:])
        for step, text in zip(pending[position:], texts):
            yield described(directory, step, text, None)
        position += len(texts)
        if broken is not None and position < len(pending):
            yield described(directory, pending[position], None, broken)
            position += 1


class Stop(Exception):
    pass


def render_from(order, directory, database, steps):
    """Texts of the first steps, up to the first that raises, and what it raised."""
    output = io.StringIO()
    config = configuration(order, output)
    texts = []
    raised = []

    def captured(step):
        inner = step.migration_fn

        def run(**arguments):
            begin = len(output.getvalue())
            try:
                inner(**arguments)
            except Exception as broken:
                raised.append("%s: %s" % (type(broken).__name__, first_line(broken)))
                raise Stop() from broken
            texts.append(output.getvalue()[begin:])

        step.migration_fn = run
        try:
            yield step
        finally:
            step.migration_fn = inner

    def all_steps(heads, context):
        for step in steps:
            yield from captured(step)

    start = list(steps[0].from_revisions_no_deps) or "base"
    try:
        environment(config, directory, all_steps, as_sql=True, starting_rev=start, dont_mutate=True)
    except Stop:
        pass
    except Exception as broken:
        # Between two revisions: Alembic's own bookkeeping, or env.py without an offline mode.
        raised.append("%s: %s" % (type(broken).__name__, first_line(broken)))
    if not raised and len(texts) < len(steps):
        raised.append("env.py renders nothing offline")
    return texts, (raised[0] if raised else None)


def first_line(raised):
    return (str(raised).strip().splitlines() or [""])[0]


def described(directory, step, sql, unavailable):
    script = step.revision
    source = read(script.path)
    tree = parsed(source)
    return {
        "revision": script.revision,
        "downRevisions": list(as_tuple(script.down_revision)),
        "dependsOn": list(as_tuple(script.dependencies)),
        "branchLabels": sorted(script.branch_labels),
        "message": script.doc,
        "file": os.path.relpath(script.path, os.getcwd()),
        "hash": digest(source),
        "author": header(source, "Author"),
        "created": header(source, "Create Date"),
        "operations": operations(tree, "upgrade"),
        "offlineBranches": b"is_offline_mode" in source or b"as_sql" in source,
        "downgrade": operations(tree, "downgrade"),
        "reversible": reversible(tree),
        "sql": sql,
        "sqlUnavailable": unavailable,
    }


def read(path):
    with open(path, "rb") as file:
        return file.read()


def digest(source):
    import hashlib

    return hashlib.sha256(source).hexdigest()


def header(source, name):
    match = re.search(r"(?m)^%s:\s*(.+)$" % re.escape(name), source.decode("utf-8", "replace"))
    return match.group(1).strip() if match else None


# ---- what a revision's own code calls


def parsed(source):
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def function(tree, name):
    if tree is None:
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    return None


def operations(tree, name):
    """Calls on `op` and on batch operations in this function and the module's functions that it calls, in order."""
    start = function(tree, name)
    if start is None:
        return []
    found = []
    seen = set()

    def visit(node):
        for child in ast.walk(node):
            if not isinstance(child, ast.Call):
                continue
            if isinstance(child.func, ast.Attribute):
                found.append(call(child, root(child.func), child.func.attr))
            elif isinstance(child.func, ast.Name) and child.func.id not in seen:
                seen.add(child.func.id)
                called = function(tree, child.func.id)
                if called is not None:
                    visit(called)
                elif not hasattr(builtins, child.func.id):
                    found.append(call(child, "", child.func.id))

    seen.add(name)
    visit(start)
    # Types and columns of SQLAlchemy do nothing by themselves.
    return [one for one in sorted(found, key=lambda one: one["line"]) if one["on"] not in ("sa", "sqlalchemy", "postgresql")]


def call(node, on, name):
    return {
        "line": node.lineno,
        "on": on,
        "name": name,
        "arguments": [literal(argument) for argument in node.args],
        "named": {keyword.arg: literal(keyword.value) for keyword in node.keywords if keyword.arg},
    }


def root(attribute):
    """`op.get_bind().commit` is a call on op.get_bind."""
    value = attribute.value
    if isinstance(value, ast.Name):
        return value.id
    if isinstance(value, ast.Attribute):
        return root(value) + "." + value.attr
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return root(value.func) + "." + value.func.attr
    return "?"


def literal(node):
    """The value where it stands in the source as one; else its source, marked as such."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        pass
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text" and node.args:
        return literal(node.args[0])
    try:
        return {"source": ast.unparse(node)}
    except Exception:
        return {"source": "?"}


def reversible(tree):
    """Whether downgrade() does something: an empty one, or one that only raises, takes nothing back."""
    down = function(tree, "downgrade")
    if down is None:
        return False
    body = [node for node in down.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return not all(isinstance(node, (ast.Pass, ast.Raise)) for node in body)


# ---- upgrade


def upgrade(order):
    config = configuration(order)
    directory = scripts(config)
    wanted = list(order["revisions"])
    listen(order, read_only=False)
    for revision in wanted:
        run_one(config, directory, revision)


def run_one(config, directory, revision):
    """One revision in a run of env.py of its own: what was committed is known after each."""
    ran = []

    def only(heads, context):
        steps = directory._upgrade_revs(revision, heads)
        steps = list(steps)
        if [step.revision.revision for step in steps] != [revision]:
            raise Unusable(
                "not-next",
                "the database stands at %s: %s is not the next revision there"
                % (", ".join(sorted(as_tuple(heads))) or "no revision", revision),
            )
        answer(begin=revision, at=sorted(as_tuple(heads)), invalidIndexes=invalid_indexes(context))
        ran.append(revision)
        return steps

    environment(config, directory, only)
    if not ran:
        raise Unusable("env-silent", "env.py ran and never called context.run_migrations()")
    after, invalid = standing(config, directory)
    if not ran_to(directory, revision, after):
        # A revision that commits by itself leaves Alembic's own transaction empty-handed.
        raise Unusable(
            "not-recorded",
            "%s ran without an error, and the database stands at %s"
            % (revision, ", ".join(sorted(after)) or "no revision"),
        )
    answer(end=revision, at=sorted(after), invalidIndexes=invalid)


def ran_to(directory, revision, heads):
    """Whether what the database names includes this revision: as a head, or below one (a merge's other side)."""
    return any(
        script.revision == revision
        for head in heads
        for script in directory.iterate_revisions(head, "base")
    )


def standing(config, directory):
    found = []

    def look(heads, context):
        found.append((list(as_tuple(heads)), invalid_indexes(context)))
        return []

    environment(config, directory, look, dont_mutate=True)
    return found[0]


def invalid_indexes(context):
    """Left behind by a CREATE INDEX CONCURRENTLY that did not end; a retry with IF NOT EXISTS passes over them."""
    return column(context, INVALID_INDEXES)


def column(context, query):
    """The first column of what PostgreSQL answers; nothing of another database."""
    from sqlalchemy import text

    connection = context.connection
    if connection is None or connection.dialect.name != "postgresql":
        return []
    return [row[0] for row in connection.execute(text(query))]


def main():
    keep_answers_apart()
    try:
        order = json.loads(sys.stdin.read())
        todo = {"describe": describe, "upgrade": upgrade}[sys.argv[1]]
        order["directory"] = os.path.abspath(order["directory"])
    except (ValueError, KeyError, IndexError) as wrong:
        print("wrong order: %r" % wrong, file=sys.stderr)
        return 2
    # Alembic's own command puts the directory of its configuration on the path by prepend_sys_path, if at all.
    os.chdir(order["directory"])
    sys.path.insert(0, order["directory"])
    try:
        todo(order)
        return 0
    except Unusable as unusable:
        answer(failed={"code": unusable.code, "message": str(unusable)})
    except Exception as raised:
        traceback.print_exc()
        answer(failed=dict(code="raised", **failure(raised)))
    return 1


if __name__ == "__main__":
    sys.exit(main())
