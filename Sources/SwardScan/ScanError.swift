// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a tree cannot be scanned at all: what, and at which path. What one file hides is a note of the report instead.
public struct ScanError: Error, Hashable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// A call of the operating system failed; the value is `errno`.
        case system(String, Int32)
        case notFound
        /// A device, socket or pipe.
        case notAFile
        /// In a `REUSE.toml`: what is wrong with it.
        case badAnnotations(String)
        /// In a `.reuse/dep5`: what is wrong with it.
        case badDep5(String)
        /// `.reuse/dep5` beside `REUSE.toml`: REUSE allows one of them.
        case twoKindsOfAnnotations(String)

        // Git.
        /// The option can be answered in a repository only.
        case notARepository
        case gitMissing
        /// Git will not read a repository of another user. The text names it.
        case gitRefusesOwner
        case badRevision(String)
        case gitTimedOut(seconds: Int)
        /// Git ended with `status`; `words` are its own, cut short.
        case gitFailed(status: Int32, words: String)
        /// Git's answer is not in the form that its documentation gives.
        case gitAnswer

        /// A baseline that cannot be read.
        case badBaseline(String)
    }

    public let reason: Reason
    /// As it was given to us, or relative to the root.
    public let path: String?
    public let line: Int?

    public init(_ reason: Reason, path: String? = nil, line: Int? = nil) {
        self.reason = reason
        self.path = path
        self.line = line
    }

    public var description: String {
        (path.map { $0 + (line.map { ":\($0)" } ?? "") + ": " } ?? "") + "\(reason)"
    }
}
