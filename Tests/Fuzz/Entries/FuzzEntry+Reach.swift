// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPCP
import SwardPrimitives
import SwardWire

/// What is said by those who stand between us and a peer.
extension FuzzEntry {
    /// What a proxy says. The first byte tells whether it may ask for a password, and how its bytes are cut.
    package static let socksHandshake = FuzzEntry(name: "socks-handshake") {
        (bytes: [UInt8]) throws(Violation) in
        let choice = Int(bytes.first ?? 0)
        guard let target = PeerAddress(ip: [192, 0, 2, 7], port: 6881) else { return }
        let credentials = choice & 1 == 0 ? nil : SOCKSProxy.Credentials(user: "ada", password: "pw")
        var machine = SOCKSHandshake(to: target, credentials: credentials)
        var left = bytes.dropFirst()
        var (said, rest): ([UInt8], [UInt8]?) = ([], nil)
        while !left.isEmpty {
            let read = left.prefix(1 + (choice >> 1) % 32)
            left = left.dropFirst(read.count)
            do throws(SOCKSFault) {
                switch try machine.received(ByteBuffer(bytes: read)) {
                case .proceed(let send): said += send.readableBytesView
                case .finish(let more): rest = (rest ?? []) + more.readableBytesView
                }
            } catch {
                try check("what is finished does not fail", rest == nil)
                return
            }
        }
        try check("no password goes to who may not ask", credentials != nil || said.first != 1)
        guard let rest else { return }
        try check("the rest is what came last", bytes.suffix(rest.count).elementsEqual(rest))
    }

    /// A datagram that comes from where a proxy passes them on. The first byte tells how the buffer it is read from begins.
    package static let socksDatagram = FuzzEntry(name: "socks-datagram") {
        (bytes: [UInt8]) throws(Violation) in
        var buffer = ByteBuffer(bytes: bytes)
        buffer.moveReaderIndex(forwardBy: min(1, bytes.count))
        guard let read = SOCKSDatagram(buffer) else { return }
        try check("a part of one is dropped", bytes[3] == 0)
        try check("it comes from somewhere and has something in it", read.end.port != 0)
        try check(
            "nothing is made up",
            bytes.suffix(read.payload.readableBytes).elementsEqual(read.payload.readableBytesView))
        var again = SOCKSDatagram.header(to: read.end)
        again.writeImmutableBuffer(read.payload)
        guard let twice = SOCKSDatagram(again) else { return try check("what is written is read", false) }
        switch (read.end, twice.end) {
        // Of bytes that are no text a name keeps what text can say of them, up to its limit.
        case (.name, .name(_, let port)): try check("the port stays", port == read.end.port)
        default: try check("what is written is read the same", twice == read)
        }
        var association = DatagramAssociation()
        _ = association.start()
        guard let proxy = PeerAddress(ip: [192, 0, 2, 7], port: 1080) else { return }
        if case .use(let relay) = association.didAgree(on: read.end, by: proxy, at: .now) {
            try check("it is sent where somebody can be", relay.scope > .loopback && relay.port != 0)
        }
    }

    /// What a gateway answers. The first byte tells of which family and transport the wish is; where the answer is as long
    /// as a whole one, the wish's own number is put into it.
    package static let pcpAnswer = FuzzEntry(name: "pcp-answer") { (bytes: [UInt8]) throws(Violation) in
        let choice = bytes.first ?? 0
        let ip: [UInt8] = choice & 1 == 0 ? [10, 0, 0, 2] : [0xFD] + [UInt8](repeating: 0, count: 14) + [2]
        guard let client = PeerAddress(ip: ip, port: 6881) else { return }
        let nonce = [UInt8](1...12)
        let request = PCPRequest(
            nonce: nonce, client: client, transport: choice & 2 == 0 ? .tcp : .udp, lifetime: 3600)
        var answer = Array(bytes.dropFirst())
        if answer.count >= 60, choice & 4 == 0 { answer.replaceSubrange(24..<36, with: nonce) }
        if let told = GatewayAnnouncement(answer) {
            var epoch = GatewayEpoch()
            _ = epoch.note(told.epoch, at: .now)
            _ = epoch.note(bytes.first.map(UInt32.init) ?? 0, at: .now + .seconds(Int(told.epoch)))
            try check("what is told unasked answers nothing", PCPAnswer(answer, to: request) == nil)
        }
        guard let read = PCPAnswer(answer, to: request) else { return }
        switch read {
        case .granted:
            try check(
                "only what was asked for is granted", answer[24..<36].elementsEqual(nonce) && answer[3] == 0)
        case .refused(let code, _, _): try check("a refusal has a reason", code != 0)
        case .otherVersion: try check("an older gateway says so", answer[0] == 0)
        }
    }

    package static let holepunch = FuzzEntry(name: "holepunch") { (bytes: [UInt8]) throws(Violation) in
        guard let message = try? HolepunchMessage(reading: ByteBuffer(bytes: bytes), id: 1) else { return }
        let again = try? HolepunchMessage(reading: message.payload(), id: 1)
        try check("what is read is written and read the same", again == message)
    }

    /// The first bytes of a peer's stream.
    package static let handshake = FuzzEntry(name: "handshake") { (bytes: [UInt8]) throws(Violation) in
        var buffer = ByteBuffer(bytes: bytes)
        let isPlain = Handshake.isPlain(buffer)
        let read: Handshake?
        do throws(WireError) { read = try Handshake.read(from: &buffer) } catch {
            try check("only what is not plain is refused", isPlain != true)
            return
        }
        guard let read else {
            try check("nothing is taken of half a handshake", buffer.readableBytes == bytes.count)
            return
        }
        var again = ByteBuffer()
        read.write(into: &again)
        try check("what is read is written the same", again.readableBytesView.elementsEqual(bytes.prefix(68)))
        try check("what is behind it stays", buffer.readableBytesView.elementsEqual(bytes.dropFirst(68)))
    }
}
