// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Joins a part under one license to a whole under another, clause by clause.
struct Joining {
    typealias Reason = Compatibility.Reason
    typealias Condition = Compatibility.Condition

    let part: Joint
    /// `nil` where nothing is known of the whole.
    let whole: Joint?

    private var a: LicenseFacts { part.facts }

    // MARK: Side by side

    /// Every part keeps its own license, so that only whether it may be passed on at all counts.
    func collect() -> Compatibility {
        let aggregate = whole.flatMap { Self.aggregateClause(of: $0) }
        switch a.redistribution {
        case .no: return no(.redistribute, "\(part.term) does not let copies be passed on")
        case .limited:
            return answer(
                .needsReview, [why(.redistribute, "\(part.term) lets copies be passed on within limits only")]
            )
        case .noncommercial:
            if whole?.facts.commercialUse == .no {
                return answer(
                    .yes, [why(.redistribute, "copies may be passed on for noncommercial ends")],
                    [.ownLicense])
            }
            return answer(
                .depends,
                [why(.commercial, "with it in, the collection may be passed on for noncommercial ends only")],
                [.collection, .ownLicense])
        case .yes: break
        }
        if a.copyleft == .rider {
            return answer(
                .needsReview, [why(.commercial, "\(part.term) changes another license and is none itself")])
        }
        var reasons = [why(.redistribute, "exact copies may be passed on under \(part.term)")]
        if let aggregate { reasons.append(aggregate) }
        return answer(.yes, reasons, [.collection, .ownLicense])
    }

    /// Says that works side by side do not come under the whole's license.
    private static func aggregateClause(of whole: Joint) -> Reason? {
        guard whole.lineage.isGNU || whole.lineage.family == "GFDL", let version = whole.lineage.version
        else {
            return nil
        }
        let name = whole.lineage.name
        let clause =
            whole.lineage.family == "GFDL"
            ? "\(name) §7" : version >= 3 ? "GPL-3.0 §5 (last ¶)" : "\(name) §2 (last ¶)"
        return Reason(.whole, whole.term.description, clause: clause, "an aggregate does not come under it")
    }

    // MARK: Through an interface

    func link() -> Compatibility {
        let combined = combine()
        guard combined.answer > .depends, let whole else { return combined }
        let b = whole.facts
        // A GNU program wants everything it is linked from under its own license.
        if b.copyleft == .work || b.copyleft == .network, whole.lineage.isGNU { return combined }
        guard a.redistribution == .yes, a.derivatives != .no, a.derivatives != .private else {
            return combined
        }
        switch a.copyleft {
        case .library:
            let also =
                part.lineage.family == "LGPL"
                ? "; the library can be replaced and the whole may be taken apart for that" : ""
            return answer(
                .yes, [why(.copyleft, "\(part.term) holds for the library, not for what uses it\(also)")],
                [.linking, .ownLicense])
        case .file, .module:
            return answer(
                .yes,
                [why(.copyleft, "\(part.term) holds for its own files, not for what they are joined with")],
                [.separateFiles, .ownLicense])
        case .font:
            return answer(
                .yes, [why(.copyleft, "\(part.term) holds for the font, not for what is set in it")],
                [.linking, .ownLicense])
        case .work, .network:
            if part.lineage.isGNU { return combined }
            return answer(
                .needsReview,
                [why(.copyleft, "whether linking makes one work of both is not settled by \(part.term)")],
                [.linking])
        case .none where a.isFree && b.isCopyleft:
            // Credit clauses and the like bind the part only, where the whole does not reach for it.
            return b.copyleft == .file || b.copyleft == .module || b.copyleft == .library
                ? answer(.yes, [why(.notice, "the part keeps its own terms")], [.linking, .ownLicense])
                : combined
        case .none, .shareAlike, .rider: return combined
        }
    }

    // MARK: In one piece

