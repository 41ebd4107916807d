// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension LicenseExpression {
    /// The same terms in current identifiers: deprecated ones replaced, `GPL-2.0+` as `GPL-2.0-or-later`.
    ///
    /// A deprecated identifier that stands for a license with an exception cannot take a second one by
    /// `WITH`; it is left as it is.
    public var normalized: LicenseExpression { LicenseExpression(root.mapTerms(\.normalized)) }

    /// Whether both mean the same terms, up to normalization, order and repetition of operands.
    public func isEquivalent(to other: LicenseExpression) -> Bool {
        normalized.root.sorted == other.normalized.root.sorted
    }

    /// One way to accept the terms: all of `terms` bind together.
    public struct Choice: Hashable, Sendable, CustomStringConvertible {
        /// Sorted, each once.
        public let terms: [LicenseTerm]
        public var description: String { terms.map(\.description).joined(separator: " AND ") }
    }

    /// Every way to accept the terms, in the order written; a way that needs all of another and more is left out.
    ///
    /// - Returns: `nil` when there are more than `limit`; `(A OR B) AND (C OR D) AND …` doubles with every pair.
    public func choices(limit: Int = 256) -> [Choice]? {
        guard let sets = root.choices(limit: limit) else { return nil }
        var seen: Set<Set<LicenseTerm>> = []
        let unique = sets.filter { seen.insert($0).inserted }
        // Only a smaller set can make another redundant; most expressions give sets of one size.
        let kept = unique.filter { set in
            !unique.contains { $0.count < set.count && $0.isSubset(of: set) }
        }
        return kept.map { Choice(terms: $0.sorted()) }
    }
}

extension LicenseExpression.Node {
    fileprivate func mapTerms(_ transform: (LicenseTerm) -> Self) -> Self {
        switch self {
        case .term(let term): transform(term)
        case .and(let parts): .all(parts.map { $0.mapTerms(transform) })
        case .or(let parts): .any(parts.map { $0.mapTerms(transform) })
        }
    }

    /// Operands in one order, each once.
    fileprivate var sorted: Self {
        func unique(_ parts: [Self]) -> [Self] {
            var seen: Set<Self> = []
            return parts.map(\.sorted).filter { seen.insert($0).inserted }
                .map { (key: LicenseExpression($0).description, node: $0) }
                .sorted { $0.key < $1.key }.map(\.node)
        }
        return switch self {
        case .term: self
        case .and(let parts): .all(unique(parts))
        case .or(let parts): .any(unique(parts))
        }
    }

    fileprivate func choices(limit: Int) -> [Set<LicenseTerm>]? {
        switch self {
        case .term(let term): return [[term]]
        case .or(let parts):
            var result: [Set<LicenseTerm>] = []
            for part in parts {
                guard let more = part.choices(limit: limit), result.count + more.count <= limit else {
                    return nil
                }
                result += more
            }
            return result
        case .and(let parts):
            var result: [Set<LicenseTerm>] = [[]]
            for part in parts {
                guard let more = part.choices(limit: limit), result.count * more.count <= limit else {
                    return nil
                }
                result = result.flatMap { set in more.map { set.union($0) } }
            }
            return result
        }
    }
}

extension LicenseTerm {
    /// The same term in current identifiers: a term, or terms joined where one identifier stood for several.
    public var normalized: LicenseExpression.Node {
        let exception = exception?.normalized
        let license = license.inCurrentForm
        guard let listed = license.listed, listed.isDeprecated, var replacement = listed.replacement else {
            return .term(LicenseTerm(license, with: exception))
        }
        // "GPL-2.0-with-classpath-exception+" is the later form of what the list states for the plain one.
        if license.isOrLater {
            replacement = replacement.split(separator: " ").map { $0.orLater }.joined(separator: " ")
        }
        guard let node = try? LicenseExpression.parse(replacement).root else {
            return .term(LicenseTerm(license, with: exception))
        }
        guard let exception else { return node }
        guard case .term(let term) = node, term.exception == nil else {
            return .term(LicenseTerm(license, with: exception))
        }
        return .term(LicenseTerm(term.license, with: exception))
    }
}

extension LicenseReference {
    /// `GPL-3.0-or-later+` says "or later" twice. `GPL-2.0-only+` contradicts itself and stays: no one can
    /// say what was granted.
    fileprivate var inCurrentForm: LicenseReference {
        isOrLater && identifier.hasSuffix("-or-later")
            ? LicenseReference(identifier, document: document) : self
    }
}

extension ExceptionReference {
    fileprivate var normalized: ExceptionReference {
        guard let listed, listed.isDeprecated, let replacement = listed.replacement else { return self }
        return ExceptionReference(replacement)
    }
}

extension Substring {
    fileprivate var orLater: String {
        let only = "-only"
        return hasSuffix(only) ? String(dropLast(only.count)) + "-or-later" : String(self)
    }
}
