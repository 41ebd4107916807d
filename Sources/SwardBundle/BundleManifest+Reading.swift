// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
package import SwardMetainfo
internal import SwardSPDX

extension BundleManifest {
    /// What a reader takes before it refuses; the format's own limits.
    package enum Limits {
        package static let expressions = 65_535
        /// Of an expression, a notice, a title, a name, an address.
        package static let textBytes = 4096
        package static let copyright = 65_535
        package static let creators = 65_535
        package static let sources = 65_535
        package static let correspondingSource = 1024
        package static let texts = 65_535
        package static let signatures = 64
    }

    /// Reads the terms in `info`.
    ///
    /// - Returns: `nil` when there is no `license` key: a torrent like any other.
    /// - Throws: For a manifest that breaks the format anywhere. Keys the format does not name are kept and passed over.
    package static func read(_ info: InfoDictionary) throws(BundleError) -> BundleManifest? {
        guard let value = info.extra(Self.key) else { return nil }
        let reader = ManifestReader(value, key: Self.key)
        guard value.isDictionary else { throw reader.error(.wrongType) }
        // Before all else: a later version may have changed any other key.
        guard let version = value["v"] else { throw reader.error(.missing, "v") }
        guard let number = version.integer else { throw reader.error(.wrongType, "v") }
        guard number == currentVersion else {
            throw reader.error(
                number > currentVersion ? .unsupportedVersion(number) : .outOfRange(number), "v")
        }

        guard let expressions = try reader.texts("expressions", limit: Limits.expressions) else {
            throw reader.error(.missing, "expressions")
        }
        guard !expressions.isEmpty else { throw reader.error(.empty, "expressions") }
        var manifest = BundleManifest(expressions: expressions)
        var custom: [String] = []
        for (index, text) in expressions.enumerated() {
            custom += try reader.customIdentifiers(text, key: "expressions[\(index)]")
        }
        if Set(expressions).count != expressions.count { throw reader.error(.duplicate, "expressions") }

        manifest.copyright = try reader.texts("copyright", limit: Limits.copyright) ?? []
        manifest.title = try reader.text("title")
        manifest.creators = try reader.texts("creators", limit: Limits.creators) ?? []
        manifest.homepage = try reader.address("homepage")
        manifest.year = try reader.integer("year", in: 1...9999).map(Int.init)
        manifest.correspondingSource =
            try reader.texts("corresponding-source", limit: Limits.correspondingSource) ?? []
        for (index, text) in manifest.correspondingSource.enumerated() where !Self.isAddress(text) {
            throw reader.error(.notAddress, "corresponding-source[\(index)]")
        }
        manifest.document = try reader.text("document")
        manifest.texts = try reader.paths("texts", limit: Limits.texts)
        manifest.sources = try reader.sources()
        for identifier in custom where manifest.texts[identifier] == nil {
            throw reader.error(.textMissing(identifier), "texts")
        }
        try manifest.checkPaths(in: info, reader: reader)
        manifest.fileExpressions = try readFileExpressions(info, count: expressions.count)
        return manifest
    }

    private func checkPaths(in info: InfoDictionary, reader: ManifestReader) throws(BundleError) {
        var wanted = Set(texts.values)
        if let document { wanted.insert(document) }
        guard !wanted.isEmpty else { return }
        for index in info.files.indices {
            wanted.remove(info.files.path(of: index).joined(separator: "/"))
            if wanted.isEmpty { return }
        }
        if let document, wanted.contains(document) { throw reader.error(.noSuchFile(document), "document") }
        for (identifier, path) in texts.sorted(by: { $0.key < $1.key }) where wanted.contains(path) {
            throw reader.error(.noSuchFile(path), "texts.\(identifier)")
        }
    }

    private static func readFileExpressions(_ info: InfoDictionary, count: Int) throws(BundleError)
        -> [UInt16]
    {
        // The dictionary of a v1 single file is the info dictionary itself, where the key is the manifest.
        if info.kind == .v1, info.isSingleFile { return [] }
        var numbers: [UInt16] = []
        for index in info.files.indices {
            let entry = info.files[index]
            func error(_ reason: BundleError.Reason, at offset: Int) -> BundleError {
                BundleError(reason, key: key, at: offset, file: entry.path.joined(separator: "/"))
            }
            func number(_ value: BencodeValue) throws(BundleError) -> Int64 {
                guard let number = value.integer else { throw error(.wrongType, at: value.range.lowerBound) }
                guard 0..<Int64(count) ~= number else {
                    throw error(.outOfRange(number), at: value.range.lowerBound)
                }
                return number
            }
            let value = entry.value[key]
            let declared = try value.map(number) ?? 0
            if !info.isSingleFile, let other = entry.v1Value?[key] {
                guard try number(other) == declared else {
                    throw error(.viewsDiffer, at: other.range.lowerBound)
                }
            }
            if declared != 0, numbers.isEmpty { numbers = [UInt16](repeating: 0, count: info.files.count) }
            if declared != 0 { numbers[index] = UInt16(declared) }
        }
        return numbers
    }
}

