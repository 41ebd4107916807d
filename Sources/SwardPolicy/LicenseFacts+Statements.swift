// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What someone may do with a work. Raw values are the stable names in JSON output.
public enum Act: String, Hashable, Sendable, CaseIterable {
    /// Pass on exact copies.
    case share
    case sell
    /// Make changed versions and pass them on.
    case change
    /// Pass on programs in object code.
    case shareObjectCode = "share-object-code"
    /// Join a program of one's own with it.
    case link
    /// Let others use it over a network.
    case serve
    /// Pass on copies in a swarm of peers.
    case swarm
    /// Put it under a technical lock.
    case lock
    /// Add terms of one's own.
    case addTerms = "add-terms"
    case usePatents = "use-patents"
}

/// One thing a license permits, demands or forbids, in plain words.
public struct LicenseStatement: Hashable, Sendable {
    public enum Modality: String, Hashable, Sendable, CaseIterable {
        case may, must
        case mustNot = "must-not"
    }

    public let modality: Modality
    public let act: Act
    /// Goes on where "you may", "you must" or "you must not" stops; no full stop.
    public let text: String
    /// The clause, ready to be cited.
    public let clause: String?
    /// What kind of thing is asked.
    public let kind: Duty.Kind

    init(modality: Modality, act: Act, text: String, clause: String?, kind: Duty.Kind = .other) {
        self.modality = modality
        self.act = act
        self.text = text
        self.clause = clause
        self.kind = kind
    }
}

extension LicenseFacts {
    /// Everything the facts say, by act, permissions first.
    public var statements: [LicenseStatement] {
        let general =
            [
                sharing, selling, changing, linking, objectCode, serving, swarming, locking, adding,
                patentRights,
            ]
            .flatMap { $0 }
        let particular = LicenseDetails.of(identifier, isWeakened: isWeakened)
        guard !particular.isEmpty else { return general }
        let kept = general.filter { statement in
            statement.modality == .may
                || !particular.contains {
                    $0.act == statement.act && $0.kind == statement.kind && $0.kind != .other
                }
        }
        let all = kept + particular
        return Act.allCases.flatMap { act in all.filter { $0.act == act } }
    }

    /// Whether an exception has let go of some copyleft.
    private var isWeakened: Bool {
        identifier.contains(" WITH ") && (copyleft == .library || copyleft == .font)
            && Lineage(identifier).family != "LGPL"
    }

    /// What must and must not be done by whoever does `act`. Whoever sells, changes or passes on object code
    /// also shares, and is bound by what binds sharing.
    public func duties(for act: Act) -> [LicenseStatement] {
        let alsoShares = [.sell, .change, .shareObjectCode, .swarm].contains(act)
        return statements.filter {
            $0.modality != .may && ($0.act == act || alsoShares && $0.act == .share)
        }
    }

    private var sharing: [LicenseStatement] {
        var result: [LicenseStatement] = []
        func say(
            _ modality: LicenseStatement.Modality, _ text: String, _ topic: Topic, _ kind: Duty.Kind = .other
        ) {
            result.append(
                LicenseStatement(
                    modality: modality, act: .share, text: text, clause: clauses[topic], kind: kind))
        }
        switch redistribution {
        case .yes: say(.may, "pass on exact copies", .redistribute)
        case .noncommercial: say(.may, "pass on exact copies for noncommercial ends", .redistribute)
        case .limited:
            say(.may, "pass on exact copies within limits that only its text can tell", .redistribute)
        case .no:
            say(.mustNot, "pass on copies without asking its holder", .redistribute)
            return result
        }
        switch text {
        case .yes: say(.must, "give the license text along", .text, .licenseText)
        case .withGPL: say(.must, "give the license text and that of the GPL along", .text, .licenseText)
        case .textOrAddress: say(.must, "give the license text along, or its address", .text, .licenseText)
        case .sourceOnly: say(.must, "give the license text along with source", .text, .licenseText)
        case .no: break
        }
        switch notice {
        case .none: break
        case .copyright: say(.must, "keep the copyright notice", .notice, .copyrightNotice)
        case .notices: say(.must, "keep all copyright and license notices", .notice, .copyrightNotice)
        case .noticeFile: say(.must, "keep all notices, and what a NOTICE file says", .notice, .noticeFile)
        case .acknowledgement:
            say(.must, "keep the notice, and give the credit it asks for", .notice, .copyrightNotice)
        case .credit:
            say(.must, "keep the notice, and give credit in the documentation", .notice, .copyrightNotice)
        case .creditWithoutSource:
            say(
                .must, "keep the notice, and give credit where no source goes along", .notice,
                .copyrightNotice)
        case .attribution:
            say(
                .must, "name the author, keep the notices and link to the work, as far as they are given",
                .notice, .attribution)
        case .sourceNotice:
            say(
                .must, "leave the notice in the source and not claim to have written it", .notice,
                .copyrightNotice)
        }
        switch source {
        case .transparent:
            say(
                .must, "offer a copy in an editable format when giving out more than 100", .source,
                .correspondingSource)
        case .originals: say(.must, "say where the originals may be had", .source, .correspondingSource)
        default: break
        }
        return result
    }

