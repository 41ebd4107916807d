// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives
internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

extension HTMLRenderer {
    private func section(_ id: String, _ title: String, _ lead: String, _ body: Markup) -> Markup {
        """
        <section id="\(id)" aria-labelledby="\(id)-title">
        <h2 id="\(id)-title">\(title)</h2>
        <p class="lead">\(lead)</p>
        \(body)
        </section>

        """
    }

    private func folded(_ cards: [Markup], first: Int) -> Markup {
        guard cards.count > first + 1 else { return Markup.joined(cards) }
        return """
            \(Markup.joined(cards.prefix(first)))
            <details><summary>\(cards.count - first) more</summary>\(Markup.joined(cards.dropFirst(first)))</details>
            """
    }

    // MARK: Fences

    var marksSection: Markup {
        let marks = report.judgement.marks
        guard !marks.isEmpty else { return "" }
        var order: [EnclosureMark] = []
        var groups: [EnclosureMark: [Mark]] = [:]
        for mark in marks {
            if groups[mark.mark] == nil { order.append(mark.mark) }
            groups[mark.mark, default: []].append(mark)
        }
        let heaviest = { (mark: EnclosureMark) in groups[mark]?.map(\.severity).max() ?? .hint }
        // Stable: within one weight they stay as the judgement has them.
        let sorted = order.enumerated().sorted {
            let (a, b) = (heaviest($0.element), heaviest($1.element))
            return a != b ? a > b : $0.offset < $1.offset
        }.map(\.element)
        let cards = sorted.map { card($0, groups[$0] ?? []) }
        return section(
            "marks", "Fences",
            "Places where a freedom is withheld or taken back, with the words or bytes that show it.",
            Markup.joined(cards))
    }

    private func card(_ kind: EnclosureMark, _ marks: [Mark]) -> Markup {
        let label = Labels.mark(kind)
        let severity = marks.map(\.severity).max() ?? .hint
        let groups = grouped(marks)
        let first = 4
        let limit = 60
        func list(_ groups: some Collection<[Mark]>) -> Markup {
            "<ul class=\"found\">\(Markup.joined(groups.map { item($0, within: severity) }))</ul>"
        }
        var body = list(groups.prefix(first))
        if groups.count > first {
            let shown = min(groups.count, limit)
            body += "<details><summary>\(groups.count - first) more</summary>\(list(groups[first..<shown]))"
            if groups.count > limit {
                body +=
                    "<p class=\"quiet more\">and \(groups.count - limit) more; choose this fence in the list of files</p>"
            }
            body += "</details>"
        }
        return """
            <article class="card \(severity.rawValue)">
            <header><h3>\(label.title)</h3>\(badge(severity)) <code>\(kind.rawValue)</code></header>
            <p class="quiet">\(label.help)</p>
            \(body)
            </article>

            """
    }

    /// What is said in the same words of several files is said once.
    private func grouped(_ marks: [Mark]) -> [[Mark]] {
        struct Words: Hashable {
            let statement: String
            let clause: String?
            let cure: String?
            let severity: EnclosureSeverity
        }
        var indices: [Words: Int] = [:]
        var groups: [[Mark]] = []
        for mark in marks {
            let words = Words(
                statement: mark.statement, clause: mark.clause, cure: mark.cure, severity: mark.severity)
            if let index = indices[words] {
                groups[index].append(mark)
            } else {
                indices[words] = groups.count
                groups.append([mark])
            }
        }
        return groups
    }

    private func item(_ marks: [Mark], within severity: EnclosureSeverity) -> Markup {
        guard let first = marks.first else { return "" }
        let limit = 6
        let files = marks.prefix(limit).map { mark -> Markup in
            let quotes = mark.evidence.prefix(3).map { evidence -> Markup in
                let place: Markup? = evidence.lines.map { lines in
                    let text =
                        lines.count == 1
                        ? "line \(lines.lowerBound)" : "lines \(lines.lowerBound)\u{2013}\(lines.upperBound)"
                    return "<figcaption>\(text)</figcaption>"
                }
                return "<figure class=\"quote\"><blockquote>\(evidence.quote)</blockquote>\(place)</figure>"
            }
            return "<div class=\"place\">\(link(mark.path))\(Markup.joined(quotes))</div>"
        }
        let own: Markup? = first.severity == severity ? nil : badge(first.severity)
        let rest: Markup? =
            marks.count > limit ? "<p class=\"quiet\">and \(marks.count - limit) more files</p>" : nil
        return """
            <li><p class="statement">\(first.statement.sentence) \(clause(first.clause)) \(own)</p>
            \(Markup.joined(files))\(rest)\(cure(first.cure))</li>
            """
    }

