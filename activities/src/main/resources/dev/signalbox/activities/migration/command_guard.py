"""Runs a project's command, in a group of its own, until it ends or standard input does.

    python3 command_guard.py PROGRAM ARGUMENT...

When standard input ends, whoever started us wants the command to end, or is dead: it is interrupted, and killed with all
that it started after five seconds. What it leaves running in its group when it ends by itself is killed too.

Exit: the command's; 128 and the number where a signal ended it; 127 there is no such program, 126 it cannot be run.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 5
STANDARD_INPUT = 0


def send(group, number):
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        pass  # Nothing of it is left.


def end_with_our_input(group):
    while os.read(STANDARD_INPUT, 65536):
        pass
    # Interrupt first: some drivers (psycopg 3) cancel their statement then.
    send(group, signal.SIGINT)
    time.sleep(GRACE_SECONDS)
    send(group, signal.SIGKILL)


def main():
    # Who interrupts a whole terminal means the command; we end when it does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        command = subprocess.Popen(
            sys.argv[1:],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    except FileNotFoundError as missing:
        print("%s: there is no such program" % missing.filename, file=sys.stderr)
        return 127
    except OSError as refused:
        print("%s: %s" % (sys.argv[1], refused.strerror), file=sys.stderr)
        return 126
    threading.Thread(target=end_with_our_input, args=(command.pid,), daemon=True).start()
    code = command.wait()
    send(command.pid, signal.SIGKILL)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.stdout.flush()
    # Not by sys.exit: a thread that waits for standard input would break Python's own end.
    os._exit(main())
