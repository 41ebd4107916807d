// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

/// A file in few words, and what its fields mean.
struct ManifestCase: CustomTestStringConvertible, Sendable {
    let path: String
    let text: String
    /// `nil` where no license is stated.
    let expression: String?

    init(_ path: String, _ text: String, _ expression: String?) {
        self.path = path
        self.text = text
        self.expression = expression
    }

    var testDescription: String { "\(path): \(text.prefix(60))" }

    /// All that the readers find.
    var metadata: [FileMetadata] { Self.read(path, Array(text.utf8)) }

    static func read(_ path: String, _ bytes: [UInt8]) -> [FileMetadata] {
        bytes.withUnsafeBytes { MetadataReader.read(path: path, bytes: $0) }
    }

    /// The `AND` of all findings, as text.
    var found: String? {
        let parts = metadata.flatMap(\.findings).map(\.expression)
        return parts.isEmpty ? nil : LicenseExpression.all(parts).description
    }

    func check() {
        #expect(found == expression)
        let count = text.utf8.count
        for finding in metadata.flatMap(\.findings) {
            #expect(finding.bytes.upperBound <= count && !finding.bytes.isEmpty)
            #expect(
                finding.lines.upperBound
                    <= text.split(separator: "\n", omittingEmptySubsequences: false).count)
        }
    }
}
