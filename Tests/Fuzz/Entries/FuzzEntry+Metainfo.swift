// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives

extension FuzzEntry {
    package static let info = FuzzEntry(name: "info") { (bytes: [UInt8]) throws(Violation) in
        guard let info = try? InfoDictionary.parse(bytes) else { return }
        try checkInfo(info)
        try check("the bytes are kept", info.bytes == bytes)
    }

    package static let metainfo = FuzzEntry(name: "metainfo") { (bytes: [UInt8]) throws(Violation) in
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo.parse(bytes) } catch {
            try check("a refusal has a place", error.offset.map { 0...bytes.count ~= $0 } ?? false)
            return
        }
        try check("the bytes are kept", metainfo.encoded() == bytes)
        try checkInfo(metainfo.info)
        let link = MagnetLink(metainfo)
        try check(
            "a torrent has a link", (try? MagnetLink.parse(link.description))?.infoHashes == link.infoHashes)
        _ = (metainfo.nodes, metainfo.similar, metainfo.collections, metainfo.comment, metainfo.creationDate)
        for file in metainfo.info.files where file.length > Int64(metainfo.info.pieceLength) {
            guard let root = file.piecesRoot else { continue }
            let expected =
                (file.length + Int64(metainfo.info.pieceLength) - 1) / Int64(metainfo.info.pieceLength)
            try check(
                "a long file has its layer",
                metainfo.pieceLayers[root].map { Int64($0.count) == expected } ?? false)
        }
    }

    package static let magnet = FuzzEntry(name: "magnet") { (bytes: [UInt8]) throws(Violation) in
        guard let text = String(validating: bytes, as: UTF8.self), let link = try? MagnetLink.parse(text)
        else { return }
        try check("a link says what it was read from", (try? MagnetLink.parse(link.description)) == link)
    }

    private static func checkInfo(_ info: InfoDictionary) throws(Violation) {
        var total: Int64 = 0
        var paths: Set<String> = []
        for (index, file) in info.files.enumerated() {
            total += file.length
            for element in [info.name] + file.path + (file.symlinkTarget ?? []) {
                try check("a path is safe", PathRules.refusal(of: element.utf8) == nil)
            }
            try check(
                "a path is there once", paths.insert(file.path.joined(separator: "/").lowercased()).inserted)
            try check(
                "a file has its pieces", info.layout.pieces(ofFile: index).isEmpty == (file.length == 0))
        }
        try check("lengths add up", total == info.layout.totalLength && total > 0)
        _ = info.pathWarnings()
        var seen: Int64 = 0
        for piece in info.layout.pieces.prefix(100).map({ PieceIndex($0) }) {
            let length = info.layout.paddedLength(of: piece)
            try check(
                "a piece has a length",
                1...info.pieceLength ~= length && 1...length ~= info.layout.length(of: piece))
            var covered = 0
            for segment in info.layout.segments(of: piece, begin: 0, length: length) {
                covered += segment.length
                guard let file = segment.file else { continue }
                seen += Int64(segment.length)
                let end = segment.fileOffset + Int64(segment.length)
                try check(
                    "a segment is in its file",
                    segment.fileOffset >= 0 && end <= info.layout.length(ofFile: file))
            }
            try check("segments cover a piece", covered == length)
            try check("a piece of v1 has a hash", (info.v1Hash(of: piece) != nil) == (info.kind != .v2))
        }
        try check("pieces cover the files", info.layout.pieceCount > 100 || seen == total)
    }
}
