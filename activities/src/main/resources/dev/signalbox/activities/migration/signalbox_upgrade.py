"""Runs revisions, and says after each what the database says."""

import time

from signalbox_answers import Unusable, answer, said
from signalbox_database import (
    INVALID_INDEXES,
    SESSION,
    TIMEOUTS,
    Between,
    Step,
    column,
    commits_by_itself,
    listen,
    read_only_by_default,
    lock_is_held,
    wanted_settings,
    where_the_database_is,
    writable_from_now_on,
)
from signalbox_project import as_tuple, configuration, environment, scripts
from signalbox_rehearsal import Observed


def stand(order):
    read_only_by_default(order)
    config = configuration(order)
    directory = scripts(config)
    listen(order)
    answer_standing(where_the_database_is(config, directory, unique=False))


def answer_standing(seen):
    answer(
        standing={
            "at": seen.revisions,
            "versionTable": seen.version_table,
            "invalidIndexes": seen.invalid_indexes,
            "autocommit": seen.autocommit,
        }
    )


def upgrade(order, await_go):
    config = configuration(order)
    directory = scripts(config)
    listen(order)
    seen = where_the_database_is(config, directory, unique=False, lock=order.get("lock"))
    answer_standing(seen)
    await_go()
    writable_from_now_on()
    run = Run(order, config, directory, seen.alone)
    try:
        while run.todo:
            run.some()
        run.finish()
    except BaseException as raised:
        answer(failed=dict(said(raised), revision=run.revision, committed=Step.committed, **run.left()))
        raise Answered() from raised


class Answered(Exception):
    """The failure is said already."""


class Run:
    """Runs revisions, each in a transaction of its own, after which the database says what was committed.

    One run of env.py carries as many as it can: all, where nothing but the revision's own transaction is open around
    it and nothing of the session's settings was changed; else one, and the next has a fresh connection.
    """

    def __init__(self, order, config, directory, alone):
        self.order = order
        self.config = config
        self.directory = directory
        self.walks = alone and not order.get("rehearse")
        self.todo = list(order["revisions"])
        self.revision = None
        self.under_way = None
        self.unconfirmed = None
        self.observed = None
        self.noted = set()

    def some(self):
        self.under_way = None
        Step.committed = False
        began = len(self.todo)
        environment(self.config, self.directory, self.steps, one_transaction_each=True)
        if self.under_way is not None:
            self.ended()
        if len(self.todo) == began:
            raise Unusable("env-silent", "env.py ran and never called context.run_migrations()")

    def steps(self, heads, context):
        """What Alembic asks for the next revision when the one before is committed."""
        self.confirm(heads, column(context, INVALID_INDEXES))
        self.require_lock(lock_is_held(context, self.order.get("lock")))
        self.keep_settings(context)
        session = column(context, SESSION)
        while self.todo:
            step = self.next(heads)
            if self.order.get("rehearse"):
                self.observed = Observed(context)
                context.on_version_apply_callbacks += (self.observed.last,)
            answer(begin=self.revision, at=sorted(as_tuple(heads)))
            self.under_way = time.monotonic()
            Step.committed = commits_by_itself(context)
            yield step
            if not self.walks or not is_free(context):
                return  # Only when env.py has ended everything is committed.
            self.ended()
            seen = Between(context, self.order.get("lock"))
            heads = seen.heads
            self.confirm(heads, seen.invalid_indexes)
            if [seen.session] != session:
                return  # What the revision or env.py set is not for the next one.
            if self.todo:
                self.require_lock(seen.locked)

    def next(self, heads):
        steps = self.way(as_tuple(heads))
        if [step.revision.revision for step in steps] != [self.revision]:
            raise Unusable(
                "not-next",
                "the database stands at %s: %s is not the next revision there"
                % (", ".join(sorted(as_tuple(heads))) or "no revision", self.revision),
            )
        return steps[0]

    def way(self, heads):
        if not self.order.get("down"):
            return list(self.directory._upgrade_revs(self.revision, heads))
        if heads != (self.revision,):
            return []
        below = as_tuple(self.directory.get_revision(self.revision).down_revision)
        return list(self.directory._downgrade_revs(below[0] if below else "base", self.revision))

    def ended(self):
        self.unconfirmed = (self.todo.pop(0), time.monotonic() - self.under_way)
        self.under_way = None

    def finish(self):
        if self.unconfirmed is not None:
            seen = where_the_database_is(self.config, self.directory, unique=False)
            self.confirm(seen.revisions, seen.invalid_indexes)

    def confirm(self, heads, invalid):
        """Says that the revision before ended: the database names it."""
        if self.unconfirmed is None:
            return
        revision, seconds = self.unconfirmed
        if ran_to(self.directory, revision, as_tuple(heads)) == bool(self.order.get("down")):
            # A revision that commits by itself leaves Alembic's own transaction empty-handed.
            self.revision = revision
            Step.committed = True
            raise Unusable(
                "not-recorded",
                "%s ran without an error, and the database stands at %s"
                % (revision, ", ".join(sorted(as_tuple(heads))) or "no revision"),
            )
        self.unconfirmed = None
        answer(
            end=revision,
            at=sorted(as_tuple(heads)),
            seconds=round(seconds, 3),
            invalidIndexes=invalid,
            observed=self.observed and self.observed.answer(),
        )

    def left(self):
        """Where a failure left the database; nothing = it does not say."""
        try:
            seen = where_the_database_is(self.config, self.directory, unique=False)
        except (Exception, KeyboardInterrupt):
            return {}
        try:
            self.confirm(seen.revisions, seen.invalid_indexes)
        except Unusable:
            pass  # It is what failed.
        return {"at": seen.revisions, "invalidIndexes": seen.invalid_indexes}

    def require_lock(self, held):
        self.revision = self.todo[0]
        if not held:
            raise Unusable("lock-lost", "the lock on this database was lost, so somebody else may migrate it now")

    def keep_settings(self, context):
        """The name is ours whatever env.py says: by it a lost run is found. A time-out is whose code says it."""
        ours = wanted_settings(self.order)
        if context.connection is None or context.connection.dialect.name != "postgresql":
            return
        for name in ("application_name",) + TIMEOUTS[:2]:
            now = column(context, "select setting from pg_settings where name = '%s'" % name)
            if name not in ours or not now or now[0] == ours[name]:
                continue
            self.note(name, column(context, "select current_setting('%s')" % name)[0])
            if name == "application_name":
                column(context, "select set_config('%s', '%s', false)" % (name, ours[name].replace("'", "''")))

    def note(self, name, value):
        if name not in self.noted:
            self.noted.add(name)
            answer(own=name, value=value)


def is_free(context):
    """Whether no transaction is open, so that what was done is committed."""
    connection = context.connection
    return connection is not None and connection.dialect.name == "postgresql" and not connection.in_transaction()


def ran_to(directory, revision, heads):
    """Whether what the database names includes this revision: as a head, or below one (a merge's other side)."""
    return revision in heads or any(
        script.revision == revision
        for head in heads
        for script in directory.iterate_revisions(head, "base")
    )
