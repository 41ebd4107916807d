// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// What the page's script shows: every file, as lists that refer to shared tables, so that 50 000 files stay small.
struct HTMLData {
    /// Of excerpts in all; files with something to look at come first.
    private static let excerptBudget = 24 * 1024 * 1024

    private let report: ScanReport
    private let archives: ArchivePaths
    private var strings = Table<String>()
    private var expressions = Table<LicenseExpression>()
    private var terms = Table<LicenseTerm>()
    private var excerptIndices: [[Int]] = []
    private var marksByPath: [String: [Int]] = [:]
    private var contradictionsByPath: [String: Int] = [:]

    private struct Table<Element: Hashable> {
        private(set) var elements: [Element] = []
        private var indices: [Element: Int] = [:]

        mutating func index(_ element: Element) -> Int {
            if let known = indices[element] { return known }
            indices[element] = elements.count
            elements.append(element)
            return elements.count - 1
        }
    }

    init(_ report: ScanReport) {
        self.report = report
        archives = ArchivePaths(report)
        for (index, mark) in report.judgement.marks.enumerated() {
            marksByPath[mark.path, default: []].append(index)
        }
        for (index, contradiction) in report.judgement.contradictions.enumerated() {
            contradictionsByPath[contradiction.path] = index
        }
    }

    mutating func write(into output: inout ByteOutput) {
        var json = JSONStream(output, lineDepth: 1, escaping: .script)
        json.object { json in
            excerpts(&json)
            json.array("files") { json in
                var indices: [String: Int] = [:]
                for index in report.files.indices {
                    let path = report.files[index].file.path
                    if report.files[index].file.content == .archive { indices[path] = index }
                    json.array { file(index, archives: indices, &$0) }
                }
            }
            json.array("marks") { json in
                for mark in report.judgement.marks {
                    json.array { json in
                        json.string(mark.mark.rawValue)
                        json.string(Labels.mark(mark.mark).title)
                        json.string(mark.severity.rawValue)
                        json.string(mark.statement)
                        json.string(mark.clause ?? "")
                        json.string(mark.cure ?? "")
                        json.array { json in for found in mark.evidence.prefix(8) { json.string(found.quote) }
                        }
                    }
                }
            }
            json.array("contradictions") { json in
                for contradiction in report.judgement.contradictions { json.string(contradiction.statement) }
            }
            json.array("expressions") { json in
                for expression in expressions.elements {
                    json.array { json in
                        json.string(expression.description)
                        for term in expression.terms { json.number(terms.index(term)) }
                    }
                }
            }
            json.entry("terms", terms.elements.map(\.description))
            json.entry("strings", strings.elements)
            json.entry("kinds", LicenseFinding.Kind.allCases.map(Labels.kind))
        }
        output = json.finish()
    }

    /// Writes the excerpts, each different one once, and remembers which file has which.
    private mutating func excerpts(_ json: inout JSONStream) {
        excerptIndices = Array(repeating: [], count: report.files.count)
        var left = Self.excerptBudget
        var known: [[String]: Int] = [:]
        json.array("excerpts") { json in
            for isWeighty in [true, false] {
                for (index, reported) in report.files.enumerated()
                where isWeighty == self.isWeighty(reported.file) {
                    for excerpt in reported.excerpts where left > 0 {
                        let segments = ExcerptSegments(excerpt, of: reported.file).segments
                        // As texts: the table must not hold what it compares with twice.
                        let key =
                            ["\(excerpt.firstLine)"] + segments.flatMap { ["\($0.kinds.rawValue)", $0.text] }
                        if let number = known[key] {
                            excerptIndices[index].append(number)
                            continue
                        }
                        left -= excerpt.bytes.count + 64
                        excerptIndices[index].append(known.count)
                        known[key] = known.count
                        json.array { json in
                            json.number(excerpt.firstLine)
                            for segment in segments {
                                json.number(segment.kinds.rawValue)
                                json.string(segment.text)
                            }
                        }
                    }
                }
            }
        }
    }

    private func isWeighty(_ file: ScannedFile) -> Bool {
        !file.evidence.isEmpty || !file.residue.isEmpty || marksByPath[file.path] != nil
            || file.findings.contains { !$0.differences.isEmpty }
    }

    /// The order of the elements is known to the page's script.
    private mutating func file(_ index: Int, archives indices: [String: Int], _ json: inout JSONStream) {
        let reported = report.files[index]
        let file = reported.file
        let container = archives.container(of: file.path)?.innermost
        if let container, let parent = indices[container] {
            json.number(parent)
            json.string(String(file.path.dropFirst(container.count + 1)))
        } else {
            json.number(-1)
            json.string(file.path)
        }
        number(reported.concluded, &json)
        number(file.expression, &json)
        number(file.declared, &json)
        json.string(file.declaredIn ?? "")
        json.number(strings.index(file.content.rawValue))
        json.number(strings.index(file.role.rawValue))
        json.number(file.length)
        json.string(reported.sha256?.hex ?? "")
        json.array { json in
            for finding in file.findings {
                json.array { json in
                    json.number(LicenseFinding.Kind.allCases.firstIndex(of: finding.kind) ?? 0)
                    number(finding.expression, &json)
                    json.number(finding.score)
                    json.number(finding.lines.lowerBound)
                    json.number(finding.lines.upperBound)
                    json.number(finding.differences.count)
                }
            }
        }
        json.array { json in
            for notice in file.copyrights {
                json.array { json in
                    json.number(strings.index(notice.text))
                    json.number(notice.lines.lowerBound)
                }
            }
        }
        json.array { json in for mark in marksByPath[file.path] ?? [] { json.number(mark) } }
        json.array { json in for number in excerptIndices[index] { json.number(number) } }
        json.number(contradictionsByPath[file.path] ?? -1)
        json.array { json in
            for residue in file.residue {
                json.array { json in
                    json.number(residue.lines.lowerBound)
                    json.number(residue.licenseWordCount)
                }
            }
        }
    }

    private mutating func number(_ expression: LicenseExpression?, _ json: inout JSONStream) {
        json.number(expression.map { expressions.index($0) } ?? -1)
    }
}
