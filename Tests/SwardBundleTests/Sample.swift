// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardBundle
import SwardCrypto
import SwardMetainfo
import SwardPrimitives

/// A v2 torrent of five files with a manifest, and ways to spoil it.
enum Sample {
    static let files = ["LICENSES/LicenseRef-x.txt", "a.txt", "code/main.c", "code/tool.exe", "w.spdx.json"]

    static var manifest: BundleManifest {
        var manifest = BundleManifest(expressions: ["CC-BY-SA-4.0", "GPL-3.0-or-later OR LicenseRef-x"])
        manifest.copyright = ["2026 A. Name"]
        manifest.title = "A Work"
        manifest.creators = ["A. Name", "Ünal"]
        manifest.homepage = "https://example.org/w"
        manifest.year = 2026
        manifest.texts = ["LicenseRef-x": files[0]]
        manifest.document = files[4]
        manifest.sources = [
            .init(
                url: "https://example.org/s", title: "S", creators: ["B"], expression: "CC0-1.0",
                isModified: true)
        ]
        manifest.correspondingSource = ["urn:btmh:1220abcd"]
        return manifest
    }

    /// - Parameters:
    ///   - license: What stands under `license`; left out when `nil`.
    ///   - numbers: What stands under `license` of each file.
    static func info(
        license: Bencode?, numbers: [Int: Bencode] = [2: 1], kind: InfoDictionary.Kind = .v2,
        extra: [String: Bencode] = [:]
    ) throws -> InfoDictionary {
        var builder = InfoDictionaryBuilder(
            kind: kind, name: "w", pieceLength: 16_384,
            files: files.enumerated().map { index, name in
                .init(
                    path: name.split(separator: "/").map(String.init), length: 10,
                    piecesRoot: Digest256(repeatElement(UInt8(index + 1), count: 32)),
                    extra: numbers[index].map { ["license": $0] } ?? [:])
            })
        builder.extra = extra
        if let license { builder.extra["license"] = license }
        if kind != .v2 {
            let pieces = try builder.layout().pieceCount
            builder.v1Pieces = [UInt8](repeating: 7, count: 20 * pieces)
        }
        return try InfoDictionary.parse(builder.build())
    }

    /// The manifest with one entry changed or, for `nil`, left out.
    static func license(_ key: String, _ value: Bencode?) -> Bencode {
        guard case .dictionary(var entries) = manifest.encoded() else { return 0 }
        entries[Array(key.utf8)] = value
        return .dictionary(entries)
    }

    static func key(_ number: UInt8) throws -> SecretKey {
        let seed = [UInt8](repeating: number, count: 32)
        return try SecretKey(
            id: KeyID(repeatElement(number, count: 8))!, seed: seed.withUnsafeBytes { try SecretBytes($0) })
    }
}
