# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A libtorrent peer: libtorrent_peer.py seed|leech SOURCE FOLDER [--listen HOST:PORT] [--peer HOST:PORT] [--tracker URL]
[--lsd] [--dht-node HOST:PORT] [--idle] [--set NAME=NUMBER]. SOURCE is a .torrent or a magnet link. Prints JSON lines: listening, metadata, complete, and transferred on exit."""

import argparse
import json
import signal
import sys
import time

import libtorrent as lt


def say(event, **facts):
    print(json.dumps(dict(facts, event=event)), flush=True)


parser = argparse.ArgumentParser()
parser.add_argument("role", choices=["seed", "leech"])
parser.add_argument("source")
parser.add_argument("folder")
parser.add_argument("--listen", default="127.0.0.1:0")
parser.add_argument("--peer", action="append", default=[])
parser.add_argument("--tracker", action="append", default=[])
parser.add_argument("--lsd", action="store_true")
parser.add_argument("--dht-node", action="append", default=[])
parser.add_argument("--idle", action="store_true", help="want nothing, and stay connected: to tell peers of each other")
parser.add_argument(
    "--corrupt", type=int, metavar="COUNT", help="after checking, flip a byte in one block of so many, from the first on")
parser.add_argument("--rate", type=int, help="bytes per second it sends at most, to peers on this machine too")
parser.add_argument("--set", action="append", default=[], metavar="NAME=NUMBER", help="a setting of the session")
options = parser.parse_args()

settings = {
    "listen_interfaces": options.listen,
    "enable_dht": bool(options.dht_node), "dht_bootstrap_nodes": ",".join(options.dht_node),
    "dht_restrict_routing_ips": False, "dht_restrict_search_ips": False, "dht_ignore_dark_internet": False,
    "dht_enforce_node_id": False, "dht_prefer_verified_node_ids": False, "enable_lsd": options.lsd,
    "enable_upnp": False, "enable_natpmp": False,
    "enable_outgoing_utp": False, "enable_incoming_utp": False, "allow_multiple_connections_per_ip": True,
    "close_redundant_connections": not options.idle,
    "alert_mask": lt.alert.category_t.status_notification | lt.alert.category_t.error_notification
    | lt.alert.category_t.storage_notification,
}
for item in options.set:
    name, value = item.split("=")
    settings[name] = type(settings.get(name, 0))(int(value))
session = lt.session(settings)
if options.rate:
    # Peers of this machine are in a class of their own, which no limit of the session touches.
    session.apply_settings({"upload_rate_limit": options.rate})
    for name in range(8):
        try:
            peers = session.get_peer_class(name)
        except (RuntimeError, ValueError):
            continue
        peers["upload_limit"] = options.rate
        session.set_peer_class(name, peers)
if options.source.startswith("magnet:"):
    parameters = lt.parse_magnet_uri(options.source)
else:
    parameters = lt.add_torrent_params()
    parameters.ti = lt.torrent_info(options.source)
parameters.save_path = options.folder
parameters.trackers = list(parameters.trackers) + options.tracker
parameters.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
handle = session.add_torrent(parameters)
if options.idle:
    handle.prioritize_pieces([0] * parameters.ti.num_pieces())
for peer in options.peer:
    host, port = peer.rsplit(":", 1)
    handle.connect_peer((host.strip("[]"), int(port)))

stopping = []
signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
started = time.monotonic()
said_metadata = said_complete = said_listening = False
wanted = {lt.torrent_status.states.seeding, lt.torrent_status.states.finished}
while not stopping:
    session.wait_for_alert(50)
    for alert in session.pop_alerts():
        name = type(alert).__name__
        if name in ("torrent_error_alert", "file_error_alert", "hash_failed_alert", "peer_error_alert"):
            print(alert.message(), file=sys.stderr, flush=True)
    status = handle.status()
    if not said_metadata and status.has_metadata:
        said_metadata = True
        say("metadata", seconds=time.monotonic() - started)
    if not said_complete and status.state in wanted and status.has_metadata:
        said_complete = True
        # 2.1.1 says "seeding" before its last bytes are written; flushing makes the files comparable.
        handle.flush_cache()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            session.wait_for_alert(100)
            if any("cache_flushed" in type(a).__name__ for a in session.pop_alerts()):
                break
        if options.corrupt:
            files = handle.torrent_file().files()
            for index in range(files.num_files()):
                size = files.file_size(index)
                if files.file_flags(index) & lt.file_storage.flag_pad_file:
                    continue
                with open(files.file_path(index, options.folder), "r+b") as file:
                    for offset in range(0, size, options.corrupt * 16384):
                        file.seek(offset)
                        byte = file.read(1)
                        file.seek(offset)
                        file.write(bytes([byte[0] ^ 0x80]))
        say("complete", seconds=time.monotonic() - started)
    if not said_listening and session.listen_port() and (said_complete or options.role == "leech"):
        said_listening = True
        host = options.listen.rsplit(":", 1)[0]
        say("listening", address=f"{host}:{session.listen_port()}")
status = handle.status()
say("transferred", downloaded=status.total_payload_download, uploaded=status.total_payload_upload)
