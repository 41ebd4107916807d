# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway for the tests: NAT-PMP (RFC 6886) and UPnP IGD, on addresses that it is told. Prints what it is asked."""

import argparse
import http.server
import json
import re
import socket
import struct
import threading

# Not one of those set aside for examples: miniupnpc takes such for a gateway without the Internet behind it.
PUBLIC = "11.22.33.44"
lock = threading.Lock()


def say(event, **values):
    with lock:
        print(json.dumps(dict(event=event, **values)), flush=True)


def serve_nat_pmp(host, answers_from, is_silent):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((host, 5351))
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind((answers_from, 5351) if answers_from != host else (host, 0))
    while True:
        data, peer = sock.recvfrom(64)
        if is_silent:
            continue
        reply = sock if answers_from == host else other
        if data == b"\0\0":
            reply.sendto(struct.pack(">BBHI", 0, 128, 0, 1) + socket.inet_aton(PUBLIC), peer)
        elif data[0] != 0:
            # RFC 6886, 3.5: another version is answered in ours.
            reply.sendto(struct.pack(">BBHI", 0, 128 + data[1], 1, 1), peer)
        elif len(data) == 12 and data[1] in (1, 2):
            private, public, lifetime = struct.unpack(">HHI", data[4:])
            protocol = "UDP" if data[1] == 1 else "TCP"
            say("mapped" if lifetime else "unmapped", by="NAT-PMP", protocol=protocol, port=private, lifetime=lifetime)
            reply.sendto(struct.pack(
                ">BBHIHHI", 0, 128 + data[1], 0, 1, private, (public or private) + 1 if lifetime else 0, lifetime), peer)


SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"
DESCRIPTION = """<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major>
<minor>0</minor></specVersion><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
<friendlyName>gateway</friendlyName><manufacturer>test</manufacturer><modelName>test</modelName><UDN>uuid:1</UDN>
<deviceList><device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><friendlyName>w</friendlyName>
<UDN>uuid:2</UDN><serviceList><service><serviceType>urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1</serviceType>
<serviceId>urn:upnp-org:serviceId:WANCommonIFC1</serviceId><controlURL>/common</controlURL><eventSubURL>/e</eventSubURL>
<SCPDURL>/s</SCPDURL></service></serviceList><deviceList><device>
<deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><friendlyName>c</friendlyName><UDN>uuid:3</UDN>
<serviceList><service><serviceType>%s</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
<controlURL>/control</controlURL><eventSubURL>/e</eventSubURL><SCPDURL>/s</SCPDURL></service></serviceList></device>
</deviceList></device></deviceList></device></root>""" % SERVICE


class Device(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def reply(self, text):
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        say("described", host=self.server.server_address[0])
        self.reply(DESCRIPTION)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        action = self.headers["SOAPAction"].strip('"').rsplit("#", 1)[1]

        def value(name):
            found = re.search(f"<{name}>([^<]*)</{name}>", body)
            return found.group(1) if found else ""

        answer = ""
        if action == "AddPortMapping":
            say("mapped", by="UPnP", protocol=value("NewProtocol"), port=int(value("NewInternalPort")),
                lifetime=int(value("NewLeaseDuration")), client=value("NewInternalClient"))
        elif action == "DeletePortMapping":
            say("unmapped", by="UPnP", protocol=value("NewProtocol"), port=int(value("NewExternalPort")))
        elif action == "GetExternalIPAddress":
            answer = f"<NewExternalIPAddress>{PUBLIC}</NewExternalIPAddress>"
        elif action == "GetStatusInfo":
            answer = ("<NewConnectionStatus>Connected</NewConnectionStatus><NewLastConnectionError>ERROR_NONE"
                      "</NewLastConnectionError><NewUptime>1</NewUptime>")
        self.reply(f'<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
                   f'<u:{action}Response xmlns:u="{SERVICE}">{answer}</u:{action}Response></s:Body></s:Envelope>')


def serve_upnp(host, listener):
    device = http.server.ThreadingHTTPServer((host, 0), Device)
    threading.Thread(target=device.serve_forever, daemon=True).start()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("", 1900))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                    socket.inet_aton("239.255.255.250") + socket.inet_aton(listener))
    while True:
        data, peer = sock.recvfrom(2048)
        found = re.search(rb"ST: *(\S+)", data)
        if not data.startswith(b"M-SEARCH") or not found:
            continue
        say("searched", host=host)
        sock.sendto(b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: %s\r\nUSN: uuid:1\r\nEXT:\r\nSERVER: test\r\n"
                    b"LOCATION: http://%s:%d/desc.xml\r\n\r\n"
                    % (found.group(1), host.encode(), device.server_address[1]), peer)


parser = argparse.ArgumentParser()
parser.add_argument("host", help="the gateway's address")
parser.add_argument("--listener", default="127.0.0.1", help="the address that hears multicast")
parser.add_argument("--nat-pmp", choices=["yes", "silent", "stranger", "no"], default="no")
parser.add_argument("--stranger", help="the address from which a stranger answers NAT-PMP")
parser.add_argument("--upnp", help="the address at which a UPnP device says it is")
options = parser.parse_args()
if options.nat_pmp != "no":
    answers_from = options.stranger if options.nat_pmp == "stranger" else options.host
    threading.Thread(
        target=serve_nat_pmp, args=(options.host, answers_from, options.nat_pmp == "silent"), daemon=True).start()
if options.upnp:
    threading.Thread(target=serve_upnp, args=(options.upnp, options.listener), daemon=True).start()
say("ready")
threading.Event().wait()