    func combine() -> Compatibility {
        guard let whole else { return answer(.needsReview, []) }
        let b = whole.facts
        if let refusal = refusal(whole) { return refusal }
        if a.identifier == b.identifier, part.term == whole.term {
            return answer(.yes, [why(.derivatives, "both are under \(part.term)")])
        }
        if a.category == .publicDomain {
            return answer(.yes, [why(.redistribute, "\(part.term) asks for nothing")])
        }
        if a.copyleft == .rider || b.copyleft == .rider {
            return answer(
                .needsReview, [why(.addedTerms, "a rider takes something from the license beside it")],
                [.addedTerms])
        }
        if a.copyleft == .none {
            if let named = named(whole) { return named }
            return a.isFree ? permissive(whole) : restricted(whole)
        }
        // The part may go by any version its grant allows, and without its exception.
        var best: Compatibility?
        for version in part.versions {
            let result = Joining(part: version, whole: whole).copyleft()
            best = best.map { $0.answer <= result.answer ? $0 : result } ?? result
            if best?.answer == .yes { break }
        }
        if best?.answer != .yes, let bare = part.withoutException {
            let result = Joining(part: bare, whole: whole).combine()
            if let current = best, result.answer < current.answer {
                best = result
                best?.reasons.insert(why(.copyleft, "the exception may be left off"), at: 0)
            }
        }
        return best ?? answer(.needsReview, [])
    }

    /// What fits nowhere, or only into the like.
    private func refusal(_ whole: Joint) -> Compatibility? {
        switch a.redistribution {
        case .no: return no(.redistribute, "\(part.term) does not let copies be passed on")
        case .limited:
            return answer(
                .needsReview, [why(.redistribute, "\(part.term) lets copies be passed on within limits only")]
            )
        case .yes, .noncommercial: break
        }
        switch a.derivatives {
        case .no, .private:
            return no(
                .derivatives, "\(part.term) does not let changed versions be passed on",
                [.unchanged, .collection])
        case .noncommercial where whole.facts.commercialUse != .no:
            return no(
                .commercial, "\(part.term) permits noncommercial use only, and \(whole.term) permits more",
                [.collection])
        case .patches:
            return answer(
                .depends, [why(.derivatives, "\(part.term) wants changes as patches beside the original")],
                [.patches])
        case .yes, .limited, .noncommercial: return nil
        }
    }

    /// Terms without copyleft that are not free.
    private func restricted(_ whole: Joint) -> Compatibility {
        if whole.facts.isFree {
            return no(.commercial, "\(part.term) restricts what \(whole.term) leaves free", [.collection])
        }
        // Noncommercial content into noncommercial content.
        if a.category == .restrictedContent, whole.facts.category == .restrictedContent {
            return answer(.yes, [why(.derivatives, "both are for noncommercial ends")])
        }
        return answer(
            .needsReview, [why(.commercial, "both restrict, each in its own way; a person must compare them")]
        )
    }

    // MARK: Without copyleft

    private func permissive(_ whole: Joint) -> Compatibility {
        let b = whole.facts
        guard b.isCopyleft, b.addedTerms != .allowed, b.copyleft != .file, b.copyleft != .module else {
            return answer(
                .yes,
                [why(.redistribute, "\(part.term) lets the whole be under any terms, its notices kept")], [])
        }
        let isGNU = whole.lineage.isGNU
        if isGNU, part.facts.isBarredFromGNU {
            return no(
                barTopic, "\(part.term) asks for more than \(whole.term) lets be asked",
                against: [bar(whole, "no further restriction may be added")])
        }
        switch a.notice {
        case .acknowledgement where isGNU || b.copyleft == .network || b.copyleft == .work:
            return no(
                .notice, "credit in advertising is asked for",
                against: [bar(whole, "no further restriction may be added")])
        case .credit where isGNU || b.copyleft == .network || b.copyleft == .work:
            guard isGNU else {
                return no(
                    .notice, "credit in the documentation is asked for",
                    against: [bar(whole, "no further restriction may be added")])
            }
            return sinceVersionThree(
                whole, why(.notice, "credit in the documentation is asked for"),
                allowed: "terms that keep author attributions may be added")
        default: break
        }
        if isGNU, a.addedTerms == .forbidden, a.copyleft == .none {
            return no(
                .addedTerms, "\(part.term) forbids terms and locks that restrict, in words of its own",
                against: [bar(whole, "no further restriction may be added")])
        }
        if isGNU, a.patents == .retaliation {
            return sinceVersionThree(
                whole, why(.patent, "the patent license ends for whoever sues"),
                allowed: "a patent license that ends with a suit is provided for")
        }
        if a.notice == .creditWithoutSource {
            return answer(
                .yes,
                [
                    why(.notice, "credit is asked for only where no source goes along"),
                    Reason(
                        .whole, whole.term.description, clause: b.clauses[.source], "source always goes along"
                    ),
                ])
        }
        return answer(
            .yes, [why(.notice, "\(part.term) asks for no more than \(whole.term) lets be asked")])
    }

