// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBencode
internal import SwardSPDX

/// The license manifest of a bundle: the `license` key of its info dictionary.
///
/// - Source: docs/bundle-format.md, version 1.
public struct BundleManifest: Hashable, Sendable {
    /// A work this one derives from.
    public struct Source: Hashable, Sendable {
        /// `url` or `urn:btmh:…`; at least one.
        public var url: String?
        /// The v2 info-hash as a multihash: 0x12 0x20 and 32 bytes.
        public var btmh: [UInt8]?
        public var title: String?
        public var creators: [String]
        public var expression: String?
        public var isModified: Bool

        public init(
            url: String? = nil, btmh: [UInt8]? = nil, title: String? = nil, creators: [String] = [],
            expression: String? = nil, isModified: Bool = false
        ) {
            self.url = url
            self.btmh = btmh
            self.title = title
            self.creators = creators
            self.expression = expression
            self.isModified = isModified
        }
    }

    public static let key = "license"
    public static let currentVersion: Int64 = 1

    /// SPDX expressions as they came; number 0 is the work's own and the default of every file.
    public var expressions: [String]
    public var copyright: [String] = []
    public var title: String?
    public var creators: [String] = []
    public var homepage: String?
    public var year: Int?
    /// License or exception identifier to the path of its text in the payload, elements joined by `/`.
    public var texts: [String: String] = [:]
    /// Path of the SPDX document in the payload.
    public var document: String?
    public var sources: [Source] = []
    public var correspondingSource: [String] = []
    /// For each file its expression's number; empty when all have number 0.
    public internal(set) var fileExpressions: [UInt16] = []

    /// - Parameter expressions: At least one; number 0 is the work's.
    public init(expressions: [String]) {
        precondition(!expressions.isEmpty)
        self.expressions = expressions
    }

    /// The number of the expression that a file is under.
    public func expressionIndex(ofFile file: Int) -> Int {
        fileExpressions.isEmpty ? 0 : Int(fileExpressions[file])
    }

    public func expression(ofFile file: Int) -> String { expressions[expressionIndex(ofFile: file)] }

    /// The value of the `license` key; the numbers of the files lie with the files.
    package func encoded() -> Bencode {
        func list(_ texts: [String]) -> Bencode { .list(texts.map(Bencode.text)) }
        var entries: [String: Bencode] = [
            "v": .integer(Self.currentVersion), "expressions": list(expressions),
        ]
        if !copyright.isEmpty { entries["copyright"] = list(copyright) }
        if let title { entries["title"] = .text(title) }
        if !creators.isEmpty { entries["creators"] = list(creators) }
        if let homepage { entries["homepage"] = .text(homepage) }
        if let year { entries["year"] = .integer(Int64(year)) }
        if !texts.isEmpty { entries["texts"] = .dictionary(texts.bencodeKeys { .text($0) }) }
        if let document { entries["document"] = .text(document) }
        if !sources.isEmpty { entries["sources"] = .list(sources.map(\.encoded)) }
        if !correspondingSource.isEmpty { entries["corresponding-source"] = list(correspondingSource) }
        return .dictionary(entries.bencodeKeys { $0 })
    }
}

extension BundleManifest.Source {
    var encoded: Bencode {
        var entries: [String: Bencode] = [:]
        if let url { entries["url"] = .text(url) }
        if let btmh { entries["btmh"] = .string(btmh) }
        if let title { entries["title"] = .text(title) }
        if !creators.isEmpty { entries["creators"] = .list(creators.map(Bencode.text)) }
        if let expression { entries["expression"] = .text(expression) }
        if isModified { entries["modified"] = .integer(1) }
        return .dictionary(entries.bencodeKeys { $0 })
    }
}

extension [String: Bencode] {
    func bencodeKeys(_ value: (Bencode) -> Bencode) -> [[UInt8]: Bencode] {
        [[UInt8]: Bencode](uniqueKeysWithValues: map { (Array($0.key.utf8), value($0.value)) })
    }
}

extension [String: String] {
    func bencodeKeys(_ value: (String) -> Bencode) -> [[UInt8]: Bencode] {
        [[UInt8]: Bencode](uniqueKeysWithValues: map { (Array($0.key.utf8), value($0.value)) })
    }
}
