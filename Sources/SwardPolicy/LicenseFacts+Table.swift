// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CLicenseIndex
public import SwardSPDX

extension LicenseFacts {
    /// The facts of one term; `nil` when the table does not have it, which no policy may take for a grant.
    ///
    /// Deprecated identifiers are read as what replaced them. An exception changes the columns its own line
    /// names and leaves the rest as the license has them. A `+` on a license other than the GNU ones is
    /// judged by the version it names: the operator may always choose that one.
    public static func facts(for term: LicenseTerm) -> LicenseFacts? {
        guard case .term(let current) = term.normalized, current.license.document == nil else { return nil }
        guard let row = table.row(for: current.license.identifier) else { return nil }
        // No one can say what "only, or later" grants.
        if current.license.isOrLater, current.license.identifier.hasSuffix("-only") { return nil }
        guard let facts = LicenseFacts(row, identifier: current.description) else { return nil }
        guard let exception = current.exception else { return facts }
        guard exception.document == nil else { return nil }
        if let row = table.row(for: exception.identifier) { return facts.changed(by: row) }
        // Every exception of the list only adds permissions, so an exact copy may go by the license alone.
        return exception.isListed ? facts : nil
    }

    public static func facts(for license: LicenseReference) -> LicenseFacts? {
        facts(for: LicenseTerm(license))
    }

    /// The lines of the table that can stand alone, in order; exceptions are left out.
    public static var all: some Sequence<LicenseFacts> {
        table.rows.lazy.filter { $0.count > 1 && $0[1] != exceptionKind }
            .compactMap { LicenseFacts($0, identifier: $0[0]) }
    }

    static let table = unsafe EmbeddedTable(sward_license_facts())
    /// Stands in the category column of an exception.
    static let exceptionKind = "exception"
    /// Stands in the columns an exception leaves alone.
    static let unchanged = "base"
    static let columns = 19

    /// - Returns: `nil` for a line of an exception, or one with a word that is not in the column's vocabulary.
    init?(_ row: EmbeddedTable.Row, identifier: String) {
        guard row.count == Self.columns,
            let category = Category(rawValue: row[1]), let redistribution = Grant(rawValue: row[2]),
            let commercialUse = CommercialUse(rawValue: row[3]),
            let derivatives = Derivatives(rawValue: row[4]),
            let copyleft = Copyleft(rawValue: row[5]), let source = SourceDuty(rawValue: row[6]),
            let notice = NoticeDuty(rawValue: row[7]), let text = TextDuty(rawValue: row[8]),
            let changes = ChangesDuty(rawValue: row[9]), let patents = Patents(rawValue: row[10]),
            let locks = Locks(rawValue: row[11]), let addedTerms = AddedTerms(rawValue: row[12]),
            let laterVersions = LaterVersions(rawValue: row[13]),
            let destinations = Self.destinations(row[14]),
            let confidence = Confidence(rawValue: row[16]),
            let clauses = Self.clauses(row[17], of: row[0])
        else { return nil }
        self.init(
            identifier: identifier, category: category, redistribution: redistribution,
            commercialUse: commercialUse, derivatives: derivatives, copyleft: copyleft, source: source,
            notice: notice, text: text, changes: changes, patents: patents, locks: locks,
            addedTerms: addedTerms, laterVersions: laterVersions, destinations: destinations,
            isBarredFromGNU: row[14] == Self.barredFromGNU, isFSFFree: row[15] == "yes",
            confidence: confidence, clauses: clauses,
            note: row[18])
    }

    /// - Parameter row: The line of an exception.
    func changed(by row: EmbeddedTable.Row) -> LicenseFacts? {
        guard row.count == Self.columns, row[1] == Self.exceptionKind,
            let more = Self.clauses(row[17], of: row[0])
        else { return nil }
        var facts = self
        func change<Value: RawRepresentable<String>>(
            _ path: WritableKeyPath<LicenseFacts, Value>, _ word: String
        )
            -> Bool
        {
            guard word != Self.unchanged else { return true }
            guard let value = Value(rawValue: word) else { return false }
            facts[keyPath: path] = value
            return true
        }
        guard change(\.redistribution, row[2]), change(\.commercialUse, row[3]),
            change(\.derivatives, row[4]),
            change(\.copyleft, row[5]), change(\.source, row[6]), change(\.notice, row[7]),
            change(\.text, row[8]),
            change(\.changes, row[9]), change(\.patents, row[10]), change(\.locks, row[11]),
            change(\.addedTerms, row[12]), change(\.laterVersions, row[13])
        else { return nil }
        if row[16] == Confidence.medium.rawValue { facts.confidence = .medium }
        facts.clauses.merge(more) { $1 }
        if !row[18].isEmpty { facts.note = row[18] }
        // A copyleft that ends at the library is a weak one, whatever license it began as.
        if facts.copyleft == .library, facts.category == .strongCopyleft || facts.category == .networkCopyleft
        {
            facts.category = .weakCopyleft
        }
        return facts
    }

    /// Stands in the column of destinations where the FSF finds a license incompatible with the GNU ones.
    static let barredFromGNU = "!GNU"

    /// Reads `GPL-2.0+ LGPL-2.1+? GPL-3.0~`: `+` for later versions too, `?` where a notice must name it, `~` where the
    /// part keeps its own license.
    private static func destinations(_ field: String) -> [Destination]? {
        guard field != barredFromGNU else { return [] }
        var result: [Destination] = []
        for word in field.split(separator: " ") {
            var name = word
            var condition: Destination.Condition?
            if name.last == "?" { condition = .secondaryNotice }
            if name.last == "~" { condition = .ownLicense }
            if condition != nil { name.removeLast() }
            let includesLater = name.last == "+"
            if includesLater { name.removeLast() }
            let lineage = Lineage(String(name))
            guard let version = lineage.version else { return nil }
            result.append(
                Destination(
                    family: lineage.family, version: version, includesLater: includesLater,
                    condition: condition))
        }
        return result
    }

    /// Reads `redistribute §4, §6; source §6` into citations that name the license.
    private static func clauses(_ field: String, of identifier: String) -> [Topic: String]? {
        var result: [Topic: String] = [:]
        let name = identifier.citationName
        for entry in field.split(separator: ";") {
            let words = entry.drop(while: { $0 == " " })
            guard let space = words.firstIndex(of: " "), let topic = Topic(rawValue: String(words[..<space]))
            else {
                return nil
            }
            result[topic] = "\(name) \(words[words.index(after: space)...])"
        }
        return result
    }
}

extension String {
    /// The name of the text that is cited: the grant ("or later") is not part of it.
    fileprivate var citationName: String {
        for suffix in ["-only", "-or-later"] where hasSuffix(suffix) { return String(dropLast(suffix.count)) }
        return hasPrefix("LicenseRef-") ? String(dropFirst("LicenseRef-".count)) : self
    }
}

/// What an exception changes in the license it is added to.
public struct ExceptionFacts: Hashable, Sendable {
    /// As the SPDX list spells it.
    public let identifier: String
    /// How far copyleft reaches with it; `nil` when it leaves that alone.
    public let copyleft: LicenseFacts.Copyleft?
    /// One plain sentence, or empty.
    public let note: String

    /// - Returns: `nil` when the table does not have it.
    public init?(_ identifier: String) {
        guard let row = LicenseFacts.table.row(for: identifier), row.count == LicenseFacts.columns,
            row[1] == LicenseFacts.exceptionKind
        else { return nil }
        self.identifier = row[0]
        copyleft = LicenseFacts.Copyleft(rawValue: row[5])
        note = row[18]
    }
}
