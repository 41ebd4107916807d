// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardMetainfo

/// What reading every byte of a work found.
struct CheckResult: Encodable {
    struct File: Encodable {
        let path: String
        /// missing, wrong length, or damaged; whole files are not listed.
        let state: String
        let length: Int64
        let foundLength: Int64?
        let pieceCount: Int
        let badPieces: Int
        let isMarkedPartial: Bool
    }

    let torrent: String
    let name: String
    let isSound: Bool
    let isRecorded: Bool
    let pieceCount: Int
    let goodPieces: Int
    let totalBytes: Int64
    let goodBytes: Int64
    let fileCount: Int
    let files: [File]

    init(_ torrent: String, _ info: InfoDictionary, _ condition: PayloadCondition) {
        self.torrent = torrent
        name = info.name
        isSound = condition.isSound
        isRecorded = condition.isRecorded
        pieceCount = condition.pieceCount
        goodPieces = condition.goodPieces
        totalBytes = condition.totalBytes
        goodBytes = condition.goodBytes
        fileCount = condition.files.count
        files = condition.files.filter { $0.state != .whole }.map {
            File(
                path: $0.path.joined(separator: "/"), state: $0.state.rawValue, length: $0.length,
                foundLength: $0.found, pieceCount: $0.pieceCount, badPieces: $0.badPieces,
                isMarkedPartial: $0.isMarkedPartial)
        }
    }

    func write(to console: Console) {
        let mark = isSound ? console.styled("sound", Style.green) : console.styled("not sound", Style.red)
        console.print(
            "\(Words.shown(name))  \(Amounts.bytes(goodBytes)) of \(Amounts.bytes(totalBytes)) in \(Amounts.count(fileCount, "file"))  \(mark)"
        )
        for file in files { console.print("  \(Words.shown(file.path)): \(Self.text(file))") }
        if !isRecorded {
            console.warn(
                "\(Words.shown(name)): the record of what is verified cannot be written; seeding will check again"
            )
        }
    }

    private static func text(_ file: File) -> String {
        let partial = file.isMarkedPartial ? ", partial" : ""
        switch file.state {
        case "missing": return "missing"
        case "wrong length":
            return "\(file.foundLength ?? 0) bytes where there should be \(file.length)\(partial)"
        default: return "\(file.badPieces) of \(Amounts.count(file.pieceCount, "piece")) wrong\(partial)"
        }
    }
}
