// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is said of one file, from all places that may speak of it, before expressions are read.
package struct StatedTerms: Hashable, Sendable {
    package struct Statement: Hashable, Sendable {
        package let text: String
        /// From the work: the file itself, its sidecar, or a `REUSE.toml`.
        package let source: String
        package let line: Int?

        package init(text: String, source: String, line: Int?) {
            self.text = text
            self.source = source
            self.line = line
        }
    }

    package var licenses: [Statement] = []
    package var copyrights: [Statement] = []

    package init() {}

    /// Adds what is not yet there; the order of first mention is kept.
    package mutating func add(licenses more: [Statement] = [], copyrights notices: [Statement] = []) {
        for item in more where !licenses.contains(where: { $0.text == item.text }) { licenses.append(item) }
        for item in notices where !copyrights.contains(where: { $0.text == item.text }) {
            copyrights.append(item)
        }
    }
}

/// REUSE's order of precedence. Source: REUSE 3.3, "Order of precedence"; reuse 6.2, `Project.reuse_info_of`.
package struct ReusePrecedence: Sendable {
    /// From the top down.
    private let annotations: [ReuseAnnotations]

    package init(_ annotations: [ReuseAnnotations]) {
        self.annotations = annotations.sorted { $0.folder.count < $1.folder.count }
    }

    /// What one table says of a file.
    package struct Statement: Hashable, Sendable {
        package let precedence: ReuseAnnotations.Precedence
        package let licenses: [String]
        package let copyrights: [String]
        package let source: String
    }

    /// What the tables say of one file: those that add up, and behind them an override, or the nearest that fill a gap, license
    /// and notice each for itself.
    package func statements(for path: [String]) -> [Statement] {
        var adding: [Statement] = []
        var filling: (licenses: Statement?, copyrights: Statement?)
        for file in annotations {
            guard let table = file.table(for: path) else { continue }
            let statement = Statement(
                precedence: table.precedence, licenses: table.licenses, copyrights: table.copyrights,
                source: file.name)
            switch table.precedence {
            case .override: return adding + [statement]
            case .aggregate: adding.append(statement)
            case .closest:
                if !table.licenses.isEmpty { filling.licenses = statement }
                if !table.copyrights.isEmpty { filling.copyrights = statement }
            }
        }
        if let source = filling.licenses?.source ?? filling.copyrights?.source {
            adding.append(
                Statement(
                    precedence: .closest, licenses: filling.licenses?.licenses ?? [],
                    copyrights: filling.copyrights?.copyrights ?? [], source: source))
        }
        return adding
    }

    /// What the tables say of one file, and whether the file itself is to be read.
    package struct Ruling: Sendable {
        fileprivate var override: StatedTerms?
        fileprivate var aggregate = StatedTerms()
        fileprivate var closest = StatedTerms()
        /// `false` when an `override` speaks: neither sidecar nor file counts.
        package var readsFile: Bool { override == nil }
    }

    package func ruling(for path: [String]) -> Ruling {
        var ruling = Ruling()
        for file in annotations {
            guard let table = file.table(for: path) else { continue }
            let licenses = table.licenses.map {
                StatedTerms.Statement(text: $0, source: file.name, line: nil)
            }
            let copyrights = table.copyrights.map {
                StatedTerms.Statement(text: $0, source: file.name, line: nil)
            }
            switch table.precedence {
            case .aggregate: ruling.aggregate.add(licenses: licenses, copyrights: copyrights)
            case .closest:
                // The nearer table replaces the farther one, license and notice each for itself.
                if !licenses.isEmpty { ruling.closest.licenses = licenses }
                if !copyrights.isEmpty { ruling.closest.copyrights = copyrights }
            case .override:
                var terms = StatedTerms()
                terms.add(licenses: licenses, copyrights: copyrights)
                ruling.override = terms
            }
            // The topmost override ends the search.
            if ruling.override != nil { break }
        }
        return ruling
    }

    /// What speaks for one file, by where it is said.
    ///
    /// - Parameter own: As in ``terms(_:own:)``.
    package func stated(_ ruling: Ruling, own: StatedTerms) -> (annotated: [StatedTerms], own: StatedTerms) {
        var filling = StatedTerms()
        if own.licenses.isEmpty { filling.licenses = ruling.closest.licenses }
        if own.copyrights.isEmpty { filling.copyrights = ruling.closest.copyrights }
        return ([ruling.override, ruling.aggregate, filling].compactMap { $0 }, own)
    }

    /// The terms of one file.
    ///
    /// - Parameter own: What its sidecar says, or without one the file; empty where ``Ruling/readsFile`` is `false`.
    package func terms(_ ruling: Ruling, own: StatedTerms) -> StatedTerms {
        var result = ruling.override ?? StatedTerms()
        result.add(licenses: ruling.aggregate.licenses, copyrights: ruling.aggregate.copyrights)
        result.add(licenses: own.licenses, copyrights: own.copyrights)
        if own.licenses.isEmpty { result.add(licenses: ruling.closest.licenses) }
        if own.copyrights.isEmpty { result.add(copyrights: ruling.closest.copyrights) }
        return result
    }
}