    private var selling: [LicenseStatement] {
        guard redistribution != .no else { return [] }
        let clause = clauses[.commercial] ?? clauses[.redistribute]
        return switch commercialUse {
        case .yes:
            [
                LicenseStatement(
                    modality: .may, act: .sell, text: "use and sell it commercially", clause: clause)
            ]
        case .limited:
            [
                LicenseStatement(
                    modality: .mustNot, act: .sell, text: "use it commercially beyond the limits it sets",
                    clause: clause)
            ]
        case .no:
            [
                LicenseStatement(
                    modality: .mustNot, act: .sell, text: "use it for commercial ends", clause: clause,
                    kind: .noncommercial)
            ]
        }
    }

    private var changing: [LicenseStatement] {
        var result: [LicenseStatement] = []
        func say(
            _ modality: LicenseStatement.Modality, _ text: String, _ topic: Topic, _ kind: Duty.Kind = .other
        ) {
            result.append(
                LicenseStatement(
                    modality: modality, act: .change, text: text, clause: clauses[topic], kind: kind))
        }
        switch derivatives {
        case .yes: say(.may, "change it and pass on changed versions", .derivatives)
        case .limited: say(.may, "change it and pass on changed versions, within limits", .derivatives)
        case .noncommercial:
            say(.may, "change it and pass on changed versions for noncommercial ends", .derivatives)
        case .patches: say(.may, "pass on changes as patches beside the unchanged original", .derivatives)
        case .private:
            say(.may, "change it for yourself", .derivatives)
            say(.mustNot, "pass on changed versions", .derivatives, .unchanged)
            return result
        case .no:
            say(.mustNot, "pass on changed versions", .derivatives, .unchanged)
            return result
        }
        switch changes {
        case .none, .patches: break
        case .mark: say(.must, "say that you changed it", .changes, .changeMarks)
        case .rename: say(.must, "give changed versions another name", .changes, .rename)
        case .markOrRename:
            say(.must, "mark your changes or give changed versions another name", .changes, .changeMarks)
        case .history:
            say(
                .must, "list your changes in the history section and change the title", .changes, .changeMarks
            )
        }
        let scope: String? =
            switch copyleft {
            case .none, .rider: nil
            case .file: "keep changed files under the same license"
            case .module: "keep changed modules under the same license"
            case .library: "keep the changed library under the same license"
            case .work, .network: "put the whole of a work built on it under the same license"
            case .shareAlike: "share what you make from it under the same license"
            case .font: "keep changed versions of the font under the same license"
            }
        if let scope { say(.must, scope, .copyleft, .sameLicense) }
        if source == .database {
            say(
                .must, "publish the changed database or the changes when you use it in public", .source,
                .correspondingSource)
        }
        return result
    }

    /// What joining a program of one's own with it asks for.
    private var linking: [LicenseStatement] {
        guard isFree, redistribution != .no else { return [] }
        func say(
            _ modality: LicenseStatement.Modality, _ text: String, _ topic: Topic, _ kind: Duty.Kind = .other
        ) -> LicenseStatement {
            LicenseStatement(
                modality: modality, act: .link, text: text, clause: clauses[topic] ?? clauses[.redistribute],
                kind: kind)
        }
        switch copyleft {
        case .none, .rider, .shareAlike: return []
        case .library:
            var result = [say(.may, "link a program under any terms with it", .copyleft)]
            if source == .library || source == .libraryAndInstallation {
                result += [
                    say(
                        .must, "let users replace the library, and take the program apart for that end",
                        .source,
                        .relinking),
                    say(
                        .must, "say that the library is used and under what license it is", .notice,
                        .copyrightNotice),
                ]
            }
            return result
        case .file, .module:
            return [
                say(.may, "join it with files under other terms", .copyleft),
                say(
                    .must, "keep its own files under the license and their source to be had", .source,
                    .sameLicense),
            ]
        case .font: return [say(.may, "use and embed the font in documents under any terms", .copyleft)]
        case .work, .network:
            return [
                say(
                    .must, "put the whole of a program linked with it under the same license", .copyleft,
                    .sameLicense)
            ]
        }
    }

