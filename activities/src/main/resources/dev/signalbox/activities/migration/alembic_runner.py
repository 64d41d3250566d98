"""Runs a project's own Alembic in the project's own Python, and answers in JSON.

    python alembic_runner.py describe   what the code has, where the database stands, the SQL of what is pending
    python alembic_runner.py heads      the code's heads, nothing else
    python alembic_runner.py retreat    as describe, of the way down to "to"
    python alembic_runner.py stand      where the database stands
    python alembic_runner.py upgrade    one revision after another, a line of JSON for each

The order is the first line of standard input, one JSON object:

    directory     where alembic.ini lies, or a pyproject.toml with [tool.alembic] (Alembic 1.16), or both
    ini           its name ("alembic.ini")
    url_variable  environment variable that holds the database address; absent = env.py finds it by itself
    application   application_name of every connection
    lock_timeout, statement_timeout, check_interval   in milliseconds; absent = the server's
    revisions     upgrade only: the revisions to run, in order; each is checked against what is next
    lock          upgrade only: {"pid", "high", "low"}, the advisory lock without which no revision begins; absent = none
    down          upgrade only: true = they are taken back, the newest first
    to            retreat only: the revision to go down to
    rehearse      upgrade only, on a copy: true = each end says what the revision did ("observed"), at the cost of its speed
    pooled        looks only: true = a pooler refused PGOPTIONS, so it is not set
    databaseless  describe only: true = asks no database; what comes after "at" is pending
    at            with databaseless only: the revisions that are on record of the database; absent = none

Answers go to the descriptor that standard output was when we started, one JSON object per line. Whatever the
project prints goes to standard error, so that it cannot be taken for an answer.

`upgrade` first says where the database stands and changes nothing until the line `go` comes. When standard input ends,
whoever started us wants us to end, or is dead: what runs is interrupted, and killed after five seconds.

Reads only when it describes, and before `go`: every connection of SQLAlchemy's is set to read-only transactions, and
where nothing is written afterwards PGOPTIONS says it to libpq. What a project's own code undoes on purpose, and what it
does besides PostgreSQL, nobody keeps it from. Exit: 0 answered, 1 the
project's Alembic could not be used (the last line says why: {"failed": {...}}), 2 the order is wrong.

Works with Alembic from 1.7 on and SQLAlchemy from 1.4 on; uses the standard library besides them.
"""

import atexit
import gc
import json
import os
import signal
import sys
import threading
import time

# Beside the project's files nothing is written; beside these, which are ours, what Python has compiled of them.
nothing_beside, sys.dont_write_bytecode = sys.dont_write_bytecode, False
from signalbox_answers import answer, keep_answers_apart, said
from signalbox_plan import describe, heads, retreat
from signalbox_upgrade import Answered, stand, upgrade

sys.dont_write_bytecode = nothing_beside

GRACE_SECONDS = 5
STANDARD_INPUT = 0
# SQLAlchemy makes a hundred thousand objects, and all stay: to look for garbage among them takes a tenth of our time.
MADE_BEFORE_A_LOOK_FOR_GARBAGE = 100000


class Guard:
    """Hears whoever started us, on a thread of its own: go, and the end."""

    def __init__(self):
        self.go = threading.Event()
        self.heard = b""
        # A group of our own: what the project starts ends with us.
        try:
            os.setsid()
        except OSError:
            pass  # We lead one already.

    def line(self):
        """The next one; empty = there is none. Not by sys.stdin: a thread that waits in it breaks Python's own end."""
        while b"\n" not in self.heard:
            more = os.read(STANDARD_INPUT, 65536)
            if not more:
                return b""
            self.heard += more
        line, _, self.heard = self.heard.partition(b"\n")
        return line + b"\n"

    def begin(self):
        threading.Thread(target=self.listen, name="signalbox-guard", daemon=True).start()

    def listen(self):
        while line := self.line():
            if line.strip() == b"go":
                self.go.set()
        # Interrupt first: some drivers (psycopg 3) cancel their statement then.
        send(signal.SIGINT)
        time.sleep(GRACE_SECONDS)
        send(signal.SIGKILL)

    def await_go(self):
        # In short waits: an interrupt is only noticed between them.
        while not self.go.wait(0.2):
            pass


def send(number):
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), number)
    else:
        os.kill(os.getpid(), number)


def leave(code):
    """Ends as Python does, but takes nothing apart before: that takes a fifth of the time of who only looks."""
    try:
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main():
    gc.set_threshold(MADE_BEFORE_A_LOOK_FOR_GARBAGE)
    keep_answers_apart()
    guard = Guard()
    try:
        order = json.loads(guard.line())
        todo = {"describe": describe, "heads": heads, "retreat": retreat, "stand": stand, "upgrade": lambda order: upgrade(order, guard.await_go)}[sys.argv[1]]
        order["directory"] = os.path.abspath(order["directory"])
    except (ValueError, KeyError, IndexError) as wrong:
        print("wrong order: %r" % wrong, file=sys.stderr)
        return 2
    guard.begin()
    # Alembic's own command puts the directory of its configuration on the path by prepend_sys_path, if at all.
    os.chdir(order["directory"])
    sys.path.insert(0, order["directory"])
    try:
        todo(order)
        return 0
    except Answered:
        return 1
    except BaseException as raised:
        answer(failed=said(raised))
    return 1


if __name__ == "__main__":
    exit_code = main()
    if sys.argv[1:] == ["upgrade"]:
        sys.exit(exit_code)
    leave(exit_code)
