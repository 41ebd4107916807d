// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Testing
import TorrentSupport

@Suite("Datagrams of uTP from who has not shown that it is there", .timeLimit(.minutes(5)))
struct UTPAmplificationTests {
    /// A socket of UDP that talks to one address, in blocking calls.
    private final class Datagrams {
        struct Failure: Error { let call: String, code: Int32 }
        private let descriptor: Int32
        private(set) var sent = 0
        private(set) var received = 0

        init(to address: PeerAddress) throws {
            descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = address.port.bigEndian
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let code = withUnsafePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard code == 0 else { throw Failure(call: "connect", code: errno) }
            // Only how long one waits before it asks again.
            var patience = timeval(tv_sec: 0, tv_usec: 200_000)
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(descriptor) }

        func say(_ bytes: [UInt8]) {
            if send(descriptor, bytes, bytes.count, 0) == bytes.count { sent += bytes.count }
        }

        /// `nil` when nothing came for a while.
        func hear() -> [UInt8]? {
            var buffer = [UInt8](repeating: 0, count: 2048)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { return nil }
            received += count
            return Array(buffer[..<count])
        }
    }

    /// A datagram with nothing behind its header. Source: BEP 29, "header format".
    private func packet(type: UInt8, connection: UInt16, sequence: UInt16) -> [UInt8] {
        [type << 4 | 1, 0, UInt8(connection >> 8), UInt8(connection & 255)] + [UInt8](repeating: 0, count: 8)
            + [0, 16, 0, 0, UInt8(sequence >> 8), UInt8(sequence & 255), 0, 0]
    }

    @Test("a flood of openings, and of datagrams of no connection, gets fewer bytes than it has")
    func flood() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 3)
        let seeder = try await TestPeer("seeder", configure: { $0.reach.dialsUTP = true })
        _ = try await seeder.seed(torrent).checked()
        let datagrams = try Datagrams(to: seeder.address)
        for number in 0..<1000 as Range<UInt16> {
            datagrams.say(packet(type: 4, connection: 1000 + 2 * number, sequence: 1))
            // Not a word more is said to it than it says itself, also when it says the same again.
            if number % 10 == 0 { datagrams.say(packet(type: 4, connection: 1000 + 2 * number, sequence: 1)) }
        }
        for number in 0..<20 as Range<UInt16> {
            datagrams.say(packet(type: 1, connection: 10_000 + number, sequence: 7))
        }
        // What is answered last shows that all before it has been.
        let marker: UInt16 = 60_000
        datagrams.say(packet(type: 1, connection: marker, sequence: 9))
        var (answers, silences) = (0, 0)
        while true {
            guard let answer = datagrams.hear() else {
                silences += 1
                try #require(silences < 100)
                datagrams.say(packet(type: 1, connection: marker, sequence: 9))
                continue
            }
            answers += 1
            #expect(answer.count <= 20)
            if answer.count >= 4, answer[0] >> 4 == 3, answer[2] == UInt8(marker >> 8),
                answer[3] == UInt8(marker & 255)
            {
                break
            }
        }
        #expect(answers > 1)
        #expect(datagrams.received <= datagrams.sent)
        await seeder.session.stop()
    }
}