    /// What passing on pieces among peers asks for beyond what sharing does.
    private var swarming: [LicenseStatement] {
        func say(
            _ modality: LicenseStatement.Modality, _ text: String, _ clause: String?,
            _ kind: Duty.Kind = .other
        ) -> LicenseStatement {
            LicenseStatement(
                modality: modality, act: .swarm, text: text, clause: clause ?? clauses[.redistribute],
                kind: kind)
        }
        guard redistribution != .no else { return [] }
        var result: [LicenseStatement] = []
        let lineage = Lineage(identifier)
        if lineage.isGNU, (lineage.version ?? 0) >= 3 {
            result.append(
                say(
                    .may, "receive and pass on pieces among peers without accepting the license", "GPL-3.0 §9"
                ))
            result.append(
                say(
                    .must,
                    "tell the other peers where the source of object code is offered to everyone at no charge",
                    "GPL-3.0 §6(e)", .correspondingSource))
        } else if source.bindsObjectCode {
            result.append(
                say(
                    .must, "have the source of object code in the same bundle, or an offer of it",
                    clauses[.source],
                    .correspondingSource))
        }
        if redistribution == .noncommercial {
            result.append(
                say(
                    .must, "take neither payment nor advantage for it",
                    clauses[.commercial] ?? clauses[.redistribute],
                    .noncommercial))
        }
        return result
    }

    private var objectCode: [LicenseStatement] {
        let text: String? =
            switch source {
            case .none, .transparent, .originals, .database: nil
            case .covered: "make the source of the covered files available"
            case .library: "give the source of the library and what is needed to link the program again"
            case .libraryAndInstallation:
                "give the source of the library, what is needed to link the program again, and for consumer devices how to install it"
            case .completeOrOffer: "give the complete source along, or a written offer good for three years"
            case .complete, .network, .service: "make the complete source available"
            case .completeAndInstallation:
                "make the complete source available, and for consumer devices how to install it"
            case .pointer: "say where the standard version or the source may be had"
            }
        guard let text, redistribution != .no else { return [] }
        return [
            LicenseStatement(
                modality: .must, act: .shareObjectCode, text: text, clause: clauses[.source],
                kind: .correspondingSource)
        ]
    }

    private var serving: [LicenseStatement] {
        switch source {
        case .network:
            [
                LicenseStatement(
                    modality: .must, act: .serve,
                    text: "offer the source of your version to those who use it over a network",
                    clause: clauses[.source], kind: .networkSource)
            ]
        case .service:
            [
                LicenseStatement(
                    modality: .must, act: .serve,
                    text: "publish the source of everything the service is made of",
                    clause: clauses[.source], kind: .networkSource)
            ]
        default: []
        }
    }

    private var locking: [LicenseStatement] {
        let entry: (modality: LicenseStatement.Modality, text: String)? =
            switch locks {
            case .none: nil
            case .forbidden: (.mustNot, "use technical measures that hinder reading or further copying")
            case .forbiddenIfRestricting:
                (.mustNot, "use technical measures that keep others from what the license permits")
            case .forbiddenIfInconsistent: (.mustNot, "use technical measures that go against the license")
            case .waived: (.mustNot, "claim that opening its locks is forbidden by law")
            case .parallelCopy: (.must, "offer an unlocked copy beside a locked one")
            case .keys: (.mustNot, "get round its license keys")
            }
        return entry.map {
            [
                LicenseStatement(
                    modality: $0.modality, act: .lock, text: $0.text, clause: clauses[.locks], kind: .noLocks)
            ]
        } ?? []
    }

    private var adding: [LicenseStatement] {
        let text: String? =
            switch addedTerms {
            case .allowed: nil
            case .forbidden: "add terms that take away what the license gives"
            case .forbiddenForSource: "add such terms to the source form"
            }
        return text.map {
            [
                LicenseStatement(
                    modality: .mustNot, act: .addTerms, text: $0, clause: clauses[.addedTerms],
                    kind: .noAddedTerms)
            ]
        } ?? []
    }

    private var patentRights: [LicenseStatement] {
        func say(_ modality: LicenseStatement.Modality, _ text: String) -> LicenseStatement {
            LicenseStatement(modality: modality, act: .usePatents, text: text, clause: clauses[.patent])
        }
        return switch patents {
        case .none, .implied: []
        case .express: [say(.may, "use the patents that its contributors hold in it")]
        case .retaliation:
            [
                say(.may, "use the patents that its contributors hold in it"),
                say(.mustNot, "sue over patents in it, or the patent license ends"),
            ]
        case .excluded: [say(.mustNot, "count on patents of its holders: they are not licensed")]
        }
    }
}
