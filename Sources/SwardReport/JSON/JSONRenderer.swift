// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// The whole report, by `docs/report.schema.json`. Fields are added there, never renamed or taken away.
struct JSONRenderer {
    /// Goes up when a reader of the last one could misread the report.
    static let formatVersion = 1

    private let report: ScanReport

    init(_ report: ScanReport) { self.report = report }

    func render(into output: inout ByteOutput) {
        var json = JSONStream(output, lineDepth: 2)
        json.object { json in
            json.entry("format", "sward-report")
            json.entry("formatVersion", Self.formatVersion)
            json.object("tool") { json in
                json.entry("name", "sward")
                json.entry("version", report.toolVersion)
                json.entry("licenseListVersion", report.licenseListVersion)
            }
            json.entry("created", Timestamp.text(report.createdAt))
            json.entry("root", report.rootName)
            json.entry("isPartial", report.isPartial)
            json.entry("policy", orNull: report.policyName)
            verdict(&json)
            json.objects("marks", report.judgement.marks) { Self.mark($1, &$0) }
            json.objects("duties", report.judgement.duties) { Self.duty($1, &$0) }
            json.objects("conflicts", report.judgement.conflicts) { Self.conflict($1, &$0) }
            json.objects("contradictions", report.judgement.contradictions) { Self.contradiction($1, &$0) }
            json.objects("policyFindings", report.judgement.policyFindings) { Self.policyFinding($1, &$0) }
            json.objects("packages", report.packages) { Self.package($1, &$0) }
            json.objects("files", report.files) { Self.file($1, &$0) }
            json.object("customTexts") { json in
                for (identifier, text) in report.customTexts.sorted(by: { $0.key < $1.key }) {
                    json.entry(identifier, text)
                }
            }
            counts(&json)
            json.objects("notes", report.notes) { json, note in
                json.entry("severity", note.severity.rawValue)
                json.entry("path", orNull: note.path)
                json.entry("text", note.text)
            }
        }
        output = json.finish()
    }

    private func verdict(_ json: inout JSONStream) {
        let verdict = report.judgement.verdict
        json.object("verdict") { json in
            json.entry("redistribution", verdict.redistribution.rawValue)
            json.entry("commons", orNull: verdict.commons?.rawValue)
            json.object("operator") { json in
                json.entry("noncommercial", verdict.operator.isNoncommercial)
                json.entry("network", verdict.operator.servesOverNetwork)
                json.entry("modifies", verdict.operator.modifies)
            }
            json.objects("parts", verdict.parts) { json, part in
                json.entry("expression", part.part.expression)
                json.entry("fileCount", part.part.fileCount)
                json.entry("sampleFile", part.part.sampleFile)
                json.entry("redistribution", part.redistribution.rawValue)
                json.entry("commons", orNull: part.commons?.rawValue)
                json.entry("chosen", orNull: part.chosen)
            }
            json.objects("findings", verdict.findings) { json, finding in
                json.entry("kind", finding.kind.rawValue)
                json.entry("weight", finding.weight.rawValue)
                json.entry("place", orNull: finding.place)
                json.entry("expression", finding.expression)
                json.entry("license", orNull: finding.license)
                json.entry("clause", orNull: finding.clause)
                json.entry("statement", finding.statement)
                json.entry("cure", orNull: finding.cure)
                json.entry("isEnclosure", finding.isEnclosure)
            }
        }
    }

    private func counts(_ json: inout JSONStream) {
        let counts = report.counts
        json.object("counts") { json in
            json.entry("files", counts.files)
            json.entry("bytes", counts.bytes)
            json.entry("archives", counts.archives)
            json.entry("fromCache", counts.fromCache)
            json.entry("skipped", counts.skipped)
            json.entry("unreadable", counts.unreadable)
        }
    }
}

extension JSONRenderer {
    private static func file(_ reported: ReportedFile, _ json: inout JSONStream) {
        let file = reported.file
        json.entry("path", file.path)
        json.entry("expression", orNull: file.expression?.description)
        json.entry("declared", orNull: file.declared?.description)
        json.entry("declaredIn", orNull: file.declaredIn)
        json.entry("concluded", orNull: reported.concluded?.description)
        json.entry("coveredBy", ifAny: reported.cover?.path)
        json.entry("copyrights", file.statedCopyrights.map(\.text))
        json.entry("content", file.content.rawValue)
        json.entry("role", file.role.rawValue)
        json.entry("length", file.length)
        json.entry("sha1", ifAny: reported.sha1?.hex)
        json.entry("sha256", ifAny: reported.sha256?.hex)
        json.objects("findings", file.findings) { finding($1, &$0) }
        if !file.copyrights.isEmpty {
            json.objects("notices", file.copyrights) { json, notice in
                json.entry("holder", notice.holder)
                json.entry("years", orNull: notice.years)
                place(notice.bytes, notice.lines, &json)
            }
        }
        if !file.residue.isEmpty {
            json.objects("residue", file.residue) { json, residue in
                json.entry("words", residue.words)
                json.entry("licenseWords", residue.licenseWordCount)
                place(residue.bytes, residue.lines, &json)
            }
        }
        if !file.evidence.isEmpty {
            json.objects("evidence", file.evidence) { json, found in
                json.entry("mark", found.mark.rawValue)
                evidence(found, &json)
            }
        }
    }

