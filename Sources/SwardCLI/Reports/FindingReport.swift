// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy

/// One reason of a verdict, as every command shows it.
struct FindingReport: Encodable {
    let kind: String
    let weight: String
    /// The file, the source, or nothing for the work as a whole.
    let place: String?
    let expression: String
    let license: String?
    let clause: String?
    let statement: String
    let cure: String?
    let isEnclosure: Bool

    init(_ finding: Finding) {
        kind = finding.kind.rawValue
        weight = finding.weight.rawValue
        place =
            switch finding.subject {
            case .work: nil
            case .part(_, let file): file.isEmpty ? nil : file
            case .source(_, let title): title
            }
        expression = finding.expression
        license = finding.license
        clause = finding.clause
        statement = finding.statement
        // Where a peer says so here.
        cure =
            finding.kind == .noncommercialOnly && finding.cure != nil
            ? "fetch or seed it with --noncommercial, or say noncommercial = true under [operator] of config.toml, if that is how you share"
            : finding.cure
        isEnclosure = finding.isEnclosure
    }

    /// `statement (clause); cure`, with the place before it.
    var line: String {
        var line = place.map { "\(Words.shown($0)): " } ?? ""
        line += Words.shown(statement)
        if let clause { line += " (\(Words.shown(clause)))" }
        if let cure { line += "; \(Words.shown(cure))" }
        return line
    }
}
