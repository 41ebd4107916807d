// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives
internal import SwardDetection
internal import SwardPolicy

extension HTMLRenderer {
    var banner: Markup {
        let date = Timestamp.text(report.createdAt)
        let day = String(date.prefix(10))
        return """
            <header class="banner">
            <p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 22C12 12 10 6 4 3c1 8 3 14 8 19Zm0 0c0-7 2-12 8-15-1 6-3 11-8 15Z"/></svg> sward</p>
            <h1>\(report.rootName)</h1>
            <p class="when">What its licenses allow, as scanned on <time datetime="\(date)">\(day)</time></p>
            <button type="button" id="theme" hidden>Dark</button>
            </header>

            """
    }

    /// Only sections that say something.
    var navigation: Markup {
        let judgement = report.judgement
        var entries: [(String, String, Int?)] = [("verdict", "Verdict", nil)]
        if !judgement.marks.isEmpty { entries.append(("marks", "Fences", judgement.marks.count)) }
        if !judgement.conflicts.isEmpty {
            entries.append(("conflicts", "Conflicts", judgement.conflicts.count))
        }
        if !judgement.contradictions.isEmpty {
            entries.append(("contradictions", "Contradictions", judgement.contradictions.count))
        }
        if !judgement.policyFindings.isEmpty {
            entries.append(("policy", "Policy", judgement.policyFindings.count))
        }
        if !judgement.duties.isEmpty {
            entries.append(("duties", "Duties", judgement.duties.count { $0.isMet == false }))
        }
        entries.append(("licenses", "Licenses", summary.licenses.count))
        entries.append(("files", "Files", report.files.count))
        if !summary.holders.isEmpty { entries.append(("holders", "Copyright", summary.holders.count)) }
        if !report.packages.isEmpty { entries.append(("packages", "Packages", report.packages.count)) }
        if !report.notes.isEmpty { entries.append(("notes", "Remarks", report.notes.count)) }
        let items = entries.map { id, title, count -> Markup in
            let unit = id == "duties" ? " open" : ""
            let number: Markup? = count.map { "<span class=\"count\">\($0.grouped)\(unit)</span>" }
            return "<li><a href=\"#\(id)\">\(title)\(number)</a></li>"
        }
        return "<nav aria-label=\"Sections\"><ul>\(Markup.joined(items))</ul></nav>\n"
    }

    var verdictSection: Markup {
        let verdict = report.judgement.verdict
        let label = Labels.redistribution(verdict.redistribution)
        let commons = Labels.commons(verdict.commons)
        let partial: Markup? =
            report.isPartial
            ? "<p class=\"warning\"><strong>The scan was broken off.</strong> What follows is what was known by then.</p>"
            : nil
        return """
            <section id="verdict" class="verdict \(verdict.redistribution.rawValue)" aria-labelledby="verdict-title">
            <div class="seal">\(Self.seal(verdict.redistribution))</div>
            <div class="said">
            <p class="kicker">Verdict</p>
            <h2 id="verdict-title">\(label.title)</h2>
            <p class="lead">\(label.help)</p>
            <p class="commons \(verdict.commons?.rawValue ?? "unknown")"><strong>\(commons.title).</strong> \(commons.help)</p>
            <p class="quiet">\(operatorWords)</p>
            \(partial)
            </div>
            \(reasons)
            </section>

            """
    }

    private var operatorWords: String {
        let profile = report.judgement.verdict.operator
        var words = [profile.isNoncommercial ? "shares without payment" : "may share for payment"]
        words.append(profile.modifies ? "changes works" : "passes works on as they are")
        if profile.servesOverNetwork { words.append("lets others use them over a network") }
        let policy = report.policyName.map { ", by the policy \u{201C}\($0)\u{201D}" } ?? ""
        return
            "For someone who \(words.joined(separator: ", "))\(policy). A reading of the files, not legal advice."
    }

