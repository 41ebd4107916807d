// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// What a report says in sum: its licenses, who holds copyright, and where the texts stand.
struct ReportSummary {
    struct License {
        /// With its exception, as in an expression.
        let term: LicenseTerm
        /// Indices into ``ScanReport/files``, ascending; empty where only a license text speaks of it.
        var files: [Int]
        /// Where its text stands in the work, and the text of its exception.
        var textPaths: [String]

        var name: String { term.description }
        var title: String? { term.license.listed?.name }
    }

    struct Holder {
        var name: String
        var years: YearSet
        var fileCount: Int
    }

    /// The commonest first, then by name.
    let licenses: [License]
    /// By name.
    let holders: [Holder]
    /// Files for which nothing is known: neither found nor declared.
    let filesWithoutTerms: Int

    init(_ report: ScanReport) {
        var files: [LicenseTerm: [Int]] = [:]
        var terms: [LicenseExpression: [LicenseTerm]] = [:]
        var texts: [String: [String]] = [:]
        var holders: [String: Holder] = [:]
        var stated: [LicenseTerm] = []
        var without = 0
        for (index, reported) in report.files.enumerated() {
            let file = reported.file
            if let expression = reported.concluded, file.role == .licenseText {
                for term in terms.cached(expression, make: \.terms) where !stated.contains(term) {
                    stated.append(term)
                }
            } else if let expression = reported.concluded {
                for term in terms.cached(expression, make: \.terms) { files[term, default: []].append(index) }
            } else if file.role == .other, !file.isAboutWork {
                without += 1
            }
            for finding in file.findings where finding.kind == .text {
                for term in terms.cached(finding.expression, make: \.terms) {
                    for identifier in term.textNames where texts[identifier]?.last != file.path {
                        texts[identifier, default: []].append(file.path)
                    }
                }
            }
            // A holder counts once a file, whatever the number of notices.
            var seen: Set<String> = []
            for notice in file.statedCopyrights {
                let name = notice.holder.isEmpty ? notice.text : notice.holder
                let key = name.lowercased()
                var holder = holders[key] ?? Holder(name: name, years: YearSet(), fileCount: 0)
                holder.years.insert(notice.years)
                if seen.insert(key).inserted { holder.fileCount += 1 }
                holders[key] = holder
            }
        }
        // A text is what its grants name; it speaks for itself only where no file has a grant.
        let stems = Set(files.keys.map { $0.license.identifier.textStem })
        for term in stated where !stems.contains(term.license.identifier.textStem) { files[term] = [] }
        licenses = files.map { term, files in
            var paths: [String] = []
            for identifier in term.textNames {
                for path in texts[identifier] ?? [] where !paths.contains(path) {
                    if paths.count < 8 { paths.append(path) }
                }
            }
            return License(term: term, files: files, textPaths: paths)
        }
        .sorted { ($1.files.count, $0.name) < ($0.files.count, $1.name) }
        self.holders = holders.sorted { ($0.key, $0.value.name) < ($1.key, $1.value.name) }.map(\.value)
        filesWithoutTerms = without
    }
}

extension LicenseTerm {
    /// Names under which a text counts as this term's: `GPL-2.0-or-later` and `GPL-2.0-only` share one.
    fileprivate var textNames: [String] {
        [license.identifier.textStem] + (exception.map { [$0.identifier.textStem] } ?? [])
    }
}

extension String {
    var textStem: String {
        for suffix in ["-or-later", "-only"] where hasSuffix(suffix) { return String(dropLast(suffix.count)) }
        return self
    }
}

extension Dictionary {
    /// The value for `key`, made once.
    mutating func cached(_ key: Key, make: (Key) -> Value) -> Value {
        if let known = self[key] { return known }
        let value = make(key)
        self[key] = value
        return value
    }
}
