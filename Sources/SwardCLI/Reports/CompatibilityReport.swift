// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardSPDX

/// Whether parts may go into a whole, as `license check` writes it.
struct CompatibilityReport: Encodable {
    struct Reason: Encodable {
        /// `part` or `whole`: whose clause it is.
        let side: String
        let license: String
        let clause: String?
        let statement: String
    }

    struct Answer: Encodable {
        let answer: String
        let conditions: [String]
        let reasons: [Reason]
        /// Of a choice, the branch of the part that was taken.
        let branch: String?
        /// The branch or version of the whole that is left.
        let wholeBecomes: String?

        init(_ result: Compatibility) {
            answer = result.answer.rawValue
            conditions = result.conditions.map(\.rawValue)
            reasons = result.reasons.map {
                Reason(
                    side: $0.side.rawValue, license: $0.license, clause: $0.clause, statement: $0.statement)
            }
            branch = result.part
            wholeBecomes = result.whole
        }
    }

    struct Part: Encodable {
        let part: String
        /// For the use that was asked for.
        let answer: String
        /// What the answer hangs on, where another use has another one.
        let dependsOn: [String]
        /// Why it differs from what OSADL publishes, where it does.
        let departure: String?
        /// Of the use that was asked for.
        let reasons: [Reason]
        /// By use: `combine`, `link`, `collect`.
        let uses: [String: Answer]
    }

    let whole: String
    let use: String
    /// The worst of the parts.
    let answer: String
    let parts: [Part]

    init(_ parts: some Sequence<LicenseExpression>, in whole: LicenseExpression, use: Compatibility.Use) {
        self.whole = whole.description
        self.use = use.rawValue
        var worst = Compatibility.Answer.yes
        self.parts = parts.map { part in
            let results = Compatibility.Use.allCases.map { ($0, Compatibility.of(part, in: whole, use: $0)) }
            let asked = results.first { $0.0 == use }?.1 ?? Compatibility(.needsReview)
            worst = max(worst, asked.answer)
            var dependsOn: [String] = []
            if Set(results.map(\.1.answer)).count > 1 {
                if results[0].1.answer != results[1].1.answer {
                    dependsOn.append(Compatibility.Condition.linking.rawValue)
                }
                if results[1].1.answer != results[2].1.answer {
                    dependsOn.append(Compatibility.Condition.collection.rawValue)
                }
            }
            for condition in asked.conditions where asked.answer == .depends && condition != .ownLicense {
                if !dependsOn.contains(condition.rawValue) { dependsOn.append(condition.rawValue) }
            }
            return Part(
                part: part.description, answer: asked.answer.rawValue, dependsOn: dependsOn,
                departure: results[0].1.departure, reasons: Answer(asked).reasons,
                uses: Dictionary(
                    results.map { ($0.0.rawValue, Answer($0.1)) }, uniquingKeysWith: { a, _ in a }))
        }
        answer = worst.rawValue
    }

    private static let words: [(use: String, words: String)] = [
        ("combine", "in one work"), ("link", "linked, or used through its interface"),
        ("collect", "side by side"),
    ]

    func write(to console: Console) {
        for (number, part) in parts.enumerated() {
            if number > 0 { console.print() }
            var head = Self.shown(part.answer)
            if !part.dependsOn.isEmpty {
                head += "; it depends on \(part.dependsOn.map(Self.words).joined(separator: " and "))"
            }
            console.print(
                console.styled("\(Words.shown(part.part)) in \(Words.shown(whole))", Style.bold) + ": \(head)"
            )
            for (use, words) in Self.words {
                guard let answer = part.uses[use] else { continue }
                let mark = use == self.use ? "→" : " "
                console.print("  \(mark) \(words): \(Self.shown(answer.answer))\(Self.narrowing(answer))")
                for reason in answer.reasons {
                    let clause = reason.clause.map { "  " + console.styled("[\($0)]", Style.dim) } ?? ""
                    console.print("      \(Words.shown(reason.statement))\(clause)")
                }
            }
            if let departure = part.departure { console.print("    Others answer otherwise: \(departure).") }
        }
    }

    private static func words(_ condition: String) -> String {
        switch condition {
        case "linking": "whether it is linked"
        case "collection": "whether it lies beside"
        case "secondary-license-notice": "what the notice names as secondary licenses"
        case "narrowed-version": "which versions the whole keeps"
        case "kind-of-work": "what is made of it"
        case "own-license": "each part keeping its own license"
        case "separate-files": "the files it goes into"
        case "patches": "changes coming as patches"
        case "added-terms": "the terms that were added"
        default: condition
        }
    }

    private static func shown(_ answer: String) -> String {
        answer == "needs-review" ? "needs review" : answer
    }

    private static func narrowing(_ answer: Answer) -> String {
        var text = ""
        if let branch = answer.branch { text += ", as \(Words.shown(branch))" }
        if let whole = answer.wholeBecomes { text += ", the whole as \(Words.shown(whole))" }
        return text
    }
}