    /// The heaviest first; notes are left to the sections.
    private var reasons: Markup {
        let findings = report.judgement.verdict.findings
        let grave = grouped(findings.filter { $0.weight == .forbids || $0.weight == .review })
        let duties = grouped(findings.filter { $0.weight == .duty })
        guard !grave.isEmpty || !duties.isEmpty else { return "" }
        // Duties have a section of their own; here a few stand for all, more of them where nothing weighs more.
        let shown = Array(grave.prefix(10) + duties.prefix(grave.isEmpty ? 6 : 2))
        var list: Markup = "<ol class=\"reasons\">"
        for (finding, places) in shown {
            let files: Markup? = places.isEmpty ? nil : links(places, limit: 3)
            list += """
                <li class="\(finding.weight.rawValue)"><span class="badge \(finding.weight.rawValue)">\(Self.weight(finding.weight))</span>
                <div><p class="statement">\(finding.statement.sentence) \(clause(finding.clause))</p>\(files)\(cure(finding.cure))</div></li>
                """
        }
        list += "</ol>"
        let hidden = grave.count + duties.count - shown.count
        if hidden > 0 {
            list += "<p class=\"quiet more\">and \(hidden) more, shown below with what they are about</p>"
        }
        return "<div class=\"why\"><h3>Why</h3>\(list)</div>"
    }

    /// What is said in the same words of several files is said once.
    private func grouped(_ findings: [Finding]) -> [(finding: Finding, places: [String])] {
        struct Words: Hashable {
            let statement: String
            let clause: String?
            let cure: String?
        }
        var indices: [Words: Int] = [:]
        var groups: [(finding: Finding, places: [String])] = []
        for finding in findings {
            let words = Words(statement: finding.statement, clause: finding.clause, cure: finding.cure)
            if let index = indices[words] {
                if let place = finding.place, !groups[index].places.contains(place) {
                    groups[index].places.append(place)
                }
            } else {
                indices[words] = groups.count
                groups.append((finding, finding.place.map { [$0] } ?? []))
            }
        }
        return groups
    }

    private static func weight(_ weight: Finding.Weight) -> String {
        switch weight {
        case .forbids: "forbids"
        case .review: "look at it"
        case .duty: "open duty"
        case .note: "note"
        }
    }

    /// A sign that does not speak by colour alone.
    private static func seal(_ verdict: Redistribution) -> Markup {
        let sign: Markup =
            switch verdict {
            case .permitted: "<path d=\"m14 25 8 8 13-17\"/>"
            case .permittedWithDutiesOpen:
                "<path d=\"M16 16h17M16 24h17M16 32h9\"/><path d=\"m28 33 3 3 6-7\"/>"
            case .noncommercialOnly: "<circle cx=\"24\" cy=\"24\" r=\"10\"/><path d=\"m13 35 22-22\"/>"
            case .needsReview: "<path d=\"M18 19c0-8 13-8 13 0 0 5-6 5-6 10M25 35v1\"/>"
            case .notPermitted: "<path d=\"m16 16 17 17m0-17L16 33\"/>"
            }
        return "<svg viewBox=\"0 0 49 49\" aria-hidden=\"true\">\(sign)</svg>"
    }

    var numbersSection: Markup {
        let judgement = report.judgement
        let files = report.files.count
        var facts: [(String, String)] = [
            ("Files", files.grouped),
            ("with terms", (files - summary.filesWithoutTerms).grouped),
            ("without", summary.filesWithoutTerms.grouped),
            ("Licenses", summary.licenses.count.grouped),
            ("Fences", judgement.marks.count { $0.severity != .hint }.grouped),
            ("Conflicts", judgement.conflicts.count { $0.result.answer != .yes }.grouped),
            ("Open duties", judgement.duties.count { $0.isMet == false }.grouped),
        ]
        if report.counts.bytes > 0 { facts.append(("Looked at", Self.size(report.counts.bytes))) }
        let items = facts.map { name, value -> Markup in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
        return "<dl class=\"numbers\">\(Markup.joined(items))</dl>\n"
    }

    static func size(_ bytes: Int64) -> String {
        var value = Double(bytes)
        for unit in ["bytes", "KiB", "MiB", "GiB", "TiB"] {
            if value < 1000 || unit == "TiB" {
                let tenths = Int64((value * 10).rounded())
                return unit == "bytes" || tenths >= 1000
                    ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
            }
            value /= 1024
        }
        return "\(bytes) bytes"
    }
}

extension Int {
    /// With thin spaces between thousands.
    var grouped: String {
        var digits = Array(String(magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert("\u{202F}", at: index)
            index -= 3
        }
        return (self < 0 ? "-" : "") + String(digits)
    }
}
