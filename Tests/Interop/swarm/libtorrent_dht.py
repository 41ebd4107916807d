# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes of libtorrent's DHT: libtorrent_dht.py HOST:PORT... [--node HOST:PORT] [--nodes COUNT] [--apart], then one command a line on
standard input: `put TEXT`, `get HEX`, `put-signed SEED-HEX PUBLIC-HEX SALT TEXT`, `get-signed PUBLIC-HEX SEQUENCE
[SALT]`, which looks for that change or a later one, `meet HOST:PORT` (all of them that node), `peers HEX`. Prints JSON lines: listening, then one
answer a command."""

import argparse
import hashlib
import json
import sys
import time

import libtorrent as lt


def say(event, **facts):
    print(json.dumps(dict(facts, event=event)), flush=True)


def expanded(seed):
    """The 64 bytes that libtorrent calls a private key. Source: RFC 8032, 5.1.5."""
    key = bytearray(hashlib.sha512(seed).digest())
    key[0] &= 248
    key[31] = key[31] & 63 | 64
    return bytes(key)


def text(alert):
    """The value an alert carries; Debian's binding has the hash in its place, so that its words are asked."""
    try:
        item = alert.item
    except RuntimeError:
        return None  # nothing was found
    if isinstance(item, bytes):
        return item.decode(errors="replace")
    return alert.message().split("'")[1] if "'" in alert.message() else None


parser = argparse.ArgumentParser()
parser.add_argument("listen")
parser.add_argument("--node", action="append", default=[])
parser.add_argument("--nodes", type=int, default=1)
parser.add_argument("--apart", action="store_true", help="each in an IPv4 network of its own, counting the third number up")
options = parser.parse_args()
host = options.listen.rsplit(":", 1)[0]
sessions, addresses = [], []
for index in range(options.nodes):
    if options.apart and index:
        first, second, third, fourth = host.split(".")
        host = f"{first}.{second}.{int(third) + 1}.{fourth}"
    session = lt.session({
        "listen_interfaces": options.listen if index == 0 else f"{host}:0", "enable_dht": True, "enable_lsd": False,
        "enable_upnp": False, "enable_natpmp": False, "dht_bootstrap_nodes": "", "dht_restrict_routing_ips": False,
        "dht_restrict_search_ips": False, "dht_ignore_dark_internet": False, "dht_enforce_node_id": False,
        "dht_prefer_verified_node_ids": False, "dht_max_peers_reply": 100, "dht_block_ratelimit": 10000,
        "dht_upload_rate_limit": 10_000_000,
        "alert_mask": lt.alert.category_t.dht_notification | lt.alert.category_t.dht_operation_notification
        | lt.alert.category_t.status_notification
        | lt.alert.category_t.stats_notification,
    })
    while not session.listen_port():
        session.wait_for_alert(20)
        session.pop_alerts()
    nodes = list(options.node) or addresses[:1]
    for node in nodes:
        address, port = node.rsplit(":", 1)
        session.add_dht_node((address.strip("[]"), int(port)))
    sessions.append(session)
    addresses.append(f"{host}:{session.listen_port()}")
session = sessions[-1]
say("listening", address=addresses[0], addresses=addresses)


# Taken from the session and not looked at; they live until the next are taken.
pending = []


def answer(kind, seconds=20):
    """The next alert of that kind."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not pending:
            session.wait_for_alert(100)
            pending.extend(session.pop_alerts())
        while pending:
            alert = pending.pop(0)
            if type(alert).__name__ == kind:
                return alert
    return None


for line in sys.stdin:
    command, *words = line.rstrip("\n").split(" ")
    pending.clear()
    session.pop_alerts()  # of an earlier command
    if command == "put":
        # Until others are known there is nobody to store it.
        deadline = time.monotonic() + 20
        alert = None
        while not (alert and alert.num_success) and time.monotonic() < deadline:
            target = session.dht_put_immutable_item(" ".join(words).encode())
            alert = answer("dht_put_alert")
        say("answer", target=str(target), stored=alert.num_success if alert else 0)
    elif command == "get":
        session.dht_get_immutable_item(lt.sha1_hash(bytes.fromhex(words[0])))
        alert = answer("dht_immutable_item_alert")
        say("answer", value=text(alert) if alert else None)
    elif command == "put-signed":
        seed, public, salt, *rest = words
        session.dht_put_mutable_item(
            expanded(bytes.fromhex(seed)), bytes.fromhex(public), " ".join(rest).encode(), salt.encode())
        alert = answer("dht_put_alert")
        say("answer", stored=alert.num_success if alert else 0, sequence=getattr(alert, "seq", None))
    elif command == "get-signed":
        wanted = int(words[1])
        salt = words[2].encode() if len(words) > 2 else b""
        session.dht_get_mutable_item(bytes.fromhex(words[0]), salt)
        best = None
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            alert = answer("dht_mutable_item_alert", 1)
            # An earlier question may still be answered.
            if alert and (alert.salt if isinstance(alert.salt, bytes) else alert.salt.encode()) == salt:
                # Read at once: an alert does not outlive the next look for others.
                found = text(alert), alert.seq
                best = max(best or found, found, key=lambda pair: pair[1])
                # The last word comes when the last node was given up that does not answer.
                if alert.authoritative or best[1] >= wanted:
                    break
        say("answer", value=best and best[0], sequence=best and best[1])
    elif command == "meet":
        address, port = words[0].rsplit(":", 1)
        for each in sessions:
            each.add_dht_node((address, int(port)))
        say("answer")
    elif command == "peers":
        session.dht_get_peers(lt.sha1_hash(bytes.fromhex(words[0])))
        found = set()
        deadline = time.monotonic() + 2
        while not found and time.monotonic() < deadline:
            alert = answer("dht_get_peers_reply_alert", 1)
            found.update(f"{h}:{p}" for h, p in (alert.peers() if alert else []))
        say("answer", peers=sorted(found))