    private var barTopic: LicenseFacts.Topic {
        for topic in [LicenseFacts.Topic.patent, .changes, .notice] where a.clauses[topic] != nil {
            return topic
        }
        return .redistribute
    }

    /// What version 2 of the GNU licenses counts as a further restriction and version 3 allows.
    private func sinceVersionThree(_ whole: Joint, _ reason: Reason, allowed: String) -> Compatibility {
        let three = VersionRange(3, isOpen: true)
        guard let range = whole.lineage.range, let left = three.intersection(range) else {
            return answer(.no, [reason, bar(whole, "no further restriction may be added")])
        }
        let clause = "GPL-3.0 §7" + (reason.clause == a.clauses[.patent] ? ", §10–11" : "(b)")
        let permission = Reason(.whole, whole.term.description, clause: clause, allowed)
        return narrowed(whole, to: left, [reason, permission], isGranted: true)
    }

    // MARK: With copyleft

    private func copyleft() -> Compatibility {
        guard let whole else { return answer(.needsReview, []) }
        if let same = sameFamily(whole) { return same }
        if let named = named(whole) { return named }
        switch a.copyleft {
        case .font:
            return answer(
                .depends,
                [
                    why(
                        .copyleft,
                        "what is made of the font stays under \(part.term); documents and programs that only use it are free of it"
                    )
                ], [.kindOfWork])
        case .shareAlike where a.source == .database:
            return answer(
                .depends,
                [
                    why(
                        .copyleft,
                        "a database made of it stays under \(part.term); other works made of it need a notice only"
                    )
                ], [.kindOfWork])
        case .file, .module:
            return no(
                .copyleft,
                "its files stay under \(part.term), so the whole cannot be under \(whole.term) alone",
                [.separateFiles])
        case .library:
            return no(
                .copyleft,
                "the library stays under \(part.term), so the whole cannot be under \(whole.term) alone",
                [.linking])
        case .shareAlike, .work, .network, .none, .rider:
            return no(.copyleft, "works made of it stay under \(part.term)", [.collection])
        }
    }

    /// A later version of the same license, a port of it, or the same version granted in other words.
    private func sameFamily(_ whole: Joint) -> Compatibility? {
        let (x, y) = (part.lineage, whole.lineage)
        guard x.family == y.family, let theirs = x.range, let ours = y.range else { return nil }
        if x.isGNU || x.family == "GFDL" {
            if whole.isWeakenedByException, part.term.exception != whole.term.exception {
                return withheldPermission(whole)
            }
            if theirs.contains(ours) {
                return answer(.yes, [why(.later, "\(part.term) lets that version be chosen")])
            }
            guard let left = theirs.intersection(ours) else {
                return no(.later, "\(part.term) does not let version \(format(ours)) be chosen")
            }
            return narrowed(
                whole, to: left,
                [why(.later, "of the versions that \(whole.term) offers, \(part.term) allows fewer")])
        }
        let (from, to) = (theirs.first, ours.first)
        if from == to, a.destinations.isEmpty, !whole.facts.destinations.isEmpty {
            return no(
                .copyleft, "its notice bars secondary licenses, and that of \(whole.term) does not",
                [.separateFiles])
        }
        switch a.laterVersions {
        case .licensee, .licenseeUnlessBarred, .adaptations:
            if to < from, named(whole) != nil { return nil }
            return to >= from
                ? answer(
                    .yes,
                    [why(.later, to == from ? "it is the same version" : "a later version may be chosen")])
                : no(.copyleft, "an earlier version may not be chosen")
        case .stated:
            if to == from || x.isOrLater && to > from {
                return answer(.yes, [why(.later, "the grant allows this version")])
            }
            return answer(
                .depends, [why(.later, "on whether the grant beside the work allows other versions")])
        case .fixed, .converts:
            if to == from { return answer(.yes, [why(.copyleft, "it is the same version")]) }
            return no(.copyleft, "no other version may be chosen")
        }
    }

