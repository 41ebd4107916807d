// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// An SPDX license expression: licenses joined by `AND` and `OR`.
///
/// - Invariant: operators of one kind are flat, so that `A AND (B AND C)` has three operands, and at most
///   ``maximumDepth`` alternate; every walk over the nodes may therefore recurse.
/// - Source: SPDX 2.3 Annex D; `AdditionRef-` from SPDX 3.0.1.
public struct LicenseExpression: Hashable, Sendable, CustomStringConvertible {
    public indirect enum Node: Hashable, Sendable {
        case term(LicenseTerm)
        /// Two or more parts that bind together; none is itself an `and`.
        case and([Node])
        /// Two or more alternatives; none is itself an `or`.
        case or([Node])
    }

    public static let maximumLength = 4096
    public static let maximumDepth = 64

    public let root: Node

    public init(_ root: Node) { self.root = root }
    public init(_ term: LicenseTerm) { root = .term(term) }

    /// What is under all of `parts` at once; what comes twice, by itself or within a part, is written once.
    ///
    /// - Precondition: There is at least one part.
    public static func all(_ parts: [LicenseExpression]) -> LicenseExpression {
        precondition(!parts.isEmpty, "no terms to join")
        var seen: Set<LicenseExpression> = []
        let conjuncts = parts.flatMap { if case .and(let inner) = $0.root { inner } else { [$0.root] } }
        return LicenseExpression(.all(conjuncts.filter { seen.insert(LicenseExpression($0)).inserted }))
    }

    /// All terms in the order they are written, each once.
    public var terms: [LicenseTerm] {
        var seen: Set<LicenseTerm> = []
        return root.allTerms.filter { seen.insert($0).inserted }
    }

    /// All licenses in the order they are written, each once.
    public var licenses: [LicenseReference] {
        var seen: Set<LicenseReference> = []
        return terms.map(\.license).filter { seen.insert($0).inserted }
    }

    /// The identifiers whose texts the expression names, exceptions included and `+` left off: the names of
    /// the files in `LICENSES/`. Those of other documents are left out.
    public var textIdentifiers: [String] {
        var seen: Set<String> = []
        return terms.flatMap { term in
            [term.license.document == nil ? term.license.identifier : nil]
                + [term.exception.flatMap { $0.document == nil ? $0.identifier : nil }]
        }
        .compactMap { $0 }
        .filter { seen.insert($0).inserted }
    }

    /// Identifiers that are neither on the list nor references, in order, each once.
    public var unlisted: [String] {
        var seen: Set<String> = []
        return terms.flatMap { term -> [String] in
            var names: [String] = []
            if !term.license.isCustom, !term.license.isListed { names.append(term.license.description) }
            if let exception = term.exception, !exception.isCustom, !exception.isListed {
                names.append(exception.description)
            }
            return names
        }
        .filter { seen.insert($0).inserted }
    }

    /// As the standard writes it: one space around operators, parentheses only where `OR` stands within `AND`.
    public var description: String { root.text }
}

extension LicenseExpression.Node {
    /// Joins `parts`, flattening operands of the same kind. `parts` is not empty.
    public static func all(_ parts: [Self]) -> Self {
        let flat = parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .and(flat)
    }

    /// Joins `parts`, flattening operands of the same kind. `parts` is not empty.
    public static func any(_ parts: [Self]) -> Self {
        let flat = parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .or(flat)
    }

    fileprivate var allTerms: [LicenseTerm] {
        switch self {
        case .term(let term): [term]
        case .and(let parts), .or(let parts): parts.flatMap(\.allTerms)
        }
    }

    fileprivate var text: String {
        switch self {
        case .term(let term): term.description
        case .or(let parts): parts.map(\.text).joined(separator: " OR ")
        case .and(let parts):
            parts.map { if case .or = $0 { "(\($0.text))" } else { $0.text } }.joined(separator: " AND ")
        }
    }
}
