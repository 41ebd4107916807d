// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
package import SwardMetadata
internal import SwardPolicy
package import SwardSPDX

/// What a file's words and its fields say, as one.
package struct FoundTerms {
    var findings: [LicenseFinding] = []
    var copyrights: [CopyrightNotice] = []
    /// The `AND` of the distinct grants.
    package var expression: LicenseExpression?

    /// A field is read better by the reader that knows its format than by one that sees words: where both speak of the same
    /// bytes, or where the words only mention a license, the field holds.
    ///
    /// - Parameter detect: Reads a field's prose.
    package static func join(
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
            if fields.contains(where: { $0.bytes.overlaps(finding.bytes) }) { return false }
            return finding.kind != .reference || tellsMore(finding, than: fields)
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
            result.expression = .distinct(told(fields, words).map(\.expression) + words)
        }
        return result
    }

    /// "Either version 3 or any later one" in the words where the field has `LGPLv3`; "docs CC BY 3.0", with its address,
    /// on a page whose `rel=license` speaks of the code.
    private static func tellsMore(_ finding: LicenseFinding, than fields: [LicenseFinding]) -> Bool {
        guard case .term(let term) = finding.expression.root else { return false }
        let name = term.license.identifier
        if name.hasSuffix("-or-later") { return told(fields, [finding.expression]).count < fields.count }
        let isOfPage = fields.allSatisfy { $0.rule.hasPrefix("html:") || $0.rule.hasPrefix("rel") }
        return isOfPage && name.hasPrefix("CC-")
            && fields.allSatisfy { field in
                field.expression.licenses.allSatisfy { !$0.identifier.hasPrefix("CC") }
            }
    }

    /// Without the fields that name the version of a license by a loose name, such as `LGPLv3`, where the words of the
    /// file grant that version or later: one license, told once more exactly.
    private static func told(_ fields: [LicenseFinding], _ words: [LicenseExpression]) -> [LicenseFinding] {
        let later = Set(words.flatMap(\.licenses).map(\.identifier).filter { $0.hasSuffix("-or-later") })
        guard !later.isEmpty else { return fields }
        return fields.filter { field in
            guard field.score <= 95, case .term(let term) = field.expression.root, term.exception == nil,
                term.license.identifier.hasSuffix("-only")
            else { return true }
            return !later.contains(term.license.identifier.dropLast("-only".count) + "-or-later")
        }
    }
}

extension String {
    /// `LGPL-2.1` of `LGPL-2.1-or-later`.
    fileprivate var licenseStem: Substring {
        for ending in ["-only", "-or-later"] where hasSuffix(ending) { return dropLast(ending.count) }
        return self[...]
    }
}

extension ScannedFile {
    /// "// adapted from …, CC0": a note by the way far inside of a source, neither at its head nor at its end; or the tag of a
    /// snippet, and no other.
    var isNotedInside: Bool {
        if role == .other, !findings.isEmpty, findings.allSatisfy({ $0.rule == LicenseFinding.snippet }) {
            return true
        }
        guard content == .source, role == .other, length > 4000, !findings.isEmpty,
            // Who names a holder at the head speaks for the whole file.
            !copyrights.contains(where: { $0.lines.lowerBound < 30 })
        else { return false }
        return findings.allSatisfy {
            $0.kind == .reference && !$0.rule.hasPrefix("pointer:") && $0.lines.lowerBound > 40
                && $0.bytes.lowerBound > 1000 && Int64($0.bytes.upperBound) * 10 < length * 9
        }
    }

    /// Whether what it notes shares a license with the terms of the rest: then it speaks of the whole.
    func isKin(to cover: LicenseExpression) -> Bool {
        let stems = Set(cover.licenses.map(\.identifier.licenseStem))
        return expression?.licenses.contains { stems.contains($0.identifier.licenseStem) } ?? true
    }
}

extension LicenseExpression {
    /// The one of the two that grants later versions, where the other is the same version of the same license without.
    func withLaterVersions(of other: LicenseExpression) -> LicenseExpression? {
        let names = [self, other].map { expression -> String in
            guard case .term(let term) = expression.root, term.exception == nil else { return "" }
            return term.license.identifier
        }
        for (later, only) in [(0, 1), (1, 0)]
        where names[later].hasSuffix("-or-later") && names[only].hasSuffix("-only") {
            let stem = names[later].dropLast("-or-later".count)
            if stem == names[only].dropLast("-only".count) { return later == 0 ? self : other }
        }
        return nil
    }

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
