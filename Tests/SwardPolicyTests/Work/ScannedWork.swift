// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX

@testable import SwardPolicy

/// Shorthand for the files of a scanned work.
func file(
    _ path: String, _ expression: String? = nil, _ content: ScannedFile.Content = .source,
    kind: LicenseFinding.Kind = .tag,
    declared: String? = nil, holder: String? = nil, evidence: [EnclosureEvidence] = []
) -> ScannedFile {
    let name = path.lastName
    let role: FileRole =
        ["LICENSE", "COPYING", "EULA", "License"].contains { name.hasPrefix($0) }
            || path.contains("LICENSES/")
        ? .licenseText : name.hasPrefix("NOTICE") ? .notice : name.hasPrefix("README") ? .readme : .other
    var result = ScannedFile(path: path, length: 100, content: content, role: role)
    // A slip of the test is a crash of the test.
    result.expression = expression.map { try! LicenseExpression.parse($0) }
    if let expression = result.expression {
        result.findings = [
            LicenseFinding(
                kind: role == .licenseText ? .text : kind, expression: expression, score: 100, bytes: 0..<50,
                lines: 1...5,
                rule: "test")
        ]
    }
    // As above.
    result.declared = declared.map { try! LicenseExpression.parse($0) }
    if let holder {
        result.copyrights = [
            CopyrightNotice(
                text: "Copyright 2026 \(holder)", years: "2026", holder: holder, bytes: 60..<80, lines: 6...6)
        ]
    }
    result.evidence = evidence
    return result
}

/// - Parameter at: Behind the finding that ``file(_:_:_:kind:declared:holder:evidence:)`` makes, unless said otherwise.
func evidence(_ mark: EnclosureMark, _ quote: String = "words", at bytes: Range<Int>? = 80..<90)
    -> EnclosureEvidence
{
    EnclosureEvidence(mark: mark, bytes: bytes, lines: bytes.map { _ in 7...7 }, quote: quote)
}
