// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardArchive
import SwardBundle
import SwardCrypto
import SwardEngine
import SwardFetch
import SwardMetainfo
import SwardPackaging
import SwardScan
import SwardSPDX
import SwardStorage

/// Turns the libraries' errors, which are facts, into sentences: what happened, where, what to do.
///
/// Lower case, no full stop, one line; a line for each place where there are several.
enum Words {
    static func sentence(for error: any Error) -> String {
        switch error {
        case let error as Misfortune: error.description
        case let error as InFile: "\(place(error.path)): \(sentence(for: error.error))"
        case let error as MetainfoError: text(error)
        case let error as BundleError: text(error)
        case let error as CryptoError: text(error)
        case let error as KeyStoreError: text(error)
        case let error as ExpressionError: text(error)
        case let error as PackagingError: text(error)
        case let error as ScanError: text(error)
        case let error as ArchiveError: text(error)
        case let error as StorageError: text(error)
        case let error as FetchError: text(error)
        case let error as LicenseUpdateError: text(error)
        case let error as TorrentProblem: text(error)
        case is CancellationError: "stopped before the end"
        default: String(describing: error)
        }
    }

    /// What the system said, where it is the system that said something.
    static func system(_ error: any Error) -> String {
        SystemRefusal.code(of: error).map(system) ?? String(describing: error)
    }

    static func system(_ code: Int32) -> String { String(cString: strerror(code)).lowercasedFirst }

    /// Text from outside, made safe for a terminal: control and invisible characters are shown as escapes.
    static func shown(_ text: some StringProtocol) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// A path, seen also where it is empty.
    static func place(_ path: String) -> String { path.isEmpty ? quoted("") : shown(path) }

    /// An expression of dozens of parts, as an archive may have, cut between two of them.
    static func shortened(_ expression: String, limit: Int = 240) -> String {
        guard expression.utf8.count > limit else { return shown(expression) }
        var parts: [String] = [""]
        var depth = 0
        for word in expression.split(separator: " ") {
            if depth == 0, word == "AND" {
                parts.append("")
                continue
            }
            for character in word { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
            parts[parts.endIndex - 1] += parts[parts.endIndex - 1].isEmpty ? word : " " + word
        }
        var kept = parts.count
        while kept > 1, parts[..<kept].joined(separator: " AND ").count > limit { kept -= 1 }
        let head = parts[..<kept].joined(separator: " AND ")
        let rest = kept < parts.count ? " AND \(parts.count - kept) more" : ""
        return shown(head.prefix(limit)) + (head.count > limit ? "…" : "") + rest
    }

    /// `shown`, between quotation marks, cut where it is long.
    static func quoted(_ text: some StringProtocol) -> String {
        text.count > 300 ? "\"\(shown(text.prefix(300)))…\"" : "\"\(shown(text))\""
    }

    static func list(_ items: [String], limit: Int = 10) -> String {
        let head = items.prefix(limit).joined(separator: ", ")
        return items.count > limit ? "\(head) and \(items.count - limit) more" : head
    }

    /// What is wrong, with each place on a line of its own where there are several, and what to do.
    static func lines(_ what: String, _ items: [String], _ remedy: String, limit: Int = 20) -> String {
        if items.count == 1 { return "\(what): \(items[0]); \(remedy)" }
        let more = items.count > limit ? ["and \(items.count - limit) more"] : []
        let indented = (items.prefix(limit) + more).map { "  \($0)" }
        return (["\(what):"] + indented + [remedy]).joined(separator: "\n")
    }
}

/// An error that the command line itself makes: what happened, where, what to do.
struct Misfortune: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// An error of a library, with the file it was reading.
struct InFile: Error {
    let path: String
    let error: any Error

    /// Runs `body` and says of its errors that they are about `path`.
    static func reading<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw InFile(path: path, error: error) }
    }
}

extension String {
    var lowercasedFirst: String {
        guard let first, !(dropFirst().first?.isUppercase ?? false) else { return self }
        return first.lowercased() + dropFirst()
    }
}