    // MARK: Conflicts

    var conflictsSection: Markup {
        let conflicts = report.judgement.conflicts
        guard !conflicts.isEmpty else { return "" }
        let cards = conflicts.map { conflict -> Markup in
            let isHard = conflict.result.answer == .no
            let reasons = conflict.result.reasons.map { reason -> Markup in
                "<li><b>\(reason.license)</b> \(reason.statement.sentence) \(clause(reason.clause))</li>"
            }
            let why: Markup? = reasons.isEmpty ? nil : "<ul class=\"clauses\">\(Markup.joined(reasons))</ul>"
            let whole: Markup =
                conflict.wholePaths.isEmpty
                ? "<p class=\"quiet\">the work as a whole</p>" : links(conflict.wholePaths, limit: 6)
            return """
                <article class="card \(isHard ? "forbids" : "clashes")">
                <header><h3>\(shortened(conflict.part)) <span class="versus">\(Labels.relation(conflict.relation))</span> \(shortened(conflict.whole))</h3>
                <span class="badge \(isHard ? "forbids" : "clashes")">\(Labels.answer(conflict.result.answer))</span></header>
                <div class="statement">\(shortened(conflict.statement.sentence))</div>
                \(why)
                <div class="sides"><div><h4>\(conflict.part.clipped(80))</h4>\(links(conflict.paths, limit: 6))</div>
                <div><h4>\(conflict.whole.clipped(80))</h4>\(whole)</div></div>
                \(cure(conflict.cure))
                </article>

                """
        }
        return section(
            "conflicts", "Conflicts", "Parts whose terms do not go together, or only on a condition.",
            folded(cards, first: 6))
    }

    var contradictionsSection: Markup {
        let contradictions = report.judgement.contradictions
        guard !contradictions.isEmpty else { return "" }
        let limit = 200
        let rows = contradictions.prefix(limit).map { entry -> Markup in
            """
            <tr><td>\(link(entry.path))</td><td>\(code(entry.declared)) <span class="quiet">\(entry.declaredIn ?? "")</span></td>\
            <td>\(code(entry.found))</td><td>\(shortened(entry.statement.sentence))\(entry.holdsWork ? Self.holds : nil)</td></tr>
            """
        }
        return section(
            "contradictions", "Declared against found",
            "Files that say something else of their terms than what is declared for them.",
            table(["File", "Declared", "Found", "What it means"], rows, more: contradictions.count - limit))
    }

    private static let holds: Markup = " <span class=\"badge clashes\">holds the work</span>"

