"""What the runner says to whoever started it: a line of JSON for each answer, and failures without rows in them."""

import json
import os
import re
import sys
import traceback

ANSWERS = None


class Unusable(Exception):
    """What keeps us from using the project's Alembic, in one word for programs and one sentence for people."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


def answer(**fields):
    ANSWERS.write(json.dumps(fields, separators=(",", ":"), default=str) + "\n")
    ANSWERS.flush()


def keep_answers_apart():
    """The project's own prints must not end up between our answers."""
    global ANSWERS
    ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)


# ---- failures


def said(raised):
    if isinstance(raised, Unusable):
        return {"code": raised.code, "message": str(raised)}
    if isinstance(raised, KeyboardInterrupt):
        return {"code": "stopped", "message": "it was stopped"}
    print_clean(raised)
    return dict(code="raised", **failure(raised))


def print_clean(raised):
    """Where in the project's own code it was raised, and what, without lines and values that may hold rows."""
    own = [frame for frame in traceback.extract_tb(raised.__traceback__) if belongs_to_the_project(frame.filename)]
    for frame in own[-4:]:
        print("%s, line %d, in %s" % (os.path.relpath(frame.filename), frame.lineno, frame.name), file=sys.stderr)
    shown = failure(raised)
    print("%s: %s" % (shown["class"], shown["message"]), file=sys.stderr, flush=True)


def belongs_to_the_project(path):
    path = os.path.realpath(path)
    return os.path.isfile(path) and path.startswith(os.getcwd() + os.sep) and "site-packages" not in path


def failure(raised):
    """Class and text of what was raised, with the parts that carry row values cut away."""
    original = getattr(raised, "orig", None) or raised
    state = sqlstate(original)
    return {
        "class": "%s.%s" % (type(original).__module__, type(original).__name__),
        "sqlstate": state,
        "message": without_rows(server_message(original), state),
        "statement": getattr(raised, "statement", None),
    }


def server_message(original):
    arguments = getattr(original, "args", ())
    # pg8000 gives the server's fields as a dictionary; the text of that has the rows, too.
    if arguments and isinstance(arguments[0], dict) and arguments[0].get("M"):
        return arguments[0]["M"]
    return str(original).strip() or type(original).__name__


def without_rows(text, state):
    # DETAIL shows values of rows; CONTEXT and PARAMETERS may.
    text = re.sub(r"(?ms)^\s*(DETAIL|CONTEXT|PARAMETERS):.*?(?=^(HINT|LINE|CONTEXT):|\Z)", "", text)
    # SQLAlchemy's own, where it was put into another exception's text.
    text = re.sub(r"(?s)\[parameters: .*", "", text).strip()
    if (state or "").startswith("22"):
        # What does not fit (invalid input, out of range) is quoted: a value of a row.
        text = re.sub(r'"[^"]*"', '"***"', text)
    return text


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


def first_line(raised):
    return (str(raised).strip().splitlines() or [""])[0]
