# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notes every IP packet that enters or leaves this host: JSON lines ready, and at the end flows, each a list of protocol, source
address and port, destination address and port. What the system itself says to keep IPv6 going is left out."""

import json
import signal
import socket
import struct
import sys

ETH_P_ALL, IPV4, IPV6, TCP, UDP, ICMPV6 = 3, 0x0800, 0x86DD, 6, 17, 58


def flow(kind, packet):
    """`None` for what is no IP packet, or one of ICMPv6."""
    if kind == IPV4 and len(packet) >= 20:
        length, protocol = (packet[0] & 15) * 4, packet[9]
        source, destination = socket.inet_ntop(socket.AF_INET, packet[12:16]), socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif kind == IPV6 and len(packet) >= 40:
        length, protocol = 40, packet[6]
        source, destination = socket.inet_ntop(socket.AF_INET6, packet[8:24]), socket.inet_ntop(socket.AF_INET6, packet[24:40])
        # Hop-by-hop options, which the reports of multicast groups carry.
        if protocol in (ICMPV6, 0):
            return None
    else:
        return None
    ports = (0, 0)
    if protocol in (TCP, UDP) and len(packet) >= length + 4:
        ports = struct.unpack_from(">HH", packet, length)
    return {TCP: "tcp", UDP: "udp"}.get(protocol, str(protocol)), source, ports[0], destination, ports[1]


def main():
    seen = set()

    def end(*_):
        print(json.dumps({"event": "flows", "flows": sorted(seen)}), flush=True)
        sys.exit(0)

    wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
    signal.signal(signal.SIGTERM, end)
    print(json.dumps({"event": "ready"}), flush=True)
    while True:
        packet, (_, kind, *_) = wire.recvfrom(128)
        found = flow(kind, packet)
        if found:
            seen.add(found)


main()
