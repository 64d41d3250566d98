"""What a revision's SQL hangs on that is not in its file: the environment, and code of other modules."""

import ast
import builtins

from signalbox_names import FUNCTION, PURE_PACKAGES

ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.getenvb")
RUNNING = ("input", "exec", "eval", "compile", "__import__")
OURS_TO_READ = set(PURE_PACKAGES) | set("alembic builtins".split())
# A file that it reads is one of the same commit.
PLAIN_LIBRARY = set(
    "abc array base64 binascii bisect calendar codecs contextlib copy csv dataclasses enum fractions functools glob hashlib "
    "html inspect io ipaddress numbers operator pathlib pprint random secrets statistics struct sys time types typing "
    "typing_extensions unicodedata warnings zlib zoneinfo".split()
)
LOGGING = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log")
TYPE_ARGUMENTS = ("type_", "existing_type", "existing_server_default", "existing_comment")


def read_from_the_environment(node, names, running=()):
    """The place in this expression that reads a variable of the environment; nothing = none does."""
    for part in ast.walk(node):
        if not isinstance(part, (ast.Name, ast.Attribute, ast.Call)):
            continue
        kind = names.kind(part)
        if isinstance(kind, str) and (kind in ENVIRONMENT or kind.startswith("os.environ.")):
            return part
        if isinstance(part, ast.Name):
            found = named(part.id, names, running)
            if found is not None:
                return found
    return None


def named(name, names, running):
    """The same of what the name was given, or of what its function reads."""
    if name in running:
        return None
    running = (*running, name)
    called = names.functions.get(name) if names.kinds.get(name) == FUNCTION else None
    if called is not None:
        inner = names.inside(called)
        given = [one for one in called.body]
    else:
        inner, given = names, names.values.get(name, ())
    for one in given:
        found = read_from_the_environment(one, inner, running)
        if found is not None:
            return found
    return None


def is_elsewhere(kind):
    """Whether a call of it runs code of another module that nobody has read."""
    if not isinstance(kind, str) or kind.startswith(("=", "?")):
        return False
    parts = kind.split(".")
    if parts[0] == "builtins":
        return parts[1] in RUNNING or not hasattr(builtins, parts[1])
    if parts[0] in OURS_TO_READ or parts[0] in PLAIN_LIBRARY or kind.startswith("os.path."):
        return False
    return not (parts[-1] in LOGGING and len(parts) > 1 and parts[-2].lower().strip("_") in ("log", "logger", "logging"))


def makes_a_column(kind):
    """Whether what it is given are types and columns: what they are, its SQL shows."""
    if not isinstance(kind, str) or kind.split(".")[0] not in PURE_PACKAGES:
        return False
    last = kind.rsplit(".", 1)[-1]
    return last[:1].isupper() or last == "column"
