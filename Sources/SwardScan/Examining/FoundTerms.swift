// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardSPDX

/// What a file's words and its fields say, as one.
struct FoundTerms {
    var findings: [LicenseFinding] = []
    var copyrights: [CopyrightNotice] = []
    /// The `AND` of the distinct grants.
    var expression: LicenseExpression?

    /// A field is read better by the reader that knows its format than by one that sees words: where both speak of the same
    /// bytes, or where the words only mention a license, the field holds.
    ///
    /// - Parameter detect: Reads a field's prose.
    static func join(
        _ detection: FileDetection, _ metadata: [FileMetadata],
        detect: (UnsafeRawBufferPointer) -> FileDetection
    ) -> FoundTerms {
        var result = FoundTerms()
        var fields: [LicenseFinding] = []
        for file in metadata {
            fields += file.findings
            result.copyrights += file.copyrights
            // Prose in a field may hold a whole license.
            for text in file.texts where fields.allSatisfy({ !$0.bytes.overlaps(text.bytes) }) {
                var prose = text.text
                let found = prose.withUTF8 { detect(UnsafeRawBufferPointer($0)) }
                guard let expression = found.expression, let first = found.findings.first else { continue }
                var finding = first
                finding.expression = expression
                finding.kind = .metadata
                finding.bytes = text.bytes
                finding.lines = 1...1
                finding.rule = "\(file.format):\(text.field)"
                finding.differences = []
                fields.append(finding)
            }
        }
        let kept = detection.findings.filter { finding in
            guard !fields.isEmpty else { return true }
            return !fields.contains { $0.bytes.overlaps(finding.bytes) } && finding.kind != .reference
        }
        result.findings = (kept + fields).sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        let seen = Set(result.copyrights.map(\.text))
        result.copyrights += detection.copyrights.filter { !seen.contains($0.text) }
        result.copyrights.sort { $0.bytes.lowerBound < $1.bytes.lowerBound }
        let isTagged = detection.findings.contains { $0.kind == .tag }
        let mentions = detection.findings.contains { $0.kind == .reference }
        if fields.isEmpty, isTagged, mentions {
            // A file that says by tag what it is under names other licenses for another reason.
            result.expression = .distinct(
                detection.findings.filter { $0.kind != .reference }.map(\.expression))
        } else if fields.isEmpty {
            result.expression = detection.expression
        } else {
            let words =
                kept.count == detection.findings.count
                ? detection.expression.map { [$0] } ?? [] : kept.map(\.expression)
            result.expression = .distinct(fields.map(\.expression) + words)
        }
        return result
    }
}

extension LicenseExpression {
    /// The `AND` of `parts`, those that say the same left out; `nil` without any.
    static func distinct(_ parts: [LicenseExpression]) -> LicenseExpression? {
        var kept: [LicenseExpression] = []
        var seen: Set<LicenseExpression> = []
        for part in parts {
            let operands: [LicenseExpression] =
                if case .and(let nodes) = part.root { nodes.map(LicenseExpression.init) } else { [part] }
            for operand in operands where seen.insert(operand).inserted {
                // The dear comparison is for choices, which can be written in several orders.
                if case .or = operand.root, kept.contains(where: { $0.isEquivalent(to: operand) }) {
                    continue
                }
                kept.append(operand)
            }
        }
        return kept.isEmpty ? nil : LicenseExpression.all(kept)
    }
}
