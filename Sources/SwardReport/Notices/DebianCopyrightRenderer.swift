// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// Debian's machine-readable copyright file, format 1.0 (DEP-5): a draft for `debian/copyright`.
struct DebianCopyrightRenderer {
    private let report: ScanReport
    private let groups: [FileGroups.Group]
    private let summary: ReportSummary
    /// What a text at the root, or a manifest there, says of the work.
    private let whole: (expression: LicenseExpression, path: String)?

    private static let nothing = FileGroups.Group(
        terms: .init(expression: nil, holders: []), places: [], years: [], fileCount: 0)

    init(_ report: ScanReport) {
        self.report = report
        groups = FileGroups(report).groups
        summary = ReportSummary(report)
        whole = Self.whole(report)
    }

    private static func whole(_ report: ScanReport) -> (LicenseExpression, String)? {
        func isAtRoot(_ path: String) -> Bool { !path.utf8.contains(UInt8(ascii: "/")) }
        if let package = report.packages.first(where: { isAtRoot($0.path) && $0.declared != nil }) {
            return package.declared.map { ($0, package.path) }
        }
        let texts = report.files.filter {
            $0.file.role == .licenseText && isAtRoot($0.file.path) && $0.file.expression != nil
        }
        // Two texts may be a choice or a sum: not for us to say.
        guard texts.count == 1, let expression = texts[0].file.expression else { return nil }
        return (expression, texts[0].file.path)
    }

    func render(into output: inout ByteOutput) {
        header(&output)
        for (index, group) in groups.enumerated() { stanza(group, isDefault: index == 0, &output) }
        if groups.isEmpty { stanza(Self.nothing, isDefault: true, &output) }
        licenses(&output)
    }

    private func header(_ output: inout ByteOutput) {
        field("Format", "https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/", &output)
        field("Upstream-Name", report.rootName, &output)
        var comments = [
            "Made by sward \(report.toolVersion) from what the files say. Read it before you rely on it."
        ]
        if report.isPartial { comments.append("The scan was broken off; files are missing here.") }
        field("Comment", lines: [""] + comments, &output)
    }

    private func stanza(_ group: FileGroups.Group, isDefault: Bool, _ output: inout ByteOutput) {
        output.write("\n")
        // What is not under another's pattern belongs to the first stanza: later ones win.
        let patterns = isDefault ? ["*"] : group.places.map(Self.pattern)
        field("Files", lines: patterns, &output)
        let holders = zip(group.terms.holders, group.years).map { holder, years in
            years.isEmpty ? holder : "\(years.text) \(holder)"
        }
        field("Copyright", lines: holders.isEmpty ? ["not stated in the files"] : holders, &output)
        let expression = group.terms.expression ?? whole?.expression
        field("License", expression.map(DebianNames.text) ?? "UNKNOWN", &output)
        if group.terms.expression == nil {
            let reason = whole.map {
                "Files that say nothing are taken to be under \($0.path), as the work is."
            }
            field("Comment", reason ?? "No terms were found for these files.", &output)
        }
    }

    /// One paragraph for each name that a stanza uses.
    private func licenses(_ output: inout ByteOutput) {
        var written: Set<String> = []
        let terms = Set(groups.flatMap { ($0.terms.expression ?? whole?.expression)?.terms ?? [] })
        for term in terms.sorted() {
            let name = DebianNames.name(term)
            guard written.insert(name).inserted else { continue }
            output.write("\n")
            field("License", lines: [name] + text(term), &output)
        }
        if whole == nil, groups.isEmpty || groups.contains(where: { $0.terms.expression == nil }) {
            output.write("\n")
            field(
                "License", lines: ["UNKNOWN", "The files say nothing of their terms. Ask the authors."],
                &output)
        }
    }

    private func text(_ term: LicenseTerm) -> [String] {
        if let text = report.customTexts[term.license.identifier] {
            var lines = text.plainLines
            while lines.last?.isEmpty == true { lines.removeLast() }
            return lines
        }
        var lines: [String] = []
        if let title = term.license.listed?.name { lines.append("\(title) (SPDX: \(term))") }
        if let file = DebianNames.commonFile(term) {
            lines.append("On Debian systems the full text is in /usr/share/common-licenses/\(file).")
        }
        let paths = summary.licenses.first { $0.term == term }?.textPaths ?? []
        if !paths.isEmpty {
            lines.append("In the source the text is in \(paths.map(\.oneLine).joined(separator: ", ")).")
        } else if DebianNames.commonFile(term) == nil {
            lines.append("The text was not found in the source. Put it here.")
        }
        return lines
    }

    /// Patterns are parted by white space, so white space in a name becomes `?`, which stands for any character.
    private static func pattern(_ place: String) -> String {
        var result = ""
        for scalar in place.unicodeScalars {
            switch scalar {
            case "*", "?", "\\": result += "\\" + String(scalar)
            default:
                let isBlank =
                    scalar.properties.isWhitespace || scalar.value < 32 || 127..<0xA0 ~= scalar.value
                result.unicodeScalars.append(isBlank ? "?" : scalar)
            }
        }
        return place.hasSuffix("/") ? result + "*" : result
    }

    private func field(_ name: String, _ value: String, _ output: inout ByteOutput) {
        output.write("\(name): \(value.oneLine)\n")
    }

    /// The first line stands beside the name; an empty line within is written as a full stop.
    private func field(_ name: String, lines: [String], _ output: inout ByteOutput) {
        output.write("\(name):")
        for (index, line) in lines.enumerated() {
            if index == 0 {
                output.write(line.isEmpty ? "\n" : " \(line.oneLine)\n")
            } else {
                output.write(line.allSatisfy(\.isWhitespace) ? " .\n" : " \(line.oneLine)\n")
            }
        }
    }
}
