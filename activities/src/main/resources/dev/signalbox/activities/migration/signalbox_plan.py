"""What an upgrade would do: where the database stands, what is pending, and the SQL of each revision."""

import io
import os
import re
import sys

from signalbox_answers import Unusable, answer, first_line, sqlstate
from signalbox_calls import branches, elsewhere, operations, parsed, reversible
from signalbox_database import Seen, Session, listen, read_only_by_default, where_the_database_is
from signalbox_project import Ended, as_tuple, configuration, environment, scripts


def describe(order):
    read_only_by_default(order)
    config = configuration(order)
    directory = scripts(config)
    heads = sorted(directory.get_heads())
    known = {script.revision for script in directory.walk_revisions()}
    if order.get("databaseless"):
        seen = Seen(sorted(order.get("at") or []), None, [], [], None, False)
    else:
        listen(order)
        seen = where_the_database_is(config, directory)
    database = seen.revisions
    pending, problem = pending_steps(directory, heads, known, database)
    answer(
        heads=heads,
        database=sorted(database),
        unknown=sorted(set(database) - known),
        versionTable=seen.version_table,
        uniqueIndexes=seen.unique_indexes,
        domains=seen.domains,
        serverVersion=seen.server_version,
        autocommit=seen.autocommit,
        pooled=Session.pooled,
        pending=[step.revision.revision for step in pending],
        problem=problem,
        versions=versions(),
        count=len(known),
    )
    for described in rendered(order, directory, database, pending):
        answer(revision=described)


def heads(order):
    """Where the code wants a database; none is asked."""
    read_only_by_default(order)
    answer(heads=sorted(scripts(configuration(order)).get_heads()))


def retreat(order):
    """What a downgrade would do: the way from where the database stands down to one revision, and its SQL."""
    read_only_by_default(order)
    config = configuration(order)
    directory = scripts(config)
    listen(order)
    seen = where_the_database_is(config, directory)
    steps = way_down(directory, seen.revisions, order["to"])
    answer(
        heads=sorted(directory.get_heads()),
        database=seen.revisions,
        unknown=[],
        uniqueIndexes=seen.unique_indexes,
        domains=seen.domains,
        serverVersion=seen.server_version,
        autocommit=seen.autocommit,
        pooled=Session.pooled,
        pending=[step.revision.revision for step in steps],
        problem=None,
        versions=versions(),
    )
    for described in rendered(order, directory, seen.revisions, steps, "downgrade"):
        answer(revision=described)


def way_down(directory, database, to):
    """The steps, the newest first. One line only: of branches nobody can say what else hangs on them."""
    known = {script.revision: script for script in directory.walk_revisions()}
    if to not in known:
        raise Unusable("no-way-down", "this code has no revision %s" % to)
    if not database:
        raise Unusable("no-way-down", "the database names no revision, so that nothing can be taken back")
    if len(database) > 1:
        raise Unusable("no-way-down", "the database stands on several branches (%s)" % ", ".join(database))
    at = database[0]
    if at not in known:
        raise Unusable("no-way-down", "the database stands at %s, which this code does not know" % at)
    if at == to:
        raise Unusable("no-way-down", "the database stands at %s already" % to)
    way = []
    while at != to:
        script = known[at]
        below = as_tuple(script.down_revision)
        if len(below) > 1:
            raise Unusable("no-way-down", "%s merges %s: a way down over a merge is none" % (at, ", ".join(below)))
        if not below:
            raise Unusable("no-way-down", "%s is not below %s, where the database stands" % (to, database[0]))
        if as_tuple(script.dependencies):
            raise Unusable("no-way-down", "%s depends on another branch" % at)
        way.append(at)
        at = directory.get_revision(below[0]).revision
    steps = list(directory._downgrade_revs(to, database[0]))
    if [step.revision.revision for step in steps] != way:
        raise Unusable("no-way-down", "Alembic would go another way down to %s" % to)
    return steps


def versions():
    import alembic
    import sqlalchemy

    return {
        "python": "%d.%d.%d" % sys.version_info[:3],
        "alembic": alembic.__version__,
        "sqlalchemy": sqlalchemy.__version__,
    }


def pending_steps(directory, heads, known, database):
    """What `upgrade heads` would run, in its order; and why that cannot be said, if it cannot."""
    if set(database) - known:
        return [], None
    try:
        return list(directory._upgrade_revs(as_tuple(heads), as_tuple(database))), None
    except Exception as unclear:
        return [], "%s: %s" % (type(unclear).__name__, unclear)


def rendered(order, directory, database, pending, function="upgrade"):
    """Each pending revision with its SQL. One that cannot be rendered does not hide those after it."""
    position = 0
    while position < len(pending):
        texts, broken = render_from(order, directory, database if position == 0 else None, pending[position:])
        for step, text in zip(pending[position:], texts):
            yield described(directory, step, text, None, function)
        position += len(texts)
        if broken is not None and position < len(pending):
            yield described(directory, pending[position], None, broken.why, function, broken.beyond)
            position += 1


class Stop(Exception):
    pass


class Broken:
    """Why a revision cannot be rendered; and what it does besides its operations, so that nobody can say what it is."""

    def __init__(self, why, beyond=None):
        self.why = why
        self.beyond = beyond


def beyond(broken):
    if not isinstance(broken, Exception):
        return "it ends the program when it is asked for its SQL"
    # While it is rendered it has no connection of ours.
    if sqlstate(getattr(broken, "orig", None) or broken) == "25006":
        return "it writes by a connection of its own"
    return None


def render_from(order, directory, database, steps):
    """Texts of the first steps, up to the first that raises, and what it raised."""
    output = io.StringIO()
    config = configuration(order, output)
    texts = []
    raised = []

    def captured(step):
        inner = step.migration_fn

        def run(**arguments):
            answer(reading=step.revision.revision)
            begin = len(output.getvalue())
            try:
                inner(**arguments)
            except KeyboardInterrupt:
                raise
            except BaseException as broken:
                shown = "%s: %s" % (type(broken).__name__, first_line(broken))
                raised.append(Broken(shown, beyond(broken)))
                raise Stop() from broken
            texts.append(output.getvalue()[begin:])

        step.migration_fn = run
        try:
            yield step
        finally:
            step.migration_fn = inner

    def all_steps(heads, context):
        if context.dialect.name != "postgresql":
            raise Unusable("other-dialect", "env.py renders for %s, and the database is a PostgreSQL" % context.dialect.name)
        for step in steps:
            yield from captured(step)

    start = list(steps[0].from_revisions_no_deps) or "base"
    try:
        environment(config, directory, all_steps, as_sql=True, starting_rev=start, dont_mutate=True)
    except Stop:
        pass
    except Ended:
        if not raised:
            raise
    except Exception as broken:
        # Between two revisions: Alembic's own bookkeeping, or env.py without an offline mode.
        raised.append(Broken("%s: %s" % (type(broken).__name__, first_line(broken))))
    if not raised and len(texts) < len(steps):
        raised.append(Broken("env.py renders nothing offline"))
    return texts, (raised[0] if raised else None)


def described(directory, step, sql, unavailable, function, beyond=None):
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
        "operations": operations(tree, function),
        "offlineBranches": b"is_offline_mode" in source or b"as_sql" in source or branches(tree, function),
        "elsewhere": elsewhere(tree, function),
        "reversible": reversible(tree),
        "sql": sql,
        "sqlUnavailable": unavailable,
        "beyond": beyond,
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