/// Takes values out of the manifest with the format's types and limits.
private struct ManifestReader {
    let value: BencodeValue
    let key: String

    init(_ value: BencodeValue, key: String) {
        self.value = value
        self.key = key
    }

    func error(_ reason: BundleError.Reason, _ name: String? = nil) -> BundleError {
        let plain = name.map { String($0.prefix { $0 != "[" && $0 != "." }) }
        let offset = (plain.flatMap { value[$0] } ?? value).range.lowerBound
        return BundleError(reason, key: name.map { "\(key).\($0)" } ?? key, at: offset)
    }

    /// Text of at least one byte without control characters other than tab and newline.
    private func text(_ item: BencodeValue, _ name: String) throws(BundleError) -> String {
        guard let text = item.text else { throw error(.wrongType, name) }
        guard !text.isEmpty else { throw error(.empty, name) }
        guard text.utf8.count <= BundleManifest.Limits.textBytes else {
            throw error(.tooLong(limit: BundleManifest.Limits.textBytes), name)
        }
        guard BundleManifest.isText(text) else { throw error(.wrongType, name) }
        return text
    }

    func text(_ name: String) throws(BundleError) -> String? {
        guard let item = value[name] else { return nil }
        return try text(item, name)
    }

    func texts(_ name: String, limit: Int) throws(BundleError) -> [String]? {
        guard let list = value[name] else { return nil }
        guard list.isList else { throw error(.wrongType, name) }
        guard list.count <= limit else { throw error(.tooMany(limit: limit), name) }
        var result: [String] = []
        result.reserveCapacity(list.count)
        for item in list.elements { result.append(try text(item, "\(name)[\(result.count)]")) }
        return result
    }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(BundleError) -> Int64? {
        guard let item = value[name] else { return nil }
        guard let number = item.integer else { throw error(.wrongType, name) }
        guard range.contains(number) else { throw error(.outOfRange(number), name) }
        return number
    }

    func address(_ name: String) throws(BundleError) -> String? {
        guard let text = try text(name) else { return nil }
        guard BundleManifest.isAddress(text) else { throw error(.notAddress, name) }
        return text
    }

    /// The references of an expression whose texts must come along.
    func customIdentifiers(_ text: String, key: String) throws(BundleError) -> [String] {
        do {
            let expression = try LicenseExpression.parse(text)
            return expression.textIdentifiers.filter {
                $0.hasPrefix("LicenseRef-") || $0.hasPrefix("AdditionRef-")
            }
        } catch {
            throw self.error(.badExpression(error), key)
        }
    }

    func paths(_ name: String, limit: Int) throws(BundleError) -> [String: String] {
        guard let dictionary = value[name] else { return [:] }
        guard dictionary.isDictionary else { throw error(.wrongType, name) }
        guard dictionary.count <= limit else { throw error(.tooMany(limit: limit), name) }
        var result: [String: String] = [:]
        for (key, item) in dictionary.entries {
            let isIdentifier = key.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || [43, 45, 46].contains($0)
            }
            guard isIdentifier, !key.isEmpty, key.count <= 255 else { throw error(.badIdentifier, name) }
            let identifier = String(decoding: key, as: UTF8.self)
            result[identifier] = try text(item, "\(name).\(identifier)")
        }
        return result
    }

    func sources() throws(BundleError) -> [BundleManifest.Source] {
        guard let list = value["sources"] else { return [] }
        guard list.isList else { throw error(.wrongType, "sources") }
        guard list.count <= BundleManifest.Limits.sources else {
            throw error(.tooMany(limit: BundleManifest.Limits.sources), "sources")
        }
        var result: [BundleManifest.Source] = []
        for item in list.elements {
            let reader = ManifestReader(item, key: "\(key).sources[\(result.count)]")
            guard item.isDictionary else { throw reader.error(.wrongType) }
            var source = BundleManifest.Source()
            source.url = try reader.address("url")
            if let hash = item["btmh"] {
                guard let bytes = hash.string else { throw reader.error(.wrongType, "btmh") }
                guard bytes.count == 34, bytes.starts(with: [0x12, 0x20]) else {
                    throw reader.error(.outOfRange(Int64(bytes.count)), "btmh")
                }
                source.btmh = Array(bytes)
            }
            guard source.url != nil || source.btmh != nil else { throw reader.error(.missing, "url") }
            source.title = try reader.text("title")
            source.creators = try reader.texts("creators", limit: BundleManifest.Limits.creators) ?? []
            source.expression = try reader.text("expression")
            if let expression = source.expression {
                _ = try reader.customIdentifiers(expression, key: "expression")
            }
            source.isModified = try reader.integer("modified", in: 0...1) == 1
            result.append(source)
        }
        return result
    }
}
