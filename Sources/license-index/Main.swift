// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CLicenseIndex
import Foundation
import SwardDetection
import SwardSPDX

/// Makes `license-list.tsv`, `license-texts.idx` and `license-names.idx` from a checkout of the SPDX license list.
///
/// The first holds names, identifiers and addresses; the second the words of texts and headers as numbers, for matching;
/// the third what licenses are called, by the list and by `NameData`. Without a checkout only the third is made anew, from
/// the list at hand: enough when `NameData` has changed. The same input gives the same bytes: entries are sorted, and no
/// date or path gets in.
@main struct LicenseIndex {
    static let usage = "usage: license-index [--spdx CHECKOUT] --output FOLDER"
    static let urlLimit = 2

    static func main() {
        var options: [String: String] = [:]
        let arguments = CommandLine.arguments.dropFirst()
        var iterator = arguments.makeIterator()
        while let flag = iterator.next() { options[flag] = iterator.next() }
        let checkout = options["--spdx"]
        guard let output = options["--output"], options.count == (checkout == nil ? 1 : 2) else {
            fail(usage, status: 64)
        }
        do {
            var files: [(name: String, data: Data)] = []
            if let checkout { files = try listAndTexts(of: checkout) }
            let list = files.first.map { Array($0.data) }
            let names =
                try list.map { list in
                    try list.withUnsafeBufferPointer { list in
                        try NameTableBuilder(
                            LicenseList.entries(
                                of: EmbeddedTable(
                                    sward_license_table(bytes: list.baseAddress!, count: list.count)))
                        ).blob()
                    }
                } ?? NameTableBuilder(LicenseList.all).blob()
            files.append(("license-names.idx", Data(names)))
            for (name, data) in files {
                let file = URL(fileURLWithPath: output).appendingPathComponent(name)
                try data.write(to: file, options: .atomic)
                print("\(file.path): \(data.count) bytes")
            }
        } catch {
            fail("license-index: error: \(error)", status: 1)
        }
    }

    static func listAndTexts(of checkout: String) throws -> [(name: String, data: Data)] {
        let files = try xmlFiles(URL(fileURLWithPath: checkout).appendingPathComponent("src"))
        let entries = try files.map(SPDXDocument.read)
        let table = try Table(entries)
        var templates = TemplateSet()
        for (entry, file) in zip(entries, files) { try templates.add(entry, from: file, table: table) }
        let texts = try TextIndexWriter(templates.templates, vocabulary: templates.vocabulary).blob()
        print("\(entries.count) entries, \(templates.templates.count) templates")
        return [("license-list.tsv", Data(table.text.utf8)), ("license-texts.idx", texts)]
    }

    /// In the order of their names, so that the order of a folder does not get in.
    static func xmlFiles(_ folder: URL) throws -> [URL] {
        try [folder, folder.appendingPathComponent("exceptions")].flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "xml" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        }
    }

    static func fail(_ message: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(status)
    }
}

/// The sorted table, ready to be written.
struct Table {
    enum Failure: Error { case duplicate(String), noReplacement(String), separatorInField(String) }

    let text: String
    private let byIdentifier: [String: ListEntry]

    init(_ entries: [ListEntry]) throws {
        let sorted = entries.sorted {
            Array($0.identifier.lowercased().utf8).lexicographicallyPrecedes(
                Array($1.identifier.lowercased().utf8))
        }
        var byIdentifier: [String: ListEntry] = [:]
        for entry in sorted {
            let previous = byIdentifier.updateValue(entry, forKey: entry.identifier.lowercased())
            if previous != nil { throw Failure.duplicate(entry.identifier) }
        }
        self.byIdentifier = byIdentifier
        let newest =
            sorted.map(\.listVersionAdded).filter { !$0.isEmpty }
            .max { $0.compare($1, options: .numeric) == .orderedAscending } ?? "unknown"
        // REUSE-IgnoreStart
        var lines = [
            "# SPDX-FileCopyrightText: SPDX Workgroup, a Linux Foundation project, and the sward authors",
            "# SPDX-License-Identifier: CC0-1.0",
            "# Made by license-index from the SPDX license list; do not edit. Newest entry added in list version:",
            "#version\t\(newest)",
            "#identifier\tkind\tflags\treplacement\tname\taddresses",
        ]
        // REUSE-IgnoreEnd
        for entry in sorted {
            let fields = [
                entry.identifier,
                entry.isException ? "exception" : "license",
                (entry.isOSIApproved ? "o" : "") + (entry.isDeprecated ? "d" : ""),
                entry.isDeprecated ? try Self.replacement(of: entry, in: byIdentifier) : "",
                entry.name.split(whereSeparator: \.isWhitespace).joined(separator: " "),
                entry.crossReferences.prefix(LicenseIndex.urlLimit).joined(separator: " "),
            ]
            if fields.contains(where: { $0.contains("\t") || $0.contains("\n") }) {
                throw Failure.separatorInField(entry.identifier)
            }
            lines.append(fields.joined(separator: "\t"))
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// The expression to use for a deprecated entry.
    func replacement(of entry: ListEntry) throws -> String {
        try Self.replacement(of: entry, in: byIdentifier)
    }

    private static func replacement(of entry: ListEntry, in list: [String: ListEntry]) throws -> String {
        guard let stated = entry.obsoletedBy.first ?? replacements[entry.identifier] else {
            throw Failure.noReplacement(entry.identifier)
        }
        // The list says "GPL-2.0 WITH …", itself deprecated: resolve word by word.
        return try stated.split(separator: " ").map { word in
            guard let next = list[word.lowercased()], next.isDeprecated else { return String(word) }
            return try replacement(of: next, in: list)
        }.joined(separator: " ")
    }
}