    /// The first rows, and the rest behind a fold.
    private func table(_ heads: [String], _ rows: [Markup], first: Int = 25, more: Int = 0) -> Markup {
        let head = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }
        func part(_ rows: some Collection<Markup>) -> Markup {
            """
            <div class="scroll" tabindex="0"><table><thead><tr>\(Markup.joined(head))</tr></thead><tbody>
            \(Markup.joined(rows, by: "\n"))
            </tbody></table></div>
            """
        }
        let rest: Markup? = more > 0 ? "<p class=\"quiet more\">and \(more) more</p>" : nil
        guard rows.count > first + 3 else { return "\(part(rows))\(rest)" }
        return """
            \(part(rows.prefix(first)))
            <details><summary>\(rows.count - first) more</summary>\(part(rows.dropFirst(first)))\(rest)</details>
            """
    }

    // MARK: Policy

    var policySection: Markup {
        let findings = report.judgement.policyFindings
        guard !findings.isEmpty else { return "" }
        let limit = 200
        let rows = findings.prefix(limit).map { finding -> Markup in
            let style =
                switch finding.severity {
                case .error: "forbids"
                case .warning: "clashes"
                case .note: "hint"
                }
            let exception: Markup? = finding.exception.map {
                " <span class=\"quiet\">let pass: \($0.reason)</span>"
            }
            let old: Markup? =
                finding.isInBaseline ? " <span class=\"badge hint\">known before</span>" : nil
            let line = finding.policyLine.map { ", line \($0)" } ?? ""
            let place: Markup = finding.path.isEmpty ? "the work" : link(finding.path)
            return """
                <tr><td><span class="badge \(style)">\(finding.severity.rawValue)</span></td><td>\(place)</td>\
                <td>\(shortened(finding.message.sentence))\(exception)\(old)\(cure(finding.cure))</td><td class="quiet">\(finding.decidedBy)\(line)</td></tr>
                """
        }
        let name = report.policyName.map { " \u{201C}\($0)\u{201D}" } ?? ""
        return section(
            "policy", "Policy", "What the policy\(name) has to say, and which of its rules says it.",
            table(["Weight", "Where", "What", "Decided by"], rows, first: 12, more: findings.count - limit))
    }

    // MARK: Duties

    var dutiesSection: Markup {
        let duties = report.judgement.duties
        guard !duties.isEmpty else { return "" }
        let acts = Act.allCases.filter { act in duties.contains { $0.act == act } }
        let groups = acts.map { act -> Markup in
            let own = duties.filter { $0.act == act }
            // Open ones first, then those that files cannot tell.
            func rank(_ duty: Duty) -> Int { duty.isMet == false ? 0 : duty.isMet == nil ? 1 : 2 }
            let sorted = own.enumerated().sorted {
                (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
            }
            let open = own.count { $0.isMet == false }
            let items = sorted.map { item($0.element) }
            let count: Markup =
                open > 0
                ? "<span class=\"badge duty\">\(open) open</span>"
                : "<span class=\"badge met\">none open</span>"
            // What everyone does stands open; the rest opens on demand.
            let state: Markup = act == acts.first ? " open" : ""
            return """
                <details class="act"\(state)><summary><h3>\(Labels.act(act))</h3> \(count) <span class="quiet">of \(own.count)</span></summary>
                \(list(items))</details>

                """
        }
        return section(
            "duties", "Duties",
            "What the licenses ask of whoever does one of these things. A filled box is met by what is in the work; a box to tick is for you.",
            Markup.joined(groups))
    }

    private func list(_ items: [Markup]) -> Markup {
        let first = 12
        guard items.count > first + 2 else { return "<ul class=\"duties\">\(Markup.joined(items))</ul>" }
        return """
            <ul class="duties">\(Markup.joined(items.prefix(first)))</ul>
            <details class="rest"><summary>\(items.count - first) more</summary><ul class="duties">\(Markup.joined(items.dropFirst(first)))</ul></details>
            """
    }

    private func item(_ duty: Duty) -> Markup {
        let (style, state): (String, Markup) =
            switch duty.isMet {
            case true?: ("met", "<input type=\"checkbox\" checked disabled aria-label=\"met\">")
            case false?: ("open", "<input type=\"checkbox\" aria-label=\"open duty\">")
            case nil: ("ask", "<input type=\"checkbox\" aria-label=\"for you to check\">")
            }
        let note: Markup? =
            switch duty.isMet {
            case true?: nil
            case false?: "<span class=\"badge duty\">open</span>"
            case nil: "<span class=\"badge hint\">for you to check</span>"
            }
        let places: Markup? = duty.places.isEmpty ? nil : links(duty.places, limit: 4)
        let files = duty.fileCount == 1 ? "1 file" : "\(duty.fileCount.grouped) files"
        return """
            <li class="\(style)">\(state)<div><p class="statement">\(duty.statement.sentence) \(clause(duty.clause)) \(note)</p>
            <p class="quiet"><code>\(duty.license)</code> \(files)</p>\(places)</div></li>
            """
    }

    // MARK: Licenses

    var licensesSection: Markup {
        let total = max(1, report.files.count)
        let rows = summary.licenses.map { license -> Markup in
            let category = LicenseFacts.facts(for: license.term)?.category.rawValue ?? "not in the table"
            let texts: Markup =
                license.textPaths.isEmpty
                ? "<span class=\"quiet\">not in the work</span>" : links(license.textPaths, limit: 3)
            // A bar of tenths, for a style of its own may not stand here.
            let tenths = license.files.isEmpty ? 0 : max(1, license.files.count * 20 / total)
            return """
                <tr><td><button type="button" class="filter" data-license="\(license.name)">\(license.name)</button>\
                <span class="quiet name">\(license.title ?? "")</span></td><td>\(category)</td>\
                <td class="number">\(license.files.count.grouped)<meter min="0" max="20" value="\(tenths)" aria-hidden="true"></meter></td><td>\(texts)</td></tr>
                """
        }
        return section(
            "licenses", "Licenses", "Every license that a file is under, with the place of its text.",
            rows.isEmpty
                ? "<p class=\"quiet\">No license was found.</p>"
                : table(["License", "Kind", "Files", "Text"], rows))
    }

    // MARK: Files

    var filesSection: Markup {
        """
        <section id="files" aria-labelledby="files-title">
        <h2 id="files-title">Files</h2>
        <noscript><p class="warning">The tree of files needs the script in this page, which your reader does not run.</p></noscript>
        <form class="filters" id="filters" role="search" hidden>
        <label>Search <input type="search" id="find" placeholder="path, license or holder" autocomplete="off" spellcheck="false"></label>
        <label>License <select id="by-license"><option value="">any</option></select></label>
        <label>Fence <select id="by-mark"><option value="">any</option></select></label>
        <label>Weight <select id="by-severity"><option value="">any</option><option value="forbids">forbids</option><option value="clashes">clashes</option><option value="hint">hint</option></select></label>
        <label>Terms <select id="by-state"><option value="">any</option><option value="none">no terms</option><option value="found">stated in the file</option><option value="declared">declared elsewhere</option><option value="contradicted">contradicted</option><option value="differs">words differ</option><option value="residue">unexplained words</option></select></label>
        <button type="reset">Clear</button>
        <output id="shown" aria-live="polite"></output>
        </form>
        <div class="explorer" id="explorer" hidden>
        <div class="tree" id="tree" role="tree" aria-label="Files" tabindex="0"><div id="rows"></div></div>
        <article class="detail" id="detail" aria-live="polite" tabindex="-1"><p class="quiet">Choose a file to see what was found in it.</p></article>
        </div>
        <table id="printed" class="printed"></table>
        </section>

        """
    }

    // MARK: Copyright, packages, remarks

    var holdersSection: Markup {
        guard !summary.holders.isEmpty else { return "" }
        let sorted = summary.holders.enumerated().sorted {
            ($1.element.fileCount, $0.offset) < ($0.element.fileCount, $1.offset)
        }.map(\.element)
        let limit = 2000
        let rows = sorted.prefix(limit).map { holder -> Markup in
            "<tr><td>\(holder.name)</td><td>\(holder.years.text)</td><td class=\"number\">\(holder.fileCount.grouped)</td></tr>"
        }
        let body = table(["Holder", "Years", "Files"], rows, more: sorted.count - limit)
        return section(
            "holders", "Copyright holders", "Everyone named in a notice, with the years they name.", body)
    }

    var packagesSection: Markup {
        guard !report.packages.isEmpty else { return "" }
        let limit = 500
        let rows = report.packages.prefix(limit).map { package -> Markup in
            """
            <tr><td>\(package.name) <span class="quiet">\(package.version ?? "")</span></td>\
            <td><code>\(package.declared?.description ?? package.words ?? "nothing")</code></td><td>\(link(package.path))</td>\
            <td>\(package.authors.prefix(6).joined(separator: ", "))</td></tr>
            """
        }
        return section(
            "packages", "Packages", "What manifests in the work say of themselves.",
            table(["Package", "Declares", "Manifest", "Authors"], rows, more: report.packages.count - limit))
    }

    var notesSection: Markup {
        guard !report.notes.isEmpty else { return "" }
        let limit = 200
        let items = report.notes.prefix(limit).map { note -> Markup in
            let place: Markup? = note.path.map { "\(link($0)): " }
            return "<li class=\"\(note.severity.rawValue)\">\(place)\(note.text.sentence)</li>"
        }
        let rest: Markup? =
            report.notes.count > limit
            ? "<p class=\"quiet more\">and \(report.notes.count - limit) more</p>" : nil
        return section(
            "notes", "Remarks", "What to know before relying on this report.",
            "<ul class=\"notes\">\(Markup.joined(items))</ul>\(rest)")
    }

    var footer: Markup {
        """
        <footer>Made by sward \(report.toolVersion) on \(Timestamp.text(report.createdAt)), with the SPDX license list \(report.licenseListVersion). \
        Nothing in this page is loaded from elsewhere. It is a reading of the files, not legal advice.</footer>

        """
    }
}