    private static func finding(_ finding: LicenseFinding, _ json: inout JSONStream) {
        json.entry("kind", finding.kind.rawValue)
        json.entry("expression", finding.expression.description)
        json.entry("score", finding.score)
        place(finding.bytes, finding.lines, &json)
        json.entry("rule", finding.rule)
        guard !finding.differences.isEmpty else { return }
        json.objects("differences", finding.differences) { json, difference in
            json.entry("startByte", difference.bytes.lowerBound)
            json.entry("endByte", difference.bytes.upperBound)
            json.entry("missing", difference.missing)
            json.entry("added", difference.added)
        }
    }

    private static func place(_ bytes: Range<Int>?, _ lines: ClosedRange<Int>?, _ json: inout JSONStream) {
        if let lines {
            json.entry("startLine", lines.lowerBound)
            json.entry("endLine", lines.upperBound)
        }
        if let bytes {
            json.entry("startByte", bytes.lowerBound)
            json.entry("endByte", bytes.upperBound)
        }
    }

    private static func evidence(_ evidence: EnclosureEvidence, _ json: inout JSONStream) {
        json.entry("quote", evidence.quote)
        place(evidence.bytes, evidence.lines, &json)
    }

    private static func mark(_ mark: Mark, _ json: inout JSONStream) {
        json.entry("mark", mark.mark.rawValue)
        json.entry("path", mark.path)
        json.entry("severity", mark.severity.rawValue)
        json.objects("evidence", mark.evidence) { evidence($1, &$0) }
        json.entry("statement", mark.statement)
        json.entry("clause", orNull: mark.clause)
        json.entry("cure", orNull: mark.cure)
        json.entry("fingerprint", Fingerprint.of(mark))
    }

    private static func duty(_ duty: Duty, _ json: inout JSONStream) {
        json.entry("kind", duty.kind.rawValue)
        json.entry("act", duty.act.rawValue)
        json.entry("license", duty.license)
        json.entry("statement", duty.statement)
        json.entry("clause", orNull: duty.clause)
        json.key("met")
        if let isMet = duty.isMet { json.boolean(isMet) } else { json.null() }
        json.entry("places", duty.places)
        json.entry("fileCount", duty.fileCount)
    }

    private static func conflict(_ conflict: Conflict, _ json: inout JSONStream) {
        json.entry("part", conflict.part)
        json.entry("whole", conflict.whole)
        json.entry("relation", conflict.relation.rawValue)
        json.entry("answer", conflict.result.answer.rawValue)
        json.entry("conditions", conflict.result.conditions.map(\.rawValue))
        json.objects("reasons", conflict.result.reasons) { json, reason in
            json.entry("side", reason.side.rawValue)
            json.entry("license", reason.license)
            json.entry("clause", orNull: reason.clause)
            json.entry("statement", reason.statement)
        }
        json.entry("statement", conflict.statement)
        json.entry("cure", orNull: conflict.cure)
        json.entry("paths", conflict.paths)
        json.entry("wholePaths", conflict.wholePaths)
        json.entry("fingerprint", Fingerprint.of(conflict))
    }

    private static func contradiction(_ contradiction: Contradiction, _ json: inout JSONStream) {
        json.entry("path", contradiction.path)
        json.entry("kind", contradiction.kind.rawValue)
        json.entry("declared", contradiction.declared)
        json.entry("declaredIn", orNull: contradiction.declaredIn)
        json.entry("found", contradiction.found)
        json.entry("holdsWork", contradiction.holdsWork)
        json.entry("statement", contradiction.statement)
        json.entry("fingerprint", Fingerprint.of(contradiction))
    }

    private static func policyFinding(_ finding: PolicyFinding, _ json: inout JSONStream) {
        json.entry("rule", finding.rule)
        json.entry("severity", finding.severity.rawValue)
        json.entry("path", finding.path)
        json.entry("message", finding.message)
        json.entry("decidedBy", finding.decidedBy)
        if let line = finding.policyLine { json.entry("policyLine", line) }
        json.entry("subject", ifAny: finding.subject)
        place(nil, finding.lines, &json)
        if let exception = finding.exception {
            json.object("exception") { json in
                json.entry("reason", exception.reason)
                json.entry("added", ifAny: exception.added?.description)
                json.entry("expires", ifAny: exception.expires?.description)
                if let line = exception.line { json.entry("line", line) }
            }
        }
        json.entry("cure", orNull: finding.cure)
        json.entry("morePaths", finding.morePaths)
        json.entry("fingerprint", finding.fingerprint)
        json.entry("inBaseline", finding.isInBaseline)
    }

    private static func package(_ package: ReportedPackage, _ json: inout JSONStream) {
        json.entry("name", package.name)
        json.entry("version", orNull: package.version)
        json.entry("purl", orNull: package.purl)
        json.entry("declared", orNull: package.declared?.description)
        json.entry("words", ifAny: package.words)
        json.entry("path", package.path)
        json.entry("homepage", orNull: package.homepage)
        json.entry("authors", package.authors)
    }
}

extension Finding {
    /// The file or source it is about; `nil` for the work as a whole.
    var place: String? {
        switch subject {
        case .work: nil
        case .part(_, let file): file.isEmpty ? nil : file
        case .source(_, let title): title
        }
    }
}
