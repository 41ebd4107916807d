// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetadata

/// Media, documents, fonts and archives with their fields and locks: one entry for each family, so that mutations
/// mix files of a kind.
extension FuzzEntry {
    package static let mediaImage = media("media-image", endings: ["", ".svg"])
    package static let mediaSound = media("media-sound", endings: [".mp3"])
    package static let mediaFilm = media("media-film", endings: [""])
    package static let mediaDocument = media(
        "media-document", endings: ["", ".md", ".gltf", ".stl", ".eps", ".kicad_sch", ".onnx"])
    package static let mediaFont = media("media-font", endings: [""])
    package static let mediaLock = media("media-lock", endings: ["", ".mpd"])

    private static func media(_ name: String, endings: [String]) -> FuzzEntry {
        FuzzEntry(name: name) { (bytes: [UInt8]) throws(Violation) in
            for ending in endings {
                var read = 0
                let source = ByteSource(
                    length: bytes.count, budget: ByteSource.budget(forLength: bytes.count), windowLength: 0
                ) { offset, count in
                    read += count
                    return Array(bytes[offset..<(offset + count)])
                }
                guard let found = MediaReader.contents(of: source, name: "a" + ending)?.contents else {
                    continue
                }
                try check(
                    "no more is read than the budget", read <= ByteSource.budget(forLength: bytes.count))
                for field in found.fields {
                    try check("a field lies in the file", field.bytes.upperBound <= bytes.count)
                    try check("a field says something", !field.text.isEmpty)
                }
                for lock in found.locks {
                    try check("a lock lies in the file", lock.bytes?.upperBound ?? 0 <= bytes.count)
                    try check("a quote is short", lock.quote.utf8.count <= 1024)
                }
            }
        }
    }
}
