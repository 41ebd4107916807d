// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import SwardWire
import Testing

@Suite("The handshake with a SOCKS proxy") struct SOCKSHandshakeTests {
    static let four = PeerAddress(ip: [192, 0, 2, 7], port: 0x1a2b)!
    static let six = PeerAddress(
        ip: [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9], port: 81)!
    static let credentials = SOCKSProxy.Credentials(user: "ada", password: "pw")!
    static let request: [UInt8] = [5, 1, 0, 1, 192, 0, 2, 7, 0x1a, 0x2b]
    static let login: [UInt8] = [1, 3] + Array("ada".utf8) + [2] + Array("pw".utf8)

    /// What one run said, what was left for whoever comes after, and how it ended.
    struct Outcome: Equatable {
        var sent: [[UInt8]] = []
        var rest: [UInt8]?
        var fault: SOCKSFault?
    }

    /// Hands over what the proxy says, one word after the other, each in parts of `width` bytes.
    static func run(
        _ words: [[UInt8]], to target: PeerAddress = four, credentials: SOCKSProxy.Credentials? = nil,
        width: Int = .max
    ) -> Outcome {
        var handshake = SOCKSHandshake(to: target, credentials: credentials)
        var outcome = Outcome(sent: [Array(handshake.opening.readableBytesView)])
        for word in words {
            var left = word[...]
            while !left.isEmpty {
                let part = left.prefix(width)
                left = left.dropFirst(part.count)
                do {
                    switch try handshake.received(ByteBuffer(bytes: part)) {
                    case .proceed(let send):
                        if send.readableBytes > 0 { outcome.sent.append(Array(send.readableBytesView)) }
                    case .finish(let rest): outcome.rest = (outcome.rest ?? []) + rest.readableBytesView
                    }
                } catch {
                    outcome.fault = error
                    return outcome
                }
            }
        }
        return outcome
    }

    @Test("the proxy is asked for the peer, by each kind of address")
    func asks() {
        let reply: [UInt8] = [5, 0, 0, 1, 1, 2, 3, 4, 5, 6]
        #expect(Self.run([[5, 0], reply]) == Outcome(sent: [[5, 1, 0], Self.request], rest: []))
        let six: [UInt8] = [5, 1, 0, 4] + Self.six.ip + [0, 81]
        #expect(Self.run([[5, 0], reply], to: Self.six) == Outcome(sent: [[5, 1, 0], six], rest: []))
    }

    @Test(
        "for datagrams it is asked without an address, and says where they are taken",
        arguments: [1, 3, Int.max])
    func asksForDatagrams(_ width: Int) throws {
        let answers: [(said: [UInt8], bound: SOCKSEnd)] = [
            (
                [5, 0, 0, 1, 192, 0, 2, 7, 0x1a, 0xe1],
                .address(PeerAddress(ip: [192, 0, 2, 7], port: 6881)!)
            ),
            (
                [5, 0, 0, 1, 0, 0, 0, 0, 0x1a, 0xe1],
                .address(PeerAddress(ip: [0, 0, 0, 0], port: 6881)!)
            ),
            ([5, 0, 0, 4] + Self.six.ip + [0, 81], .address(Self.six)),
            ([5, 0, 0, 3, 5] + Array("relay".utf8) + [0, 9], .name("relay", port: 9)),
        ]
        for (said, bound) in answers {
            var handshake = SOCKSHandshake(.passDatagrams, credentials: nil)
            #expect(Array(handshake.opening.readableBytesView) == [5, 1, 0])
            guard case .proceed(let request) = try handshake.received(ByteBuffer(bytes: [5, 0])) else {
                Issue.record("not asked")
                return
            }
            #expect(Array(request.readableBytesView) == [5, 3, 0, 1, 0, 0, 0, 0, 0, 0])
            var left = said[...]
            while !left.isEmpty {
                #expect(handshake.bound == nil)
                let part = left.prefix(width)
                left = left.dropFirst(part.count)
                _ = try handshake.received(ByteBuffer(bytes: part))
            }
            #expect(handshake.bound == bound)
        }
    }

