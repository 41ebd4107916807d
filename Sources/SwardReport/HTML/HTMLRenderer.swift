// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardHash
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// One page that needs nothing else: the verdict with its reasons first, then what must be done, then every file with the words
/// that were found in it.
///
/// What decides is in the page as it comes and can be read and printed without scripts; the script shows the tree of files. The
/// page's own policy allows the one style and the one script it carries, by their digests, and no request at all.
struct HTMLRenderer {
    let report: ScanReport
    let summary: ReportSummary
    /// Of files by path; only those that something in the judgement points to.
    private let numbers: [String: Int]

    init(_ report: ScanReport) {
        self.report = report
        summary = ReportSummary(report)
        var wanted: Set<String> = []
        let judgement = report.judgement
        wanted.formUnion(judgement.marks.map(\.path))
        for conflict in judgement.conflicts { wanted.formUnion(conflict.paths + conflict.wholePaths) }
        for duty in judgement.duties { wanted.formUnion(duty.places) }
        wanted.formUnion(judgement.contradictions.map(\.path))
        wanted.formUnion(judgement.policyFindings.map(\.path))
        wanted.formUnion(judgement.verdict.findings.compactMap(\.place))
        wanted.formUnion(report.packages.map(\.path))
        wanted.formUnion(report.notes.compactMap(\.path))
        for license in summary.licenses { wanted.formUnion(license.textPaths) }
        var numbers: [String: Int] = [:]
        for (index, reported) in report.files.enumerated() where wanted.contains(reported.file.path) {
            numbers[reported.file.path] = index
        }
        self.numbers = numbers
    }

    func render(into output: inout ByteOutput) {
        head(&output)
        output.write("<body>\n<a class=\"skip\" href=\"#verdict\">To the verdict</a>\n" as Markup)
        output.write(banner)
        output.write("<div class=\"page\">\n" as Markup)
        output.write(navigation)
        output.write("<main>\n" as Markup)
        output.write(verdictSection)
        output.write(numbersSection)
        output.write(marksSection)
        output.write(conflictsSection)
        output.write(contradictionsSection)
        output.write(policySection)
        output.write(dutiesSection)
        output.write(licensesSection)
        output.write(filesSection)
        output.write(holdersSection)
        output.write(packagesSection)
        output.write(notesSection)
        output.write(footer)
        output.write("</main>\n</div>\n<script type=\"application/json\" id=\"data\">" as Markup)
        var data = HTMLData(report)
        data.write(into: &output)
        output.write("</script>\n<script>")
        output.write(Page.script)
        output.write("</script>\n</body>\n</html>\n")
    }

    private func head(_ output: inout ByteOutput) {
        let script = Base64.text(SHA256.hash(Array(Page.script.utf8)).bytes)
        let style = Base64.text(SHA256.hash(Array(Page.style.utf8)).bytes)
        let policy =
            "default-src 'none'; script-src 'sha256-\(script)'; style-src 'sha256-\(style)'; "
            + "base-uri 'none'; form-action 'none'"
        let head: Markup = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="sward \(report.toolVersion)">
            <meta name="color-scheme" content="light dark">
            <title>\(report.rootName): licenses</title>
            <style>
            """
        output.write(head)
        output.write(Page.style)
        output.write("</style>\n</head>\n")
    }

    /// A path that leads to its file in the tree, where the tree has it.
    func link(_ path: String) -> Markup {
        guard let number = numbers[path] else { return "<span class=\"path\">\(path)</span>" }
        return "<a class=\"path\" href=\"#f\(number)\">\(path)</a>"
    }

    /// At most `limit` paths, the rest as a number.
    func links(_ paths: [String], limit: Int) -> Markup {
        var list: Markup = "<ul class=\"paths\">"
        for path in paths.prefix(limit) { list += "<li>\(link(path))</li>" }
        if paths.count > limit { list += "<li class=\"quiet\">and \(paths.count - limit) more</li>" }
        list += "</ul>"
        return list
    }

    func clause(_ clause: String?) -> Markup? {
        clause.map { "<cite>\($0)</cite>" }
    }

    func cure(_ cure: String?) -> Markup? {
        cure.map { "<p class=\"cure\"><span class=\"label\">Cure</span> \($0.sentence)</p>" }
    }

    /// What is too long to be read in passing: its beginning, and the whole on demand.
    func shortened(_ text: String, limit: Int = 240) -> Markup {
        guard text.utf8.count > limit + 60 else { return "\(text)" }
        return "<details class=\"long\"><summary>\(text.clipped(limit))</summary>\(text)</details>"
    }

    func code(_ expression: String) -> Markup {
        guard expression.utf8.count > 160 else { return "<code>\(expression)</code>" }
        return
            "<details class=\"long\"><summary><code>\(expression.clipped(100))</code></summary><code>\(expression)</code></details>"
    }

    func badge(_ severity: EnclosureSeverity) -> Markup {
        "<span class=\"badge \(severity.rawValue)\">\(Labels.severity(severity).title)</span>"
    }
}

extension String {
    /// At most `limit` characters, cut at a space where there is one near.
    func clipped(_ limit: Int) -> String {
        guard count > limit else { return self }
        let head = prefix(limit)
        let end = head.lastIndex(of: " ") ?? head.endIndex
        return (head.distance(from: end, to: head.endIndex) < 40 ? head[..<end] : head) + "\u{2026}"
    }

    /// Statements come without capital and full stop, to be put where they fit; here they stand alone.
    var sentence: String {
        guard let first, let last else { return self }
        // A first word that is a name of a license or a path stays as it is.
        let word = prefix { !$0.isWhitespace }
        let isPlain = word.allSatisfy { $0.isLetter && $0.isLowercase || $0 == "," || $0 == "'" }
        let head = isPlain ? String(first).uppercased() + dropFirst() : self
        return ".!?".contains(last) ? head : head + "."
    }
}

/// Base 64 with padding. Source: RFC 4648, 4.
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value: UInt32 = 0
            for byte in group { value = value << 8 | UInt32(byte) }
            value <<= UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                let digit = Int(value >> UInt32(18 - 6 * index)) & 63
                result.append(index <= group.count ? alphabet[digit] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
