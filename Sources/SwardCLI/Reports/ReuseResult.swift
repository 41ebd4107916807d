// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// swift-format-ignore-file: AlwaysUseLowerCamelCase

import FoundationEssentials
import SwardScan

/// What a check against REUSE found, in lines, and in the JSON of `reuse lint`.
struct ReuseResult {
    private struct Document: Encodable {
        struct Copyright: Encodable {
            let value: String
            let source: String
            let source_type: String
        }

        struct Expression: Encodable {
            let value: String
            let is_valid: Bool
            let source: String
            let source_type: String
        }

        struct File: Encodable {
            let path: String
            let copyrights: [Copyright]
            let spdx_expressions: [Expression]
        }

        struct Problems: Encodable {
            let bad_licenses: [String]
            let deprecated_licenses: [String]
            let licenses_without_extension: [String]
            let missing_licenses: [String]
            let unused_licenses: [String]
            let read_errors: [String]
            let missing_copyright_info: [String]
            let missing_licensing_info: [String]
        }

        struct Summary: Encodable {
            let used_licenses: [String]
            let files_total: Int
            let files_with_copyright_info: Int
            let files_with_licensing_info: Int
            let compliant: Bool
        }

        let lint_version = "1.0"
        let reuse_spec_version = "3.3"
        let sward_version = Sward.version
        let is_partial: Bool
        let files: [File]
        let non_compliant: Problems
        let summary: Summary
    }

    private let report: ReuseReport

    init(_ report: ReuseReport) { self.report = report }

    func json() throws -> [UInt8] {
        let document = Document(
            is_partial: report.isPartial,
            files: report.files.map { file in
                .init(
                    path: file.path,
                    copyrights: file.copyrights.map {
                        .init(value: $0.text, source: $0.source, source_type: $0.kind.rawValue)
                    },
                    spdx_expressions: file.expressions.map {
                        .init(
                            value: $0.text, is_valid: $0.isValid, source: $0.source,
                            source_type: $0.kind.rawValue)
                    })
            },
            non_compliant: .init(
                bad_licenses: report.bad, deprecated_licenses: report.deprecated,
                licenses_without_extension: report.withoutExtension, missing_licenses: report.missing,
                unused_licenses: report.unused, read_errors: report.readErrors,
                missing_copyright_info: report.withoutCopyright, missing_licensing_info: report.withoutLicense
            ),
            summary: .init(
                used_licenses: report.usedLicenses, files_total: report.files.count,
                files_with_copyright_info: report.filesWithCopyright,
                files_with_licensing_info: report.filesWithLicense, compliant: report.isCompliant))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(document)) + [UInt8(ascii: "\n")]
    }

    var lines: [String] {
        let count = Amounts.count(report.files.count, "file")
        var lines = [
            report.isCompliant
                ? "follows REUSE 3.3  " + ([count] + report.usedLicenses).joined(separator: ", ")
                : "does not follow REUSE 3.3  \(count), \(report.filesWithLicense) with a license, \(report.filesWithCopyright) with a copyright notice"
        ]
        if report.isPartial { lines[0] = "not whole: " + lines[0] }
        func list(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines.append("")
            lines.append(title)
            lines += items.map { "  \(Words.shown($0))" }
        }
        let neither = Set(report.withoutLicense).intersection(report.withoutCopyright)
        list("no license and no copyright notice", report.withoutLicense.filter(neither.contains))
        list("no license", report.withoutLicense.filter { !neither.contains($0) })
        list("no copyright notice", report.withoutCopyright.filter { !neither.contains($0) })
        list("not an SPDX expression", report.invalidExpressions.map { "\($0.path): \($0.text)" })
        list("used, and the text is not in LICENSES/", report.missing)
        list("in LICENSES/, and not used", report.unused)
        list("in LICENSES/, and neither on the SPDX list nor named LicenseRef-…", report.bad)
        list("deprecated by the SPDX list", report.deprecated)
        list("in LICENSES/ without a file extension", report.withoutExtension)
        list("could not be read", report.readErrors)
        return lines
    }
}
