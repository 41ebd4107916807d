// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy

/// Short fixed names for people. What is said of a particular work comes from SwardPolicy.
enum Labels {
    struct Label: Hashable, Sendable {
        /// A few words without full stop.
        let title: String
        /// What it means and what to do about it: whole sentences.
        let help: String

        init(_ title: String, _ help: String) {
            self.title = title
            self.help = help
        }
    }

    static func redistribution(_ value: Redistribution) -> Label {
        switch value {
        case .permitted:
            Label(
                "May be passed on",
                "This work may be passed on as it is, and what its licenses ask for is there.")
        case .permittedWithDutiesOpen:
            Label(
                "May be passed on once the open duties are met",
                "The licenses allow passing it on, and ask for things that are not there yet.")
        case .noncommercialOnly:
            Label(
                "May be passed on without payment only",
                "A license of this work allows sharing only to those who gain nothing by it.")
        case .needsReview:
            Label(
                "Someone must look at it",
                "What was found does not settle whether this work may be passed on.")
        // REUSE-IgnoreStart
        case .notPermitted:
            Label(
                "May not be passed on",
                "There is no grant to pass this work on, or something in it takes the grant back.")
        // REUSE-IgnoreEnd
        }
    }

    static func commons(_ value: Commons?) -> Label {
        switch value {
        case .protected:
            Label("Protected", "Copyleft: whoever passes it on must pass on the freedom.")
        case .open: Label("Open", "Free, but may be closed by whoever passes it on.")
        case .restricted: Label("Restricted", "It may be shared, but it is not free.")
        case .enclosed: Label("Enclosed", "A freedom that the terms give is taken back.")
        case nil: Label("Freedom not known", "Not all of the terms are known.")
        }
    }

    static func severity(_ value: EnclosureSeverity) -> Label {
        switch value {
        case .forbids: Label("forbids", "The terms themselves withhold a freedom.")
        case .clashes: Label("clashes", "It takes back a freedom that the stated terms give.")
        case .hint: Label("hint", "Worth a look; it decides nothing.")
        }
    }

    static func act(_ act: Act) -> String {
        switch act {
        case .share: "Pass on as it is"
        case .sell: "Sell"
        case .change: "Change and pass on"
        case .shareObjectCode: "Pass on object code"
        case .link: "Link with other code"
        case .serve: "Let others use it over a network"
        case .swarm: "Share in a swarm"
        case .lock: "Put under a lock"
        case .addTerms: "Add terms of your own"
        case .usePatents: "Use patents"
        }
    }

    static func relation(_ relation: Conflict.Relation) -> String {
        switch relation {
        case .sameFile: "in one file"
        case .declaredWhole: "in a whole that is declared under"
        case .sameProgram: "in one program with"
        }
    }

    static func answer(_ answer: Compatibility.Answer) -> String {
        switch answer {
        case .yes: "goes together"
        case .depends: "depends"
        case .needsReview: "needs review"
        case .no: "does not go together"
        }
    }

    static func kind(_ kind: LicenseFinding.Kind) -> String {
        switch kind {
        case .text: "license text"
        case .header: "notice"
        case .tag: "tag"
        case .reference: "mention"
        case .metadata: "metadata"
        }
    }
}
