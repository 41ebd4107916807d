// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPolicy
internal import SwardPrimitives
internal import TOMLKit

/// One `REUSE.toml`. Source: REUSE 3.3, "REUSE.toml".
package struct ReuseAnnotations: Sendable {
    package enum Precedence: String, Hashable, Sendable { case closest, aggregate, override }

    package struct Table: Hashable, Sendable {
        package let paths: [PathGlob]
        package let precedence: Precedence
        package let licenses: [String]
        package let copyrights: [String]
    }

    package static let fileName = "REUSE.toml"
    package static let maximumBytes = 8 << 20

    /// Of the folder it lies in, from the work.
    package let folder: [String]
    package let tables: [Table]

    package var name: String { (folder + [Self.fileName]).joined(separator: "/") }

    package enum Mode: Sendable {
        case standard
        /// As the `reuse` tool reads it: a version of the future is no error.
        case lint
    }

    /// In bytes.
    private static let maximumLength = 8 << 20

    /// - Throws: `.badAnnotations` with the line, where the parser knows it.
    package init(_ text: String, folder: [String], mode: Mode = .standard) throws(ScanError) {
        let name = (folder + [Self.fileName]).joined(separator: "/")
        func bad(_ what: String, line: Int? = nil) -> ScanError {
            ScanError(.badAnnotations(what), path: name, line: line)
        }
        // What the reader would end the program on, or nest without bound.
        do throws(PolicyError) { _ = try TOMLLines(text, maximumLength: Self.maximumLength) } catch {
            if case .notTOML(let what) = error.reason { throw bad(what, line: error.line) }
            throw bad("it is too long, nested too deep, or has a NUL byte", line: error.line)
        }
        let root: TOMLTable
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw bad(error.description, line: error.source.begin.line)
        } catch {
            throw bad("\(error)")
        }
        guard let version = root["version"]?.int else { throw bad("`version` is missing or no integer") }
        guard version == 1 || mode == .lint else { throw bad("version \(version) is not known; 1 is") }
        var tables: [Table] = []
        if let annotations = root["annotations"] {
            guard let list = annotations.array else { throw bad("`annotations` is no array of tables") }
            for item in list {
                guard let table = item.table else { throw bad("`annotations` is no array of tables") }
                tables.append(try Self.table(table, bad: { what in bad(what) }))
                if mode == .standard, let (key, name) = Self.misspelled(in: table) {
                    throw bad("`\(key)` is no key; did the author mean `\(name)`?")
                }
            }
        }
        self.folder = folder
        self.tables = tables
    }

    /// The table that speaks for `path` (from the work): the last one that fits.
    package func table(for path: [String]) -> Table? {
        guard path.count > folder.count, path.starts(with: folder) else { return nil }
        let name = path.dropFirst(folder.count).joined(separator: "/")
        return tables.last { $0.paths.contains { $0.matches(name) } }
    }

    private static let keys = ["path", "precedence", "SPDX-License-Identifier", "SPDX-FileCopyrightText"]

    /// A key that REUSE does not know, as it knows one that is nearly the same: what it says would go unheard.
    private static func misspelled(in table: TOMLTable) -> (key: String, name: String)? {
        for key in table.keys.sorted() where !keys.contains(key) && key.utf8.count <= 64 {
            let letters = Array(key.lowercased().utf8)
            let near = keys.filter {
                Spelling.distance(letters, Array($0.lowercased().utf8), limit: $0.utf8.count > 8 ? 3 : 1)
                    != nil
            }
            if let name = near.first { return (key, name) }
        }
        return nil
    }

    private static func table(
        _ table: TOMLTable, bad: (String) -> ScanError
    ) throws(ScanError) -> Table {
        func strings(_ key: String) throws(ScanError) -> [String] {
            guard let value = table[key] else { return [] }
            if let text = value.string { return [text] }
            guard let array = value.array else { throw bad("`\(key)` is neither string nor list of strings") }
            var result: [String] = []
            for item in array {
                guard let text = item.string else {
                    throw bad("`\(key)` is neither string nor list of strings")
                }
                result.append(text)
            }
            return result
        }
        let paths = try strings("path")
        guard !paths.isEmpty else { throw bad("a table of `annotations` has no `path`") }
        var precedence = Precedence.closest
        if let value = table["precedence"] {
            guard let known = value.string.flatMap(Precedence.init(rawValue:)) else {
                throw bad("`precedence` is none of closest, aggregate, override")
            }
            precedence = known
        }
        return Table(
            paths: paths.map(PathGlob.init), precedence: precedence,
            licenses: try strings("SPDX-License-Identifier"),
            copyrights: try strings("SPDX-FileCopyrightText"))
    }
}
