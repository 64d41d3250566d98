"""The project's own Alembic: its configuration, its revisions, its env.py."""

import inspect
import os
import re
import sys
import warnings

from signalbox_answers import Unusable

TOOL_ALEMBIC = re.compile(r"(?m)^\s*(\[+\s*)?tool\s*\.\s*alembic\b")


class Ended(Unusable):
    """What has begun is not at its end, and nobody may take it for that: `sys.exit(0)` in env.py or in a revision."""

    def __init__(self, sentence):
        super().__init__("ended", sentence)


def configuration(order, output=None):
    try:
        from alembic.config import Config
    except ImportError as missing:
        raise Unusable("no-alembic", "this Python has no Alembic: %s" % missing) from missing
    ini = os.path.join(order["directory"], order.get("ini") or "alembic.ini")
    toml = os.path.join(order["directory"], "pyproject.toml")
    options = {} if output is None else {"output_buffer": output}
    # As Alembic's own command: both are named, there or not, and what the first says wins.
    if os.path.isfile(toml) and "toml_file" in inspect.signature(Config.__init__).parameters:
        options["toml_file"] = toml
    config = Config(ini, stdout=sys.stderr, **options)
    require_location(config, ini, toml)
    address = os.environ.get(order.get("url_variable") or "")
    if address:
        config.set_main_option("sqlalchemy.url", with_driver(address, config).replace("%", "%%"))
    return config


def require_location(config, ini, toml):
    from alembic import __version__
    from alembic.util import CommandError

    read = getattr(config, "get_alembic_option", config.get_main_option)
    try:
        location = read("script_location")
    except CommandError:
        location = None  # An alembic.ini without the section [alembic].
    except ValueError as broken:
        raise Unusable("no-configuration", "%s cannot be read: %s" % (toml, broken)) from broken
    if location:
        return
    there = [path for path in (ini, toml) if os.path.isfile(path)]
    if not there:
        raise Unusable("no-configuration", "there is no %s" % ini)
    if not hasattr(config, "get_alembic_option") and TOOL_ALEMBIC.search(read_text(toml)):
        raise Unusable(
            "no-configuration",
            "%s has [tool.alembic], which Alembic reads from 1.16 on, and this Python has Alembic %s" % (toml, __version__),
        )
    raise Unusable("no-configuration", "no script_location is named in %s" % " or ".join(there))


def read_text(path):
    if not os.path.isfile(path):
        return ""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


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
        with warnings.catch_warnings():
            # Alembic goes on with both, and has two heads of one name.
            warnings.filterwarnings("error", message="Revision .* is present more than once")
            directory.get_heads()
    except KeyboardInterrupt:
        raise
    except BaseException as broken:
        what = in_files(directory) or why(broken)
        raise Unusable("revisions-broken", "the revision files cannot be read: %s" % what) from broken
    return directory


def in_files(directory):
    """What Alembic names without a file: a revision that is there twice, or one that is missing."""
    try:
        found = list(directory._load_revisions())
    except BaseException:
        return None  # It names the file by itself.
    files = {}
    for script in found:
        other = files.setdefault(script.revision, shown(script))
        if other != shown(script):
            return "%s and %s both say that they are revision %s" % (other, shown(script), script.revision)
    for script in found:
        for below in as_tuple(script.down_revision):
            if below not in files:
                return "%s (%s) comes after %s, and no file has that revision" % (script.revision, shown(script), below)
    return None


def shown(script):
    return os.path.relpath(script.path, os.getcwd())


def why(broken):
    return "%s: %s" % (type(broken).__name__, broken)


def as_tuple(value):
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def environment(config, directory, function, one_transaction_each=False, **options):
    """Runs the project's env.py with a function of ours in the place of the migrations."""
    from alembic.runtime.environment import EnvironmentContext

    context = EnvironmentContext(config, directory, fn=function, **options)
    if one_transaction_each:
        configure = context.configure

        def configured(*arguments, **named):
            configure(*arguments, **named)
            # Where env.py holds a transaction around all of them this changes nothing.
            context.get_context()._transaction_per_migration = True

        context.configure = configured
    with context:
        try:
            directory.run_env()
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as ending:
            raise Ended("it ended the program: %s" % why(ending)) from ending
