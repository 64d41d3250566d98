"""Runs revisions, and says after each what the database says."""

import time

from signalbox_answers import Unusable, answer, said
from signalbox_database import (
    INVALID_INDEXES,
    TIMEOUTS,
    Step,
    column,
    commits_by_itself,
    listen,
    lock_is_held,
    wanted_settings,
    where_the_database_is,
    writable_from_now_on,
)
from signalbox_project import as_tuple, configuration, environment, scripts
from signalbox_rehearsal import Observed


def stand(order):
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
    answer_standing(where_the_database_is(config, directory, unique=False, lock=order.get("lock")))
    await_go()
    writable_from_now_on()
    run = Run(order, config, directory)
    try:
        for revision in order["revisions"]:
            run.one(revision)
        run.finish(where_the_database_is(config, directory, unique=False))
    except (Exception, KeyboardInterrupt) as raised:
        answer(failed=dict(said(raised), revision=run.revision, committed=Step.committed, **run.left()))
        raise Answered() from raised


class Answered(Exception):
    """The failure is said already."""


class Run:
    """Runs revisions, each in a run of env.py of its own: what was committed is known after each."""

    def __init__(self, order, config, directory):
        self.order = order
        self.config = config
        self.directory = directory
        self.revision = None
        self.unconfirmed = None
        self.observed = None
        self.noted = set()

    def one(self, revision):
        self.revision = revision
        Step.committed = False
        ran = []

        def only(heads, context):
            self.confirm(heads, column(context, INVALID_INDEXES))
            steps = list(self.directory._upgrade_revs(revision, heads))
            if [step.revision.revision for step in steps] != [revision]:
                raise Unusable(
                    "not-next",
                    "the database stands at %s: %s is not the next revision there"
                    % (", ".join(sorted(as_tuple(heads))) or "no revision", revision),
                )
            self.require_lock(context)
            self.keep_settings(context)
            if self.order.get("rehearse"):
                self.observed = Observed(context)
                context.on_version_apply_callbacks += (self.observed.last,)
            answer(begin=revision, at=sorted(as_tuple(heads)))
            ran.append(time.monotonic())
            Step.committed = commits_by_itself(context)
            return steps

        environment(self.config, self.directory, only)
        if not ran:
            raise Unusable("env-silent", "env.py ran and never called context.run_migrations()")
        self.unconfirmed = (revision, time.monotonic() - ran[0])

    def finish(self, seen):
        self.confirm(seen.revisions, seen.invalid_indexes)

    def confirm(self, heads, invalid):
        """Says that the revision before ended: the database names it."""
        if self.unconfirmed is None:
            return
        revision, seconds = self.unconfirmed
        if not ran_to(self.directory, revision, as_tuple(heads)):
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

    def require_lock(self, context):
        if not lock_is_held(context, self.order.get("lock")):
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


def ran_to(directory, revision, heads):
    """Whether what the database names includes this revision: as a head, or below one (a merge's other side)."""
    return any(
        script.revision == revision
        for head in heads
        for script in directory.iterate_revisions(head, "base")
    )
