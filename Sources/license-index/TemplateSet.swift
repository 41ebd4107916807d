// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// All templates of a checkout, in the order of the index.
struct TemplateSet {
    private(set) var templates: [CompiledTemplate] = []
    private var compiler = TemplateCompiler()
    var vocabulary: [UInt32: String] { compiler.vocabulary }

    /// Names that most people mean where several licenses have one text; of the rest the shortest is the most general.
    private static let usual = [
        "MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "ISC", "GPL-2.0-only", "GPL-3.0-only",
        "LGPL-2.1-only",
        "LGPL-3.0-only", "AGPL-3.0-only", "LGPL-2.0-only", "GPL-1.0-only", "MPL-2.0", "BSD-4-Clause", "Zlib",
        "X11",
        "HPND", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0",
        "Unlicense", "0BSD", "OFL-1.1", "CDDL-1.0", "EPL-2.0", "EPL-1.0", "Artistic-2.0", "PSF-2.0",
    ]

    mutating func add(_ entry: ListEntry, from file: URL, table: Table) throws {
        let source = try TemplateReader.read(file)
        for (text, isHeader) in [(source.text, false)] + source.headers.map({ ($0, true) }) {
            var template = compiler.compile(text)
            guard template.words.count >= 5 else { continue }
            let stated = entry.isDeprecated ? try table.replacement(of: entry) : entry.identifier
            template.identifier = entry.identifier
            // A GNU text by itself does not say "or later"; its header does.
            template.expression =
                isHeader ? stated : stated.replacingOccurrences(of: "-or-later", with: "-only")
            template.isHeader = isHeader
            template.isException = entry.isException
            template.rank =
                (Self.usual.firstIndex(of: template.expression) ?? 100
                    + min(90, template.expression.utf8.count))
                + (entry.isDeprecated ? 400 : 0) + (entry.identifier != template.expression ? 200 : 0)
            templates.append(template)
        }
    }
}
