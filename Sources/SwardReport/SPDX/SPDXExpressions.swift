// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Makes expressions that readers of SPDX 2.3 accept: what their grammar or their license list lacks becomes a `LicenseRef-`,
/// and every `LicenseRef-` is remembered, because the document must carry its text.
///
/// - Source: SPDX 2.3, Annex D and section 10.
struct SPDXExpressions {
    private var written: [LicenseExpression: String] = [:]
    /// What a reference stands for, by identifier.
    private(set) var references: [String: String] = [:]

    mutating func text(_ expression: LicenseExpression) -> String {
        if let known = written[expression] { return known }
        let text = LicenseExpression(mapped(expression.root)).description
        written[expression] = text
        return text
    }

    /// Each license of the expression on its own.
    mutating func terms(_ expression: LicenseExpression) -> [String] {
        var seen: Set<String> = []
        return expression.terms.map { mapped($0).description }.filter { seen.insert($0).inserted }
    }

    private mutating func mapped(_ node: LicenseExpression.Node) -> LicenseExpression.Node {
        switch node {
        case .term(let term): return .term(mapped(term))
        case .and(let parts):
            var result: [LicenseExpression.Node] = []
            for part in parts { result.append(mapped(part)) }
            return .all(result)
        case .or(let parts):
            var result: [LicenseExpression.Node] = []
            for part in parts { result.append(mapped(part)) }
            return .any(result)
        }
    }

    private mutating func mapped(_ term: LicenseTerm) -> LicenseTerm {
        let isPlain = term.license.document == nil && (term.license.isListed || term.license.isCustom)
        guard isPlain, term.exception?.isListed ?? true else {
            let words = term.description
            let name = words.map {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-"
            }
            let identifier = "LicenseRef-" + String(name)
            references[identifier] = words
            return LicenseTerm(LicenseReference(identifier))
        }
        if term.license.isCustom { references[term.license.identifier] = term.license.identifier }
        return term
    }
}
