// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Ways to dial a peer") struct DialWayTests {
    static let far = PeerAddress(ip: [8, 8, 4, 4], port: 6881)!
    static let near = PeerAddress(ip: [192, 168, 0, 4], port: 6881)!
    static let (plain, encrypted) = (DialWay(), DialWay(isEncrypted: true))
    static let (utp, utpEncrypted) = (DialWay(transport: .utp), DialWay(transport: .utp, isEncrypted: true))

    struct Row: CustomStringConvertible {
        var policy: EncryptionPolicy
        var utp = false
        var address = near
        /// What comes of each attempt, and which ways are tried before the first wait.
        var failures: [DialFailure]
        var ways: [DialWay]
        var description: String { "\(policy), utp \(utp), \(address): \(failures)" }
    }

    static let rows = [
        Row(policy: .off, failures: [.hungUp], ways: [plain]),
        Row(policy: .allow, failures: [.unreachable], ways: [plain]),
        Row(policy: .allow, failures: [.hungUp, .hungUp], ways: [plain, encrypted]),
        Row(policy: .prefer, failures: [.hungUp, .hungUp], ways: [encrypted, plain]),
        Row(policy: .require, failures: [.hungUp], ways: [encrypted]),
        Row(policy: .allow, utp: true, failures: [.unreachable, .unreachable], ways: [plain, utp]),
        Row(
            policy: .allow, utp: true, address: far, failures: [.unreachable, .unreachable],
            ways: [utp, plain]),
        Row(
            policy: .prefer, utp: true, address: far, failures: [.unreachable, .hungUp, .hungUp],
            ways: [utpEncrypted, encrypted, plain]),
        Row(
            policy: .allow, utp: true, address: far, failures: [.hungUp, .hungUp], ways: [utp, utpEncrypted]),
    ]

    @Test("one after the other is tried at once, as far as it makes sense", arguments: rows)
    func falls(_ row: Row) throws {
        let made = try MadeTorrent(.v1, files: [.init("a.bin", [UInt8](repeating: 1, count: 100_000))])
        var stage = Stage(made) {
            $0.reach.encryption = row.policy
            $0.reach.dialsUTP = row.utp
        }
        stage.act { $0.peersFound([row.address], source: .tracker, at: $1, into: &$2) }
        var ways: [DialWay] = []
        for failure in row.failures {
            for case .connect(row.address, _, let way) in stage.take() { ways.append(way) }
            stage.act { $0.connectFailed(row.address, failure, at: $1, into: &$2) }
        }
        for case .connect in stage.take() { Issue.record("tried again without a wait") }
        #expect(ways == row.ways)
        stage.pass(5000)
        let again: [DialWay] = stage.take().compactMap {
            if case .connect(_, _, let way) = $0 { way } else { nil }
        }
        #expect(again == [row.ways[0]], "after the wait it begins anew")
    }

    @Test("with no transport nobody is dialled")
    func dialsNobody() throws {
        let made = try MadeTorrent(.v1, files: [.init("a.bin", [UInt8](repeating: 1, count: 100_000))])
        var stage = Stage(made) { $0.reach.dialsTCP = false }
        stage.act { $0.peersFound([Self.near], source: .tracker, at: $1, into: &$2) }
        for case .connect in stage.take() { Issue.record("dialled") }
    }
}
