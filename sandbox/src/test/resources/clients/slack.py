"""slack_sdk against the sandbox. SLACK_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, CONTROL.

One line for each step; the exit code is the number of failures.
"""

import json
import os
import sys
import threading
import traceback
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

URL = os.environ["SLACK_URL"]
client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=URL)
verifier = SignatureVerifier(os.environ["SLACK_SIGNING_SECRET"])
CHANNEL = "C024BE91L"
failures = 0
heard = []


def step(name):
    def run(work):
        global failures
        try:
            work()
            print("ok", name)
        except Exception:
            failures += 1
            print("FAILED", name + ":", traceback.format_exc().replace("\n", " | "))

    return run


def refused(code, work):
    try:
        work()
    except SlackApiError as problem:
        assert problem.response["error"] == code, problem
        return problem.response
    raise AssertionError("not refused with " + code)


def control(method, path, body):
    request = urllib.request.Request(
        os.environ["CONTROL"] + path,
        method=method,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    return json.load(urllib.request.urlopen(request))


class App(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        valid = verifier.is_valid_request(body, dict(self.headers))
        heard.append(dict(urllib.parse.parse_qsl(body.decode())))
        self.send_response(200 if valid else 403)
        self.end_headers()

    def log_message(self, *ignored):
        pass


app = HTTPServer(("127.0.0.1", 0), App)
threading.Thread(target=app.serve_forever, daemon=True).start()
address = "http://127.0.0.1:%d" % app.server_port
control("PATCH", "/slack", {"commands": address, "interactions": address})


def button(action):
    words = {"type": "plain_text", "text": action}
    return {"type": "button", "action_id": action, "text": words, "value": "v"}


@step("who")
def _():
    assert client.auth_test()["user_id"] == "U0SIGNALBOX"
    assert client.users_info(user="U012AB3CD")["user"]["name"] == "ana"


@step("post, edit and read back")
def _():
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*hi*"}}
    posted = client.chat_postMessage(
        channel=CHANNEL,
        text="hi",
        blocks=[section, {"type": "actions", "elements": [button("approve")]}],
        metadata=Metadata("signalbox", {"marker": "m1"}),
    )
    client.chat_update(channel=CHANNEL, ts=posted["ts"], text="changed")
    page = client.conversations_history(channel=CHANNEL, include_all_metadata=True)
    newest = page["messages"][0]
    assert newest["text"] == "changed" and newest["ts"] == posted["ts"], newest
    assert newest["metadata"]["event_payload"]["marker"] == "m1", newest


@step("refusals")
def _():
    refused("channel_not_found", lambda: client.chat_postMessage(channel="CNONE", text="x"))
    refused("not_in_channel", lambda: client.chat_postMessage(channel="#random", text="x"))
    refused("message_not_found", lambda: client.chat_update(channel=CHANNEL, ts="1.2", text="x"))
    refused("msg_too_long", lambda: client.chat_postMessage(channel=CHANNEL, text="x" * 40001))
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "y" * 3001}}]
    refused("invalid_blocks", lambda: client.chat_postMessage(channel=CHANNEL, text="x", blocks=long))
    refused("invalid_auth", lambda: WebClient(token="xoxb-no", base_url=URL).auth_test())
    control("POST", "/faults", {"operation": "chat.postMessage", "fault": "429", "for": "3s"})
    busy = refused("ratelimited", lambda: client.chat_postMessage(channel=CHANNEL, text="x"))
    assert busy.status_code == 429 and busy.headers["Retry-After"] == "3", busy.headers


@step("command")
def _():
    for offset, status in ((0, 200), (-299, 200), (-301, 403), (299, 200), (301, 403)):
        sent = control("POST", "/slack/commands", {"text": "list", "offset": offset})
        assert sent["status"] == status, (offset, sent)
    assert control("POST", "/slack/commands", {"secret": "another"})["status"] == 403
    response = WebhookClient(heard[0]["response_url"])
    assert response.send(text="later").status_code == 200


@step("dialog")
def _():
    actions = [{"type": "actions", "elements": [button("reject")]}]
    client.chat_postMessage(channel=CHANNEL, text="card", blocks=actions)
    assert control("POST", "/slack/press", {"user": "ben", "action": "reject"})["status"] == 200
    pressed = json.loads(heard[-1]["payload"])
    words = {"type": "plain_text", "text": "Reject"}
    field = {"type": "plain_text_input", "action_id": "reason"}
    view = {
        "type": "modal",
        "title": words,
        "submit": words,
        "blocks": [{"type": "input", "block_id": "why", "label": words, "element": field}],
    }
    client.views_open(trigger_id=pressed["trigger_id"], view=view)
    refused("exchanged_trigger_id", lambda: client.views_open(trigger_id=pressed["trigger_id"], view=view))
    control("POST", "/slack/submit", {"user": "ben", "values": {"reason": "too late"}})
    submitted = json.loads(heard[-1]["payload"])
    assert submitted["view"]["state"]["values"]["why"]["reason"]["value"] == "too late", submitted


sys.exit(failures)
