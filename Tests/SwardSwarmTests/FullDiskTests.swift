// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("A full disk") struct FullDiskTests {
    static let kinds: [InfoDictionary.Kind] = [.v1, .v2, .hybrid]

    @Test("stops the asking, not the connection; with room all comes", arguments: kinds)
    func waits(_ kind: InfoDictionary.Kind) throws {
        var generator = SplitMix64(seed: 1)
        let made = try MadeTorrent(
            kind, pieceLength: 2 * blockLength, files: [.init("a.bin", generator.bytes(20 * blockLength))])
        var stage = Stage(made)
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        let requests = stage.messages(to: id).requests
        stage.receive(stage.piece(requests[0]), from: id)
        stage.act { $0.writePostponed(requests[0], at: $1, into: &$2) }
        stage.act { $0.setHeldUp(true, at: $1, into: &$2) }
        // What was on its way comes all the same, or is refused; nothing new is asked for.
        for request in requests.dropFirst() { stage.receive(.reject(request), from: id) }
        stage.pass(60_000)
        stage.receive(.keepAlive, from: id)
        #expect(stage.messages(to: id).requests.isEmpty)
        #expect(stage.core.fault() == nil && stage.core.snapshot(at: stage.now).unwritten == 0)
        stage.act { $0.setHeldUp(false, at: $1, into: &$2) }
        while case let more = stage.messages(to: id).requests, !more.isEmpty {
            for request in more { stage.receive(stage.piece(request), from: id) }
            stage.workDisk()
        }
        #expect(stage.core.isComplete)
    }

    static var work: MadeTorrent {
        get throws {
            var generator = SplitMix64(seed: 2)
            return try MadeTorrent(
                .v1, pieceLength: 2 * blockLength,
                files: [.init("a.bin", generator.bytes(400 * blockLength))])
        }
    }

    @Test("costs no peer its place that rejects what was cancelled, nor its pipeline")
    func keepsPeer() throws {
        var stage = Stage(try Self.work)
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        for _ in 0..<40 {
            let requests = stage.messages(to: id).requests
            #expect(requests.count == Connection.firstDepth)
            stage.act { $0.setHeldUp(true, at: $1, into: &$2) }
            for request in requests { stage.receive(.reject(request), from: id) }
            #expect(stage.closings() == [])
            stage.act { $0.setHeldUp(false, at: $1, into: &$2) }
        }
    }

    @Test("costs no web seed its place, however long nothing is asked of it", arguments: [false, true])
    func keepsWebSeed(_ isWebSeed: Bool) throws {
        var stage = Stage(try Self.work)
        let id = try stage.connect(likesRuns: isWebSeed)
        stage.receive(.haveAll, .unchoke, from: id)
        stage.act { $0.setHeldUp(true, at: $1, into: &$2) }
        stage.pass(600_000)
        #expect(stage.closings() == (isWebSeed ? [] : [.silent]))
    }
}
