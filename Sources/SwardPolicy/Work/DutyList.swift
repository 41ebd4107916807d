// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
internal import SwardSPDX

/// The checklist of a work: what its licenses demand, act by act, and what of it is met.
struct DutyList {
    let view: WorkView
    let verdict: Verdict
    let marks: [Mark]
    let profile: OperatorProfile

    private static let maximumLicenses = 128

    /// By folder, the files with copyright notices that speak for others.
    private let noticed: [String: [String]]
    private let hasNotices: Bool
    private let noticeFiles: [String]
    private let lockedPaths: Set<String>
    private let sourcelessPaths: Set<String>
    private let restrictedPaths: [String]
    /// Files that hold a text: the stems of what they hold, and of their names in `LICENSES/`. Every duty asks for them.
    private let texts: [(stems: Set<String>, name: String?, path: String)]

    init(view: WorkView, verdict: Verdict, marks: [Mark], profile: OperatorProfile) {
        self.view = view
        self.verdict = verdict
        self.marks = marks
        self.profile = profile
        let files = view.allFiles
        noticed = Dictionary(
            grouping: files.filter { $0.role != .other && !$0.noticesOfWork.isEmpty }.map(\.path),
            by: \.folder)
        hasNotices = files.contains { $0.role == .notice && !$0.noticesOfWork.isEmpty }
        noticeFiles = files.filter {
            $0.role == .notice && $0.path.lastName.uppercased().hasPrefix("NOTICE")
        }.map(\.path)
        lockedPaths = Set(marks.filter { $0.severity >= .clashes && $0.mark.isLock }.map(\.path))
        sourcelessPaths = Set(marks.filter { $0.mark == .missingSource }.map(\.path))
        restrictedPaths = marks.filter { $0.severity >= .clashes && $0.mark.isAddedTerm }.map(\.path)
        texts = files.compactMap { file in
            var stems: Set<String> = []
            for finding in file.findings where finding.kind == .text {
                stems.formUnion(finding.expression.textIdentifiers.map(\.textStem))
            }
            let name = file.path.folder.lastName == "LICENSES" ? file.path.lastName.textStem : nil
            return stems.isEmpty && name == nil ? nil : (stems, name, file.path)
        }
    }

    /// The files under one term.
    private struct Holding {
        let term: LicenseTerm
        let facts: LicenseFacts
        var files: [Int] = []
        /// In which they lie.
        var folders: Set<String> = []
    }

    func duties() -> [Duty] {
        let texts = view.texts
        return holdings().flatMap { holding in
            Act.allCases.flatMap { act in
                holding.facts.statements.filter { $0.act == act && $0.modality != .may }
                    .compactMap { duty($0, holding, texts) }
            }
        }
    }

    /// Every term that binds, of a choice the branch that the verdict took.
    private func holdings() -> [Holding] {
        let chosen = Dictionary(
            verdict.parts.compactMap { part in part.chosen.map { (part.part.expression, $0) } },
            uniquingKeysWith: { a, _ in a })
        var terms: [String: [LicenseTerm]] = [:]
        var result: [LicenseTerm: Holding] = [:]
        var order: [LicenseTerm] = []
        // An archive that was opened is under what its members are under.
        for index in view.files.indices where !view.isAboutWork(index) && !view.isOpenedArchive(index) {
            guard let set = view.terms(index) else { continue }
            let text = set.expression.description
            let binding: [LicenseTerm]
            if let known = terms[text] {
                binding = known
            } else {
                let expression = (try? LicenseExpression.parse(chosen[text] ?? text)) ?? set.expression
                binding = expression.normalized.terms
                terms[text] = binding
            }
            for term in binding {
                if result[term] == nil {
                    guard order.count < Self.maximumLicenses, let facts = LicenseFacts.facts(for: term) else {
                        continue
                    }
                    order.append(term)
                    result[term] = Holding(term: term, facts: facts)
                }
                result[term]?.files.append(index)
                result[term]?.folders.insert(view.files[index].path.folder)
            }
        }
        return order.compactMap { result[$0] }
    }

