// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Finds the text of a license or exception by its SPDX identifier.
///
/// In order: the work's own `LICENSES/`, what `license update` fetched, what the machine shares, and the few
/// texts that Debian keeps. Nothing is fetched here.
public struct LicenseTexts: Sendable {
    public struct Found: Hashable, Sendable {
        public let bytes: [UInt8]
        public let path: String
    }

    /// What was found, and every path looked at on the way, in order.
    public struct Search: Hashable, Sendable {
        public let found: Found?
        public let searched: [String]
    }

    /// No license text is longer, in bytes; the longest of the SPDX list has some 100 000.
    static let textLimit = 4 << 20

    private let work: String?
    private let folders: LicenseFolders

    /// - Parameter work: The root of the work, where a `LICENSES` folder may be.
    public init(work: String? = nil, folders: LicenseFolders = LicenseFolders()) {
        self.work = work
        self.folders = folders
    }

    /// - Parameter identifier: Of the SPDX list, or a `LicenseRef-` that only the work or the user can explain.
    public func search(for identifier: String) -> Search {
        var searched: [String] = []
        guard Self.isIdentifier(identifier) else { return Search(found: nil, searched: []) }
        let spellings = Self.spellings(of: identifier)
        for folder in [work.map { $0 + "/LICENSES" }, folders.user].compactMap({ $0 }) + folders.shared {
            for name in spellings.map({ $0 + ".txt" }) {
                if let found = read(folder + "/" + name, &searched) {
                    return Search(found: found, searched: searched)
                }
            }
            // REUSE allows any ending in the work.
            if folder == work.map({ $0 + "/LICENSES" }),
                let found = anyEnding(spellings, in: folder, &searched)
            {
                return Search(found: found, searched: searched)
            }
        }
        for name in Self.commonNames(of: identifier) {
            if let found = read(folders.common + "/" + name, &searched) {
                return Search(found: found, searched: searched)
            }
        }
        return Search(found: nil, searched: searched)
    }

    /// Letters, digits, `.`, `-`, `+`: what an identifier may hold, and no path does harm with.
    static func isIdentifier(_ text: String) -> Bool {
        guard 1...200 ~= text.utf8.count, text.first != "." else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "+"):
                true
            default: false
            }
        }
    }

    /// The identifier, then those that stand for the same text: "or later" is said elsewhere, not in it.
    static func spellings(of identifier: String) -> [String] {
        let base = base(of: identifier)
        let isFamily = ["GPL-", "LGPL-", "AGPL-", "GFDL-"].contains { base.hasPrefix($0) }
        let all = isFamily ? ["-only", "-or-later", "+", ""].map { base + $0 } : [base]
        return [identifier] + all.filter { $0 != identifier }
    }

    private static func base(of identifier: String) -> String {
        for suffix in ["-only", "-or-later", "+"] where identifier.hasSuffix(suffix) {
            return String(identifier.dropLast(suffix.count))
        }
        return identifier
    }

    /// Names in Debian's folder that hold exactly this text. Its `BSD` names the Regents of one university, and
    /// names without a version move.
    static func commonNames(of identifier: String) -> [String] {
        switch base(of: identifier) {
        case "Apache-2.0", "CC0-1.0", "MPL-1.1", "MPL-2.0": return [base(of: identifier)]
        case "Artistic-1.0-Perl": return ["Artistic"]
        case "GPL-1.0": return ["GPL-1"]
        case "GPL-2.0": return ["GPL-2"]
        case "GPL-3.0": return ["GPL-3"]
        case "LGPL-2.0": return ["LGPL-2"]
        case "LGPL-2.1": return ["LGPL-2.1"]
        case "LGPL-3.0": return ["LGPL-3"]
        // Which sections are invariant is said in the work, not in the license.
        case "GFDL-1.2", "GFDL-1.2-invariants", "GFDL-1.2-no-invariants": return ["GFDL-1.2"]
        case "GFDL-1.3", "GFDL-1.3-invariants", "GFDL-1.3-no-invariants": return ["GFDL-1.3"]
        default: return []
        }
    }

    private func anyEnding(_ spellings: [String], in folder: String, _ searched: inout [String]) -> Found? {
        for name in FolderListing.names(in: folder)
        where !name.hasSuffix(".txt") && !name.hasSuffix(".license") {
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
            guard spellings.contains(stem) || spellings.contains(name) else { continue }
            if let found = read(folder + "/" + name, &searched) { return found }
        }
        return nil
    }

    private func read(_ path: String, _ searched: inout [String]) -> Found? {
        searched.append(path)
        // What cannot be read is as good as not there; the path is in the list for whoever wonders.
        guard let bytes = try? SmallFile.read(path, limit: Self.textLimit), !bytes.isEmpty else { return nil }
        return Found(bytes: bytes, path: path)
    }
}

enum FolderListing {
    /// In order; none if the folder cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let item = readdir(stream) {
            let bytes = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." {
                names.append(name)
            }
        }
        return names.sorted()
    }
}
