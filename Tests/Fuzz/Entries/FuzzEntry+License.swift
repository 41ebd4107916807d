// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardPolicy
import SwardSPDX

extension FuzzEntry {
    /// Expressions, and the verdict on a work that declares them.
    package static let licenseExpression = FuzzEntry(name: "license-expression") {
        (bytes: [UInt8]) throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        let terms = WorkTerms(expression: text, parts: [])
        let verdict = Verdict.judge(terms, operator: OperatorProfile(isNoncommercial: true))
        let expression: LicenseExpression
        do throws(ExpressionError) {
            expression = try LicenseExpression.parse(text)
        } catch {
            try check("the offence lies in the text", 0...text.utf8.count ~= error.offset)
            try check("what cannot be read is never a pass", verdict.redistribution == .needsReview)
            try check("what cannot be read is never admitted", !Gate().decide(verdict).mayUpload)
            return
        }
        let again = try? LicenseExpression.parse(expression.description)
        try check("canonical form reads as the same", again == expression)
        let normalized = expression.normalized
        try check("normal form is normal", normalized.normalized == normalized)
        try check("normal form means the same", expression.isEquivalent(to: normalized))
        let isKnown = normalized.terms.allSatisfy { LicenseFacts.facts(for: $0) != nil }
        if let choices = normalized.choices(), choices.count == 1, !isKnown {
            try check("one unknown term that binds is never a pass", verdict.redistribution >= .needsReview)
        }
        try check("a pass is known", verdict.redistribution > .noncommercialOnly || verdict.commons != nil)
    }

    /// Any bytes as a license, a notice, a readme and code.
    package static let licenseText = FuzzEntry(name: "license-text") { (bytes: [UInt8]) throws(Violation) in
        for role in [FileRole.licenseText, .notice, .readme, .other] {
            let found = bytes.withUnsafeBytes { unsafe LicenseDetector().detect($0, role: role) }
            // Some millions of steps, and a few for each byte: see the tests of contents made to be slow.
            try check("work is bounded by length", found.work <= 1_200_000 + 4 * bytes.count)
            for finding in found.findings {
                try check("a finding lies in the file", 0...bytes.count ~= finding.bytes.upperBound)
                try check("a score is one", 0...100 ~= finding.score)
                let text = finding.expression.description
                // What is longer than an expression may be cannot be read back.
                if text.utf8.count <= LicenseExpression.maximumLength {
                    try check("what is found can be written", (try? LicenseExpression.parse(text)) != nil)
                }
            }
            for notice in found.copyrights {
                try check("a notice lies in the file", 0...bytes.count ~= notice.bytes.upperBound)
            }
            let places = found.evidence.compactMap(\.bytes)
            try check("evidence lies in the file", places.allSatisfy { 0...bytes.count ~= $0.upperBound })
        }
    }

    /// Names and addresses of licenses, as fields hold them.
    package static let licenseName = FuzzEntry(name: "license-name") { (bytes: [UInt8]) throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        for found in [
            LicenseNames.expression(forName: text), LicenseNames.expression(forAddress: text),
        ] {
            guard let found, found.description.utf8.count <= LicenseExpression.maximumLength else { continue }
            try check("a name is an expression", (try? LicenseExpression.parse(found.description)) != nil)
        }
    }

    /// Policy files, and what they decide.
    package static let policyFile = FuzzEntry(name: "policy-file") { (bytes: [UInt8]) throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        let lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        let rules: PolicyRules
        do throws(PolicyError) {
            rules = try PolicyRules.parse(toml: text)
        } catch {
            try check("the offence lies in the text", error.line.map { 1...lineCount ~= $0 } ?? true)
            return
        }
        let lines = rules.scopes.flatMap { $0.selectors.map(\.line) } + rules.exceptions.map(\.line)
        try check("rules have lines", lines.allSatisfy { line in line.map { 1...lineCount ~= $0 } ?? false })
        for term in ["MIT", "AGPL-3.0-or-later", "CC-BY-NC-4.0 OR LicenseRef-own"] {
            guard let expression = try? LicenseExpression.parse(term) else { continue }
            let decision = rules.decide(expression, path: "src/a.zip!b/c.c")
            try check("a rule is named", !decision.rule.isEmpty)
        }
    }
}