    private func duty(_ statement: LicenseStatement, _ holding: Holding, _ texts: Set<String>) -> Duty? {
        let kind = statement.kind
        var paths: [String] { holding.files.prefix(Duty.maximumPlaces).map { view.files[$0].path } }
        var isMet: Bool?
        var places: [String] = []
        switch kind {
        case .licenseText:
            guard statement.act == .share else { return nil }
            let identifier = holding.term.license.identifier
            if holding.facts.text == .textOrAddress {
                isMet = true
            } else if holding.term.goesWithProgram {
                isMet = nil
            } else if holding.facts.text == .sourceOnly, holding.facts.notice == .sourceNotice {
                isMet = nil
            } else {
                isMet = texts.holdsText(of: identifier)
            }
            if isMet == true { places = textPlaces(identifier) } else if isMet == false { places = paths }
        case .copyrightNotice, .attribution:
            let isNamed =
                !(view.declared?.copyright.isEmpty ?? true) || !(view.declared?.creators.isEmpty ?? true)
            let bearing = holding.files.filter { !view.files[$0].noticesOfWork.isEmpty }
            let covering = Set(holding.folders.flatMap(noticed(above:)))
            isMet = isNamed || !bearing.isEmpty || !covering.isEmpty || hasNotices
            // Of which only a part was looked at, the rest may well bear one.
            if isMet == false, !view.beside.isEmpty { isMet = nil }
            places =
                isMet == true ? (bearing.prefix(8).map { view.files[$0].path } + covering.sorted()) : paths
        case .noticeFile:
            isMet = noticeFiles.isEmpty ? nil : true
            places = noticeFiles
        case .correspondingSource:
            if statement.act == .shareObjectCode || statement.act == .swarm {
                let binaries = holding.files.filter { view.files[$0].content == .objectCode }
                guard !binaries.isEmpty else { return nil }
                places = binaries.map { view.files[$0].path }.filter(sourcelessPaths.contains)
                isMet = places.isEmpty
                if isMet == true { places = binaries.prefix(8).map { view.files[$0].path } }
            }
        case .changeMarks:
            let derives = view.declared?.sources.contains(where: \.isModified) ?? false
            isMet = !derives && !profile.modifies ? true : nil
        case .noLocks:
            places = marks.filter { $0.severity >= .clashes && $0.mark.isLock }.map(\.path).filter(
                Set(paths).contains)
            isMet = places.isEmpty
        case .noAddedTerms:
            places = restrictedPaths
            isMet = places.isEmpty
        case .noncommercial: isMet = profile.isNoncommercial ? true : nil
        case .networkSource: isMet = profile.servesOverNetwork ? nil : true
        case .unchanged: isMet = profile.modifies ? nil : true
        case .sameLicense, .relinking, .rename, .other: isMet = nil
        }
        // A ban is a duty, too: what must not be done would read as what must.
        let words = statement.modality == .mustNot ? "do not \(statement.text)" : statement.text
        return Duty(
            kind: kind, act: statement.act, license: holding.term.description, statement: words,
            clause: statement.clause, isMet: isMet, places: Array(places.prefix(Duty.maximumPlaces)),
            fileCount: holding.files.count)
    }

    /// Of the files with notices that speak for others, those in a folder or above it.
    private func noticed(above folder: String) -> [String] {
        var found = noticed[folder] ?? []
        var folder = folder
        while !folder.isEmpty {
            folder = (folder.last == "!" ? String(folder.dropLast()) : folder).folder
            found += noticed[folder] ?? []
        }
        return found
    }

    private func textPlaces(_ identifier: String) -> [String] {
        let stem = identifier.textStem
        return texts.filter { $0.stems.holdsText(of: identifier) || $0.name?.hasPrefix(stem) == true }.prefix(
            8
        )
        .map(\.path)
    }
}

extension ScannedFile {
    /// What it says of who holds copyright in the work: not the notice that a license's text bears for itself, as the FSF's
    /// on the GNU licenses.
    package var noticesOfWork: [CopyrightNotice] {
        let texts = findings.filter { $0.kind == .text }
        guard !texts.isEmpty, !copyrights.isEmpty else { return statedCopyrights }
        let holders = Set(texts.flatMap(\.expression.textIdentifiers).compactMap(Self.steward))
        guard !holders.isEmpty else { return statedCopyrights }
        return statedCopyrights.filter { notice in
            let words = Set(
                notice.holder.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
            return !holders.contains { $0.isSubset(of: words) }
        }
    }

    /// Who holds copyright in the text of a license whose text says so, by words of the name.
    private static func steward(of identifier: String) -> Set<String>? {
        switch identifier.prefix(while: { $0 != "-" }) {
        case "GPL", "LGPL", "AGPL", "GFDL": ["free", "software", "foundation"]
        case "Artistic": ["perl", "foundation"]
        case "AFL", "OSL", "NOSL": ["lawrence", "rosen"]
        case "EUPL": ["european"]
        case "LPPL": ["latex3", "project"]
        case "CC": ["creative", "commons"]
        case "WTFPL": ["sam", "hocevar"]
        default: nil
        }
    }
}

extension EnclosureMark {
    /// Whether it is a technical measure.
    package var isLock: Bool {
        switch self {
        case .drmPDF, .drmEPUB, .drmMP4, .drmWebM, .drmHLS, .drmDASH, .drmKindle, .drmASF, .encryptedZIP,
            .encrypted7z,
            .encryptedRAR, .encryptedOffice, .fontEmbedding, .lockInCode:
            true
        default: false
        }
    }

    /// Whether it is words that take something away.
    package var isAddedTerm: Bool {
        switch self {
        case .riderCommonsClause, .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse,
            .eulaBesideCopyleft,
            .noAIRider, .furtherRestriction, .relicensed:
            true
        default: false
        }
    }
}
