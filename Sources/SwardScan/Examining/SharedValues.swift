// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardSPDX

/// Keeps one copy of what thousands of files of a tree say alike: licenses, holders, rules.
///
/// One for each thread. What is kept of a file is held until the report is written, so this is what a scan's memory is.
struct SharedValues {
    private static let limit = 1 << 14
    private var strings: Set<String> = []
    private var expressions: Set<LicenseExpression> = []

    /// - Parameter keepsDifferences: Whether the words in which a file departs from a license text are wanted.
    mutating func share(_ examination: inout Examination, keepsDifferences: Bool) {
        for index in examination.findings.indices {
            share(&examination.findings[index].expression)
            share(&examination.findings[index].rule)
            if !keepsDifferences { examination.findings[index].differences = [] }
        }
        for index in examination.copyrights.indices {
            share(&examination.copyrights[index].text)
            share(&examination.copyrights[index].holder)
            if var years = examination.copyrights[index].years {
                share(&years)
                examination.copyrights[index].years = years
            }
        }
        for index in examination.declarations.indices {
            // The stanza's words and holders were of use to who read it; a tree of a thousand packages has a thousand.
            examination.declarations[index].words = ""
            examination.declarations[index].copyrights = []
            if var expression = examination.declarations[index].expression {
                share(&expression)
                examination.declarations[index].expression = expression
            }
        }
        if var expression = examination.expression {
            share(&expression)
            examination.expression = expression
        }
        for index in examination.members.indices {
            share(&examination.members[index].examination, keepsDifferences: keepsDifferences)
        }
    }

    private mutating func share(_ text: inout String) {
        // Up to so many bytes lie in the value itself.
        guard text.utf8.count > 15 else { return }
        if strings.count >= Self.limit { strings.removeAll(keepingCapacity: true) }
        text = strings.insert(text).memberAfterInsert
    }

    private mutating func share(_ expression: inout LicenseExpression) {
        if expressions.count >= Self.limit { expressions.removeAll(keepingCapacity: true) }
        expression = expressions.insert(expression).memberAfterInsert
    }
}
