"""A server that is killed in the middle of everything loses nothing that it acknowledged."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from benchmarks.records.learners import Learner
from benchmarks.records.server import environment, serving

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json
from courses.records.models import Statement
rows = Statement.objects.filter(verb="experienced").values_list("enrolment", "key")
print(json.dumps([[str(enrolment), key] for enrolment, key in rows]))
"""


def report(learner: Learner, port: int, acknowledged: set[tuple[str, str]], killed: threading.Event) -> None:
    """Reports without a pause until the server is gone; notes what it said it had stored."""
    connection, number = http.client.HTTPConnection("127.0.0.1", port, timeout=10), 0
    enrolment = learner.path.split("/")[3]
    while not killed.is_set():
        number += 1
        head, _blank, body = learner.request(number, 3).partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")[1:]
        headers = dict(line.split(": ", 1) for line in lines)
        try:
            connection.request("POST", learner.path, body, headers)
            answers = json.loads(connection.getresponse().read())["answers"]
        except (OSError, http.client.HTTPException, ValueError):
            return
        acknowledged.update((enrolment, f"browser:{one['key']}") for one in answers if one["result"] == "stored")


def test_kill_9_loses_no_acknowledged_act(site: str, site_folder: Path) -> None:
    env = environment(site_folder)

    def output(*command: str) -> str:
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        return done.stdout

    learners = [Learner(**one) for one in json.loads(output("-m", "benchmarks.records.learners", "8"))]
    acknowledged: set[tuple[str, str]] = set()
    killed = threading.Event()
    with serving(env, 2) as (port, process):
        threads = [threading.Thread(target=report, args=(one, port, acknowledged, killed)) for one in learners]
        for thread in threads:
            thread.start()
        while len(acknowledged) < 300:  # in full flow
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        killed.set()
        for thread in threads:
            thread.join(20)
    stored = {(enrolment, key) for enrolment, key in json.loads(output("manage.py", "shell", "-v0", "-c", LOOK))}
    assert len(acknowledged) >= 300
    assert acknowledged <= stored
    assert "The learning record is whole." in output("manage.py", "verify_records")
