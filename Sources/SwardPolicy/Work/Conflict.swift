// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Parts of one work whose terms do not go together, or only on a condition.
public struct Conflict: Hashable, Sendable {
    /// How the parts lie together. Raw values are the stable names in JSON output.
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        /// Both sets of terms bind the same file.
        case sameFile = "same-file"
        /// The part lies in a work that as a whole is declared to be under other terms.
        case declaredWhole = "declared-whole"
        /// Program files in one folder of sources: built into one program, as far as names can tell.
        case sameProgram = "same-program"
    }

    /// The expression of the part.
    public var part: String
    /// The expression it meets: of the other part, or of the work.
    public var whole: String
    public var relation: Relation
    /// Files under `part`; at most ``Duty/maximumPlaces``.
    public var paths: [String]
    /// Files under `whole`; empty when it is the work's own.
    public var wholePaths: [String]
    public var result: Compatibility
    /// One sentence without full stop.
    public var statement: String
    public var cure: String?

    public init(
        part: String, whole: String, relation: Relation, paths: [String], wholePaths: [String],
        result: Compatibility, statement: String, cure: String? = nil
    ) {
        self.part = part
        self.whole = whole
        self.relation = relation
        self.paths = paths
        self.wholePaths = wholePaths
        self.result = result
        self.statement = statement
        self.cure = cure
    }
}

/// What is declared for a file set against what was found in it.
public struct Contradiction: Hashable, Sendable {
    /// Raw values are the stable names in JSON output.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Found terms give less than the declared ones: the declaration promises what the file does not grant.
        case declaredTooMuch = "declared-too-much"
        /// The file grants more than is declared: lawful where the found terms allow to narrow, worth a look.
        case declaredTooLittle = "declared-too-little"
        /// Neither goes by the other.
        case different
    }

    /// As in ``ScannedFile/path``.
    public var path: String
    public var kind: Kind
    public var declared: String
    /// Where it is declared, such as `REUSE.toml`.
    public var declaredIn: String?
    public var found: String
    /// Whether the work must be held until someone looked.
    public var holdsWork: Bool
    /// One sentence without full stop.
    public var statement: String

    public init(
        path: String, kind: Kind, declared: String, declaredIn: String?, found: String, holdsWork: Bool,
        statement: String
    ) {
        self.path = path
        self.kind = kind
        self.declared = declared
        self.declaredIn = declaredIn
        self.found = found
        self.holdsWork = holdsWork
        self.statement = statement
    }
}
