// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardHash
import SwardPrimitives
import SwardSwarm
import SwardTracker
import SwardWire

extension FuzzEntry {
    package static let peerExchange = FuzzEntry(name: "peer-exchange") { (bytes: [UInt8]) throws(Violation) in
        guard let message = try? PeerExchange(reading: ByteBuffer(bytes: bytes), id: 1) else { return }
        try check(
            "there are not too many",
            message.added.count <= PeerExchange.maximumContacts
                && message.dropped.count <= PeerExchange.maximumContacts)
        try check("nobody comes twice", Set(message.added.map(\.address)).count == message.added.count)
        let again = try? PeerExchange(reading: message.payload(), id: 1)
        // IPv4 is written before IPv6.
        try check(
            "what is read is written and read the same",
            again.map { Set($0.added) } == Set(message.added)
                && again.map { Set($0.dropped) } == Set(message.dropped))
    }

    /// A UDP tracker's datagrams: the first byte is the length of the next, whose number is made ours.
    package static let udpTracker = FuzzEntry(name: "udp-tracker") { (bytes: [UInt8]) throws(Violation) in
        let start = ContinuousClock().now
        var talk = UDPTrackerTalk(
            isIPv6: (bytes.first ?? 0) & 1 == 1, urlData: "/announce", chance: SecretChance(seed: 1))
        var number: ArraySlice<UInt8> = []
        var answered: [Int: Int] = [:]
        func take(_ actions: [UDPTrackerTalk.Action]) {
            for action in actions {
                switch action {
                case .send(let datagram): number = datagram[12..<16]
                case .answer(let id, _): answered[id, default: 0] += 1
                }
            }
        }
        let hash = Digest160([UInt8](repeating: 1, count: 20))
        take(talk.ask(.scrape(hash.map { [$0] } ?? []), id: 1, at: start))
        take(talk.ask(.scrape([]), id: 2, at: start))
        var rest = bytes.dropFirst()
        while let length = rest.popFirst() {
            var datagram = Array(rest.prefix(Int(length)))
            rest = rest.dropFirst(Int(length))
            if datagram.count >= 8 { datagram.replaceSubrange(4..<8, with: number) }
            take(talk.received(datagram, at: start))
        }
        var rounds = 0
        while let deadline = talk.deadline, rounds < 100 {
            rounds += 1
            take(talk.timerFired(at: deadline))
        }
        try check("each question has one answer", talk.isIdle && answered == [1: 1, 2: 1])
    }

    package static let addressFilter = FuzzEntry(name: "address-filter") {
        (bytes: [UInt8]) throws(Violation) in
        let reading = AddressFilter.read(bytes)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
        try check("there are no more ranges than lines", reading.filter.count + reading.ignoredLines <= lines)
        try check("a bad line is named", (reading.ignoredLines == 0) == (reading.firstIgnored == nil))
    }
}
