// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardSPDX

/// One license, as `license show` and `license explain` write it.
struct LicenseReport: Encodable {
    struct Statement: Encodable {
        let modality: String
        let act: String
        let text: String
        let clause: String?
    }

    let identifier: String
    let name: String?
    let isListed: Bool
    let isOSIApproved: Bool?
    let isDeprecated: Bool?
    let replacement: String?
    let addresses: [String]
    let category: String?
    let isFree: Bool?
    let isCopyleft: Bool?
    /// high or medium: whether the clauses leave room for argument.
    let confidence: String?
    let note: String?
    let statements: [Statement]
    let suggestions: [String]

    init(_ sheet: LicenseSheet) {
        identifier = sheet.identifier
        name = sheet.listed.map { license in license.name + (sheet.exception.map { " with \($0.name)" } ?? "")
        }
        isListed = sheet.listed != nil
        isOSIApproved = sheet.listed?.isOSIApproved
        isDeprecated = sheet.listed?.isDeprecated
        replacement = sheet.listed?.replacement
        addresses = sheet.listed?.addresses ?? []
        category = sheet.facts?.category.rawValue
        isFree = sheet.facts?.isFree
        isCopyleft = sheet.facts?.isCopyleft
        confidence = sheet.facts?.confidence.rawValue
        note = sheet.facts.flatMap { $0.note.isEmpty ? nil : $0.note }
        statements = sheet.statements.map {
            Statement(modality: $0.modality.rawValue, act: $0.act.rawValue, text: $0.text, clause: $0.clause)
        }
        suggestions = sheet.suggestions
    }

    func write(to console: Console) {
        console.print(console.styled(identifier, Style.bold) + (name.map { "  \($0)" } ?? ""))
        var marks = [category].compactMap { $0 }
        if isFree == true { marks.append("free") }
        if isFree == false { marks.append("not free") }
        if isCopyleft == true { marks.append("copyleft") }
        if isOSIApproved == true { marks.append("OSI-approved") }
        if isDeprecated == true { marks.append("deprecated" + (replacement.map { ", now \($0)" } ?? "")) }
        if !marks.isEmpty { console.print("  \(marks.joined(separator: ", "))") }
        if category == nil {
            console.print("  Its clauses are not in the table, so nothing is said of it: it needs review.")
            if !suggestions.isEmpty {
                console.print("  Did you mean \(suggestions.joined(separator: ", "))?")
            }
        }
        for (modality, title) in [("may", "You may"), ("must", "You must"), ("must-not", "You must not")] {
            let rows = statements.filter { $0.modality == modality }
            guard !rows.isEmpty else { continue }
            console.print("  \(title)")
            for row in rows {
                let clause = row.clause.map { "  " + console.styled("[\($0)]", Style.dim) } ?? ""
                console.print("    - \(row.text)\(clause)")
            }
        }
        if let note { console.print("  Note: \(note)") }
        if confidence == "medium" { console.print("  People read some of these clauses differently.") }
        if let address = addresses.first { console.print("  Text: \(address)") }
    }
}

/// What an expression lets one do.
struct ExplanationReport: Encodable {
    struct Alternative: Encodable {
        let licenses: [String]
        let redistribution: String
        let commons: String?
        let findings: [FindingReport]
    }

    let expression: String
    let normalized: String
    let alternatives: [Alternative]?
    let licenses: [LicenseReport]

    init(_ explanation: LicenseExplanation) {
        expression = explanation.expression
        normalized = explanation.normalized
        alternatives = explanation.alternatives?.map { alternative in
            Alternative(
                licenses: alternative.licenses.map(\.identifier),
                redistribution: alternative.redistribution.rawValue,
                commons: alternative.commons?.rawValue, findings: alternative.findings.map(FindingReport.init)
            )
        }
        licenses = explanation.licenses.map(LicenseReport.init)
    }

    func write(to console: Console) {
        console.print(console.styled(expression, Style.bold))
        if normalized != expression { console.print("  today written \(normalized)") }
        if let alternatives {
            if alternatives.count > 1 { console.print("  You may choose one of \(alternatives.count):") }
            for (number, alternative) in alternatives.enumerated() {
                let head = alternatives.count > 1 ? "  \(number + 1). " : "  "
                let together = alternative.licenses.count > 1 ? ", all of which bind" : ""
                console.print(head + alternative.licenses.joined(separator: " and ") + together)
                console.print(
                    "     redistribution: \(alternative.redistribution)"
                        + (alternative.commons.map { "; commons: \($0)" } ?? ""))
                for finding in alternative.findings { console.print("     \(finding.line)") }
            }
        } else {
            console.print("  More ways to choose than can be listed.")
        }
        for license in licenses {
            console.print()
            license.write(to: console)
        }
    }
}
