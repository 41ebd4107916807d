// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardUTP

extension FuzzEntry {
    package static let utpPacket = FuzzEntry(name: "utp-packet") { (bytes: [UInt8]) throws(Violation) in
        guard let packet = UTPPacket(ByteBuffer(bytes: bytes)) else { return }
        var again = ByteBuffer()
        packet.write(into: &again)
        try check("what is read is written and read the same", UTPPacket(again) == packet)
        try check("what is taken for uTP looks like it", UTPPacket.isLikely(bytes[0]))
    }

    /// Datagrams to a connection, each after a byte of its length; the first byte says to which end. The numbers in them
    /// are made to fit, as a peer would.
    package static let utpConnection = FuzzEntry(name: "utp-connection") {
        (bytes: [UInt8]) throws(Violation) in
        var now = 1_000_000
        let isDialler = bytes.first.map { $0 & 1 == 1 } ?? false
        var connection: UTPConnection
        if isDialler {
            connection = UTPConnection(dialling: 10, isIPv6: false, at: now)
        } else {
            let syn = UTPPacket(kind: .syn, connectionID: 9, sequence: 1, acknowledged: 0)
            connection = UTPConnection(accepting: syn, sequence: 1, isIPv6: false, at: now)
        }
        connection.write(ByteBuffer(repeating: 7, count: 20_000))
        var rest = bytes.dropFirst()
        var read = 0
        while let length = rest.popFirst() {
            let datagram = ByteBuffer(bytes: rest.prefix(Int(length)))
            rest = rest.dropFirst(Int(length))
            now += Int(length) * 10_000
            if let packet = UTPPacket(datagram) { connection.received(packet, at: now) }
            if let deadline = connection.deadline, deadline <= now { connection.timerFired(at: now) }
            read += connection.read()?.readableBytes ?? 0
            var out = ByteBuffer()
            var count = 0
            while let length = connection.nextDatagram(at: now, into: &out), count < 1000 {
                count += 1
                try check("a datagram fits any link", length <= 1472)
            }
            try check("datagrams have an end", count < 1000)
        }
        try check("no more comes out than went in", read <= bytes.count)
        try check("what is to be sent does not grow", connection.unsent <= 20_000)
    }
}
