// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the answer is known to differ from what OSADL publishes, and why ours stands.
///
/// It changes no answer. The matrix is not part of sward; a test that has it at hand holds this list against it, so that
/// nothing differs without a reason and no reason outlives its difference.
struct Departure {
    let parts: Set<String>
    let wholes: Set<String>
    let answers: Set<Compatibility.Answer>
    let reason: String

    /// GNU licenses that are offered in versions.
    private static let gnuOrLater: Set = [
        "GPL-1.0-or-later", "GPL-2.0-or-later", "LGPL-2.0-or-later", "LGPL-2.1-or-later",
    ]
    private static let gnuThree: Set = [
        "GPL-3.0-only", "GPL-3.0-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "AGPL-3.0-only",
        "AGPL-3.0-or-later",
    ]

    static let all: [Departure] = [
        Departure(
            ["Apache-2.0", "ECL-2.0", "XFree86-1.1", "FTL", "Minpack", "zlib-acknowledgement"], gnuOrLater,
            [.yes],
            "OSADL says no, as version 2 could no longer be chosen; the whole may still be passed on under version 3"
        ),
        Departure(
            ["FTL", "Minpack", "zlib-acknowledgement"], gnuThree, [.yes],
            "OSADL says no; credit in the documentation is an author attribution that GPL-3.0 §7(b) lets be asked for, and OSADL itself says yes to the like clause of XFree86-1.1"
        ),
        Departure(
            ["Python-2.0"],
            gnuOrLater.union(gnuThree).union([
                "GPL-1.0-only", "GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", "LGPL-2.0-only",
                "LGPL-2.1-only", "EUPL-1.1", "EUPL-1.2",
            ]), [.yes],
            "OSADL says no; the choice of law that once stood against it is gone from the license of Python 2.0.1 and later, which the FSF lists as compatible"
        ),
        Departure(
            ["Sleepycat"], gnuThree.union(["GPL-1.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later"]), [.yes],
            "OSADL says no; the third condition is met by complete source under reasonable conditions, which the GPL is, and the FSF lists it as compatible"
        ),
        Departure(
            ["IJG"], ["EUPL-1.1", "EUPL-1.2"], [.yes],
            "OSADL says no; credit is due only where no source goes along, and EUPL §5 makes it go along"),
        Departure(
            ["Apache-2.0"], ["MPL-1.1"], [.yes],
            "OSADL says no; MPL-1.1 §3.7 lets its files be joined with files under other terms"),
        Departure(
            [
                "GPL-1.0-only", "GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0",
                "GPL-2.0-or-later",
                "GPL-3.0-only", "GPL-3.0-or-later", "LGPL-2.0-only", "LGPL-2.1-only", "LGPL-2.1-or-later",
                "LGPL-3.0-only", "LGPL-3.0-or-later", "AGPL-3.0-only",
            ],
            gnuOrLater.union(["GPL-3.0-or-later", "LGPL-3.0-or-later", "AGPL-3.0-or-later"]), [.depends],
            "OSADL says no where not every version on offer can be kept, save for LGPL-2 in GPL-1.0-or-later, where it says yes; the whole may be passed on under the versions that are left"
        ),
        Departure(
            ["LGPL-2.0-or-later"], ["GPL-1.0-or-later"], [.depends],
            "OSADL says yes; LGPL-2.0 §3 names version 2 of the GPL and later ones, so that version 1 can no longer be chosen"
        ),
        Departure(
            ["LGPL-2.0-only", "LGPL-2.0-or-later"], ["AGPL-3.0-only", "AGPL-3.0-or-later"], [.yes],
            "OSADL says no; LGPL-2.0 §3 lets it become GPL-3.0, and GPL-3.0 §13 joins that with the AGPL"),
        Departure(
            ["LGPL-2.0-or-later"],
            ["LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"], [.yes],
            "OSADL says no; LGPL-2.1 calls itself the successor of version 2 of the Library GPL, so that “or later” reaches it"
        ),
        Departure(
            ["CDDL-1.0"], ["CDDL-1.1"], [.yes],
            "OSADL says no; CDDL-1.0 §4.2 lets a later version be chosen unless the notice bars it"),
        Departure(
            ["MPL-1.1"], ["MPL-2.0-no-copyleft-exception"], [.yes],
            "OSADL says no; MPL-1.1 §6.2 lets version 2.0 be chosen, and by MPL-2.0 §1.5(b) what comes from 1.1 bars secondary licenses"
        ),
        Departure(
            ["CPL-1.0", "EPL-1.0"], ["IPL-1.0"], [.no],
            "OSADL says yes; IPL-1.0 is the older of them, and neither lets an older license be chosen"),
        Departure(
            ["EUPL-1.1"], ["CPL-1.0"], [.yes], "OSADL says no; the appendix of EUPL-1.1 names CPL-1.0"),
        Departure(
            ["EUPL-1.1"], ["GPL-2.0-only WITH Classpath-exception-2.0"], [.no],
            "OSADL says yes; the appendix names the GPL, not the permission that the exception adds, and for EUPL-1.2 OSADL says no"
        ),
        Departure(
            ["EUPL-1.2"], ["EUPL-1.1", "GPL-1.0-or-later", "LGPL-2.0-or-later"], [.yes],
            "OSADL says no; the appendix of EUPL-1.2 names EUPL-1.1, GPL-2.0 and LGPL-2.1, which are among the versions on offer"
        ),
        Departure(
            ["MPL-2.0"], ["EUPL-1.2", "LGPL-2.0-only"], [.no],
            "OSADL says yes; MPL-2.0 §1.12 names GPL-2.0, LGPL-2.1, AGPL-3.0 and later ones, and no other license"
        ),
    ]

    private init(
        _ parts: Set<String>, _ wholes: Set<String>, _ answers: Set<Compatibility.Answer>, _ reason: String
    ) {
        self.parts = parts
        self.wholes = wholes
        self.answers = answers
        self.reason = reason
    }

    static func reason(part: String, whole: String, answer: Compatibility.Answer) -> String? {
        all.first { $0.parts.contains(part) && $0.wholes.contains(whole) && $0.answers.contains(answer) }?
            .reason
    }
}