    @Test("name and password are told where they are asked for, and only there", arguments: [1, 2, Int.max])
    func logsIn(_ width: Int) {
        let end: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        #expect(
            Self.run([[5, 2], [1, 0], end], credentials: Self.credentials, width: width)
                == Outcome(sent: [[5, 2, 0, 2], Self.login, Self.request], rest: []))
        #expect(
            Self.run([[5, 0], end], credentials: Self.credentials, width: width)
                == Outcome(sent: [[5, 2, 0, 2], Self.request], rest: []))
    }

    @Test(
        "what the peer says right behind the proxy is kept, however it is cut",
        arguments: [1, 2, 3, 7, 64, Int.max])
    func keepsTheRest(_ width: Int) {
        let replies: [[UInt8]] = [
            [5, 0, 0, 1, 9, 9, 9, 9, 9, 9], [5, 0, 0, 4] + [UInt8](repeating: 5, count: 18),
            [5, 0, 0, 3, 0, 1, 1], [5, 0, 0, 3, 255] + [UInt8](repeating: 5, count: 257),
            // The reserved byte is nobody's business.
            [5, 0, 7, 1, 9, 9, 9, 9, 9, 9],
        ]
        for reply in replies {
            let outcome = Self.run([[5, 0], reply + Array("\u{13}BitTorrent".utf8)], width: width)
            #expect(
                outcome == Outcome(sent: [[5, 1, 0], Self.request], rest: Array("\u{13}BitTorrent".utf8)))
        }
    }

    static let faults: [(said: [[UInt8]], fault: SOCKSFault)] = [
        ([[4]], .wrongVersion(4)), ([Array("HTTP/1.1 400".utf8)], .wrongVersion(72)),
        ([[0, 90]], .wrongVersion(0)), ([[5, 0xff]], .noCommonMethod), ([[5, 1]], .unknownMethod(1)),
        ([[5, 3]], .unknownMethod(3)), ([[5, 2], [1, 1]], .wrongPassword),
        ([[5, 2], [1, 0xff]], .wrongPassword), ([[5, 2], [5, 0]], .wrongVersion(5)),
        ([[5, 0], [4, 0]], .wrongVersion(4)), ([[5, 0], [5, 5]], .refused(5)),
        ([[5, 0], [5, 1, 0, 1]], .refused(1)), ([[5, 0], [5, 0, 0, 2, 0]], .badAddress(kind: 2)),
        ([[5, 0], [5, 0, 0, 0, 0]], .badAddress(kind: 0)),
    ]

    @Test("a bad word is refused at once, and nothing is said after it", arguments: faults)
    func refuses(_ row: (said: [[UInt8]], fault: SOCKSFault)) {
        for width in [1, Int.max] {
            let outcome = Self.run(row.said, credentials: Self.credentials, width: width)
            #expect(outcome.fault == row.fault)
            #expect(outcome.rest == nil)
        }
    }

    @Test("a proxy cannot draw a password out of who has none")
    func noPassword() {
        #expect(Self.run([[5, 2]]) == Outcome(sent: [[5, 1, 0]], fault: .unknownMethod(2)))
    }

    @Test("nor can it answer what it was not asked yet")
    func unasked() {
        let reply: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        #expect(Self.run([[5, 0] + reply]) == Outcome(sent: [[5, 1, 0]], fault: .answeredUnasked))
        #expect(
            Self.run([[5, 2, 1, 0]], credentials: Self.credentials)
                == Outcome(sent: [[5, 2, 0, 2]], fault: .answeredUnasked))
        #expect(
            Self.run([[5, 2], [1, 0] + reply], credentials: Self.credentials)
                == Outcome(sent: [[5, 2, 0, 2], Self.login], fault: .answeredUnasked))
    }

    @Test("whatever is said, nothing is told but the three things there are to tell")
    func survives() {
        for seed in 0..<2000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var words: [[UInt8]] = [[[5, 0]], [[5, 2], [1, 0]], []][Int.random(in: 0..<3, using: &random)]
            words.append(
                (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? UInt8.random(in: 0...5, using: &random) : .random(in: 0...255, using: &random)
                })
            let outcome = Self.run(
                words, credentials: Self.credentials, width: Int.random(in: 1...300, using: &random))
            let told = outcome.sent.dropFirst().flatMap(\.self)
            #expect([[], Self.login, Self.request, Self.login + Self.request].contains(told), "seed \(seed)")
            #expect(outcome.rest == nil || told.suffix(10) == Self.request[...], "seed \(seed)")
        }
    }
}
