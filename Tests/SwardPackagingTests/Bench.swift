// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardCrypto
import SwardMetainfo
import SwardPackaging
import Testing

/// A folder with a work in it, packed in place.
struct Bench {
    let outer: TemporaryFolder
    let name: String
    var folder: String { outer[name].path }
    var torrent: String { outer["\(name).torrent"].path }

    /// - Parameter files: Path to text, below `name`.
    init(_ files: [String: String] = [:], name: String = "work") throws {
        outer = try TemporaryFolder()
        self.name = name
        try FileManager.default.createDirectory(at: outer[name], withIntermediateDirectories: true)
        for (path, text) in files { try outer.write(text, to: "\(name)/\(path)") }
    }

    /// A copy of a work of `Fixtures/bundles/`.
    init(fixture: String) throws {
        outer = try TemporaryFolder()
        name = fixture
        try FileManager.default.copyItem(at: Fixture("bundles/\(fixture)").url, to: outer[fixture])
    }

    @discardableResult
    func pack(_ change: (inout PackOptions) -> Void = { _ in }, input: String? = nil) throws -> PackReport {
        var options = PackOptions()
        change(&options)
        return try Packer(options: options, findText: Self.texts).pack(input ?? folder)
    }

    /// Texts that need not be true ones.
    static func texts(_ identifier: String) throws(PackagingError) -> LicenseTextSearch {
        if identifier == "ISC" || identifier == "CC-BY-4.0" {
            return .init(text: nil, searched: ["/nowhere/\(identifier).txt"])
        }
        return .init(text: Array("The text of \(identifier).\n".utf8), searched: [])
    }

    static func key(_ number: UInt8) throws -> SecretKey {
        let seed = [UInt8](repeating: number, count: 32)
        return try SecretKey(
            id: KeyID(repeatElement(number, count: 8))!, seed: seed.withUnsafeBytes { try SecretBytes($0) })
    }

    func info() throws -> InfoDictionary { try TorrentFile.read(torrent).info }

    func read(_ path: String) throws -> String {
        String(decoding: try outer.read("\(name)/\(path)"), as: UTF8.self)
    }
    func write(_ text: String, _ path: String) throws { try outer.write(text, to: "\(name)/\(path)") }

    /// Path to content of every file, hidden ones too.
    func contents() throws -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        let names = try #require(FileManager.default.enumerator(atPath: folder))
        for case let path as String in names {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            result[path] = try outer.read("\(name)/\(path)")
        }
        return result
    }
}
