// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// The notices to ship with a work: per license its parts and holders, where its text is, and every NOTICE in full.
struct NoticeRenderer {
    private let report: ScanReport
    private let summary: ReportSummary
    private let groups: [FileGroups.Group]
    private let stated: StatedHolders

    init(_ report: ScanReport) {
        self.report = report
        summary = ReportSummary(report)
        groups = FileGroups(report, byHolder: false).groups
        stated = StatedHolders(report)
    }

    func render(into output: inout ByteOutput) {
        title("Notices for \(report.rootName.oneLine)", "=", &output)
        output.write("This work contains parts under the terms below.\n")
        if report.isPartial {
            output.write("The scan they were gathered by was broken off: some are missing here.\n")
        }
        for license in summary.licenses { section(license, &output) }
        packages(&output)
        texts(&output)
        notices(&output)
    }

    private func section(_ license: ReportSummary.License, _ output: inout ByteOutput) {
        let name = license.title.map { "\($0) (\(license.name))" } ?? license.name
        title(name, "-", &output)
        output.write("Text:\n")
        if license.textPaths.isEmpty {
            let isOwn = report.customTexts[license.term.license.identifier] != nil
            output.write(
                isOwn ? "  at the end of this file\n" : "  not in this work; add it before you ship\n")
        }
        for path in license.textPaths { output.write("  \(path.oneLine)\n") }
        if let address = license.term.license.listed?.addresses.first { output.write("  \(address)\n") }
        if license.files.isEmpty { return }
        output.write("Parts:\n")
        for group in groups where group.terms.expression?.terms.contains(license.term) == true {
            let expression = group.terms.expression?.description ?? ""
            let choice = expression == license.name ? "" : "  (\(expression))"
            for place in group.places { output.write("  \(place.oneLine)\(choice)\n") }
        }
        let archives = ArchivePaths(report)
        let members = license.files.map { report.files[$0].file.path }.filter {
            archives.container(of: $0) != nil
        }
        for path in members { output.write("  \(path.oneLine)\n") }
        let holders = holders(of: license)
        if !holders.isEmpty { output.write("Copyright:\n") }
        for holder in holders {
            let years = holder.years.isEmpty ? "" : "\(holder.years.text) "
            output.write("  \(years)\(holder.name.oneLine)\n")
        }
    }

    private func holders(of license: ReportSummary.License) -> [ReportSummary.Holder] {
        var holders: [String: ReportSummary.Holder] = [:]
        for index in license.files {
            for notice in stated.notices(of: report.files[index]) {
                let name = notice.holder.isEmpty ? notice.text : notice.holder
                var holder =
                    holders[name.lowercased()]
                    ?? ReportSummary.Holder(name: name, years: YearSet(), fileCount: 0)
                holder.years.insert(notice.years)
                holders[name.lowercased()] = holder
            }
        }
        return holders.sorted { $0.key < $1.key }.map(\.value)
    }

    private func packages(_ output: inout ByteOutput) {
        guard !report.packages.isEmpty else { return }
        title("Packages", "-", &output)
        for package in report.packages {
            var line = package.name.isEmpty ? package.path : package.name
            if let version = package.version { line += " \(version)" }
            line += ": \(package.declared?.description ?? "nothing declared")"
            if !package.authors.isEmpty { line += ", by \(package.authors.joined(separator: ", "))" }
            output.write("  \(line.oneLine)\n")
        }
    }

    private func texts(_ output: inout ByteOutput) {
        for (identifier, text) in report.customTexts.sorted(by: { $0.key < $1.key }) {
            title("Text of \(identifier.oneLine)", "-", &output)
            for line in text.plainLines { output.write(line + "\n") }
        }
    }

    private func notices(_ output: inout ByteOutput) {
        for (path, text) in report.notices.sorted(by: { $0.key < $1.key }) {
            title("From \(path.oneLine)", "-", &output)
            for line in text.plainLines { output.write(line + "\n") }
        }
    }

    private func title(_ text: String, _ rule: String, _ output: inout ByteOutput) {
        if rule != "=" { output.write("\n") }
        output.write("\(text)\n\(String(repeating: rule, count: min(78, text.count)))\n\n")
    }
}
