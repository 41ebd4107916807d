// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import Testing
import TorrentSupport

@Suite("SHA-1 of pieces as they are written") struct RunningDigestsTests {
    private static let pieces = 20

    private let temporary: TemporaryFolder
    private let torrent: MadeTorrent
    private let payload: Payload

    init() throws {
        temporary = try TemporaryFolder()
        var generator = SplitMix64(seed: 4)
        // Eight blocks to a piece, of which the last has three, and the last of those is short.
        let bytes = generator.bytes((Self.pieces - 1) * 131_072 + 2 * blockLength + 5)
        torrent = try MadeTorrent(.v1, pieceLength: 131_072, files: [.init("a.bin", bytes)])
        payload = Payload(
            torrent.info, in: try PayloadFolder(path: temporary("to"), creating: true),
            descriptors: DescriptorCache(limit: 4))
    }

    /// Two blocks of each of `pieces` in turn.
    private func inTurn(_ pieces: Range<Int>) -> [BlockRequest] {
        let blocks = pieces.map { Array(torrent.info.layout.blocks(of: PieceIndex($0))) }
        return stride(from: 0, to: 8, by: 2).flatMap { start in
            blocks.flatMap { $0.dropFirst(start).prefix(2) }
        }
    }

    private func write(_ requests: [BlockRequest], spoilt: Bool = false) -> [BlockWriteResult] {
        payload.write(
            requests.map { request in
                var bytes = torrent.bytes(of: request)
                if spoilt { bytes[0] ^= 1 }
                return BlockWrite(request: request, data: ByteBuffer(bytes: bytes))
            })
    }

    private func hash(_ piece: PieceIndex) -> Digest160? { torrent.info.v1Hash(of: piece) }

    /// What was told of each piece, once all was written.
    private func told(_ results: [BlockWriteResult]) -> [PieceIndex: Digest160] {
        #expect(results.allSatisfy { $0.error == nil })
        let told = results.compactMap { result in result.pieceSHA1.map { (result.request.piece, $0) } }
        return Dictionary(uniqueKeysWithValues: told)
    }

    @Test(
        "of pieces that come side by side it is told with their last block", arguments: [1, 7, 30, 100, 1000])
    func sideBySide(batch: Int) throws {
        let requests = inTurn(0..<Self.pieces)
        var results = write(Array(requests.prefix(40)))
        for start in stride(from: 40, to: requests.count, by: batch) {
            results += write(Array(requests[start..<min(requests.count, start + batch)]))
        }
        #expect(results.map(\.request) == requests)
        let told = told(results)
        #expect(told.count == Self.pieces)
        for (piece, digest) in told { #expect(digest == hash(piece)) }
        for result in results where result.pieceSHA1 != nil {
            let last = torrent.info.layout.blocks(of: result.request.piece).reduce(0) { max($0, $1.begin) }
            #expect(result.request.begin == last)
        }
        try payload.finish()
        #expect(torrent.faults(in: temporary["to"]) == [])
    }

    @Test("blocks of one batch may come in any order, and the last to come tells")
    func anyOrder() throws {
        var generator = SplitMix64(seed: 1)
        let requests = inTurn(0..<8)
        var results: [BlockWriteResult] = []
        for start in stride(from: 0, to: requests.count, by: 16) {
            results += write(requests[start..<(start + 16)].shuffled(using: &generator))
        }
        let told = told(results)
        #expect(told.count == 8 && told.allSatisfy { $1 == hash($0) })
        for (piece, _) in told {
            let ofPiece = results.filter { $0.request.piece == piece }
            #expect(ofPiece.firstIndex { $0.pieceSHA1 != nil } == ofPiece.count - 1)
        }
    }

    @Test("of a piece whose blocks do not come in their order, or that is written over, nothing is told")
    func leftAlone() throws {
        let requests = inTurn(0..<16)
        let first = Array(requests.prefix(32))
        _ = write(first)
        // Of the first a block is missing for now, of the second one comes again, and of the third with other bytes.
        let late = requests.first { $0.piece == PieceIndex(0) && $0.begin == 2 * blockLength }!
        let again = requests.first { $0.piece == PieceIndex(1) && $0.begin == blockLength }!
        let other = requests.first { $0.piece == PieceIndex(2) && $0.begin == 0 }!
        _ = write([again])
        _ = write([other], spoilt: true)
        let results = write(requests.dropFirst(32).filter { $0 != late }) + write([late])
        let told = told(results)
        #expect(Set(told.keys) == Set((3..<16).map { PieceIndex($0) }))
        #expect(told.allSatisfy { $1 == hash($0) })
        // What lies on disk is what counts: of these it is read.
        let digests = payload.sha1(of: [0, 1, 2].map { PieceIndex($0) })
        #expect(digests[0] == .success(hash(PieceIndex(0))!) && digests[1] == .success(hash(PieceIndex(1))!))
        #expect(digests[2] != .success(hash(PieceIndex(2))!))
    }

    @Test("bytes that are not the piece's have another digest")
    func spoilt() throws {
        let requests = inTurn(0..<16)
        let results = write(Array(requests.prefix(1)), spoilt: true) + write(Array(requests.dropFirst()))
        // The first came alone, and was left alone.
        #expect(told(results)[PieceIndex(0)] == nil)
        let again = write(Array(requests.prefix(32)), spoilt: true) + write(Array(requests.dropFirst(32)))
        let told = told(again)
        #expect(told.count == 16 && told.allSatisfy { $1 != hash($0) })
    }

    @Test("no more pieces are followed than there are lanes, and none is told wrongly for it")
    func manyPieces() throws {
        var generator = SplitMix64(seed: 2)
        let torrent = try MadeTorrent(
            .v1, pieceLength: 32_768, files: [.init("a.bin", generator.bytes(100 * 32_768))])
        let payload = Payload(
            torrent.info, in: try PayloadFolder(path: temporary("many"), creating: true),
            descriptors: DescriptorCache(limit: 4))
        let starts = torrent.blocks.filter { $0.begin == 0 }
        let ends = torrent.blocks.filter { $0.begin != 0 }
        let results = payload.write(
            (starts + ends).map { BlockWrite(request: $0, data: ByteBuffer(bytes: torrent.bytes(of: $0))) })
        let told = told(results)
        #expect(!told.isEmpty && told.count < 100)
        for (piece, digest) in told { #expect(digest == torrent.info.v1Hash(of: piece)) }
    }

    @Test("of pieces with padding in them the padding counts as zeros, whatever came")
    func padding() throws {
        var generator = SplitMix64(seed: 3)
        let files = (0..<24).map { MadeTorrent.File("\($0)", generator.bytes(65_536 + Int($0))) }
        let torrent = try MadeTorrent(.hybrid, pieceLength: 65_536, files: files)
        let payload = Payload(
            torrent.info, in: try PayloadFolder(path: temporary("pads"), creating: true),
            descriptors: DescriptorCache(limit: 40))
        let blocks = (0..<4).flatMap { number in
            torrent.info.layout.pieces.compactMap { piece in
                Array(torrent.info.layout.blocks(of: PieceIndex(piece))).dropFirst(number).first
            }
        }
        let results = payload.write(
            blocks.map { BlockWrite(request: $0, data: ByteBuffer(bytes: torrent.bytes(of: $0))) })
        let told = told(results)
        #expect(!told.isEmpty)
        for (piece, digest) in told { #expect(digest == torrent.info.v1Hash(of: piece)) }
        let pieces = torrent.info.layout.pieces.map { PieceIndex($0) }
        #expect(payload.sha1(of: pieces) == pieces.map { .success(torrent.info.v1Hash(of: $0)!) })
    }
}