    /// Where the license, or its steward, names the whole's.
    private func named(_ whole: Joint) -> Compatibility? {
        guard let ours = whole.lineage.range else { return nil }
        var best: Compatibility?
        // A whole that is marked in its name, as MPL-2.0-no-copyleft-exception, is not what others name.
        guard whole.lineage.name.hasPrefix(whole.lineage.family),
            whole.lineage.name.dropFirst(whole.lineage.family.count + 1).allSatisfy({
                $0.isNumber || $0 == "."
            })
        else { return nil }
        for destination in a.destinations where destination.family == whole.lineage.family {
            let theirs = VersionRange(destination.version, isOpen: destination.includesLater)
            guard let left = theirs.intersection(ours) else { continue }
            // What converts the part cannot give a permission that its holders did not.
            if whole.isWeakenedByException, a.copyleft != .file, a.copyleft != .none {
                return withheldPermission(whole)
            }
            let reason = why(.into, words(for: destination, whole))
            var result: Compatibility
            if theirs.contains(ours) {
                result = answer(
                    .yes, [reason], a.copyleft == .file || a.copyleft == .module ? [.ownLicense] : [])
            } else {
                result = narrowed(whole, to: left, [reason], isGranted: !part.lineage.isGNU)
            }
            switch destination.condition {
            case .secondaryNotice:
                result.answer = .depends
                result.conditions.append(.secondaryNotice)
            case .ownLicense:
                result.answer = .depends
                result.conditions.append(.ownLicense)
            case nil: break
            }
            best = best.map { $0.answer <= result.answer ? $0 : result } ?? result
        }
        return best
    }

    private func words(for destination: LicenseFacts.Destination, _ whole: Joint) -> String {
        switch destination.condition {
        case .secondaryNotice:
            "\(part.term) goes into \(whole.term) where its notice names it as a secondary license"
        case .ownLicense:
            "\(part.term) may be joined with \(whole.term), each part under its own license, and its network clause holds for the whole"
        case nil: "\(part.term) names \(whole.lineage.name) as a license it may go under"
        }
    }

    private func withheldPermission(_ whole: Joint) -> Compatibility {
        no(
            .copyleft,
            "the exception of \(whole.term) is a permission that the holders of the part did not give; without the exception see \(whole.term.license)"
        )
    }

    /// - Parameter isGranted: The part's terms do not stand in the way of the remaining versions, they only rule out others.
    private func narrowed(
        _ whole: Joint, to left: VersionRange, _ reasons: [Reason], isGranted: Bool = false
    ) -> Compatibility {
        guard let range = whole.lineage.range, range != left else { return answer(.yes, reasons) }
        let name = left.name(in: whole.lineage.family)
        let narrowing = Reason(
            .whole, whole.term.description, clause: whole.facts.clauses[.later],
            "the whole can then be passed on under \(name) only")
        var result = answer(isGranted ? .yes : .depends, reasons + [narrowing], [.narrowedVersion])
        result.whole = name
        return result
    }

    private func format(_ range: VersionRange) -> String {
        let tenths = Int((range.first * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: Words

    private func answer(
        _ answer: Compatibility.Answer, _ reasons: [Reason], _ conditions: [Condition] = []
    ) -> Compatibility {
        Compatibility(answer, conditions: conditions, reasons: reasons)
    }

    private func no(
        _ topic: LicenseFacts.Topic, _ statement: String, _ conditions: [Condition] = [],
        against: [Reason] = []
    ) -> Compatibility {
        answer(.no, [why(topic, statement)] + against, conditions)
    }

    private func why(_ topic: LicenseFacts.Topic, _ statement: String) -> Reason {
        Reason(.part, part.term.description, clause: a.clauses[topic] ?? a.clauses[.redistribute], statement)
    }

    private func bar(_ whole: Joint, _ statement: String) -> Reason {
        Reason(.whole, whole.term.description, clause: whole.facts.clauses[.addedTerms], statement)
    }
}
