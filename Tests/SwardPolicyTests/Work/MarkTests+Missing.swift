// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection

@testable import SwardPolicy

extension MarkTests {
    /// What should be in the work and is not, or is not what it should be: source, license texts, a readable form.
    static let missing: [Case] = [
        Case(
            "a GPL program without source", [gpl, file("bin/prog", nil, .objectCode)],
            ["missing-source clashes"], clause: "GPL-3.0 §6(d)–(e)"),
        Case(
            "a GPL program beside an install script",
            [gpl, file("bin/prog", nil, .objectCode), file("install.sh", nil)], ["missing-source clashes"]),
        Case("an object beside its source", [gpl, file("a.o", nil, .objectCode), file("a.c", nil)], []),
        Case(
            "a library built from other names",
            [gpl, file("lib/libx.so.1", nil, .objectCode), file("src/main.c", nil)], []),
        Case(
            "a class beside its Java",
            [gpl, file("b/A$B.class", nil, .objectCode), file("b/A.java", "Apache-2.0")], []),
        Case(
            "sources in an archive",
            [gpl, file("bin/prog", nil, .objectCode), file("prog-1.0-source.tar.gz", nil, .archive)], []),
        Case(
            "a written offer",
            [
                gpl, file("bin/prog", nil, .objectCode),
                file(
                    "README", nil, .text,
                    evidence: [evidence(.missingSource, "a written offer, valid for three years")]),
            ], []),
        Case(
            "the offer that the GPL itself speaks of",
            [
                file(
                    "COPYING", "GPL-2.0-only",
                    evidence: [evidence(.missingSource, "written offer", at: 10..<20)]),
                file("bin/prog", nil, .objectCode),
            ], ["missing-source clashes"]),
        Case("an MIT program", [file("LICENSE", "MIT"), file("bin/prog", nil, .objectCode)], []),
        Case(
            "a program under a choice",
            [file("LICENSE", "MIT"), file("bin/prog", "MIT OR GPL-2.0-only", .objectCode)], []),
        Case(
            "an MPL library without source", [file("LICENSE", "MPL-2.0"), file("x.dll", nil, .objectCode)],
            ["missing-source clashes"], clause: "MPL-2.0 §3.2(a)"),
        Case(
            "a jar of classes counts once",
            [gpl, file("a.jar!x/A.class", nil, .objectCode), file("a.jar!x/B.class", nil, .objectCode)],
            ["missing-source clashes"]),
        Case(
            "copyleft without its text", [file("a.c", "GPL-2.0-or-later"), file("b.c", "GPL-2.0-or-later")],
            ["missing-text clashes"], clause: "GPL-2.0 §1"),
        Case(
            "copyleft with the text of a later version",
            [file("a.c", "GPL-2.0-or-later"), file("COPYING", "GPL-3.0-only")], []),
        Case(
            "a script that goes with the program it configures",
            [
                file("LICENSE", "MIT"), file("a.c"),
                file("config.guess", "GPL-3.0-or-later WITH Autoconf-exception-generic-3.0"),
            ], []),
        Case(
            "a library that may be linked with anything",
            [
                file("LICENSE", "MIT"), file("a.c"),
                file("rt.c", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
            ], ["missing-text clashes"]),
        Case("one file alone", [file("a.c", "GPL-2.0-or-later")], []),
        Case(
            "a text named otherwise", [file("a.c", "GPL-2.0-or-later"), file("COPYING", "GPL-2.0-only")], []),
        Case(
            "CC-BY-SA by address",
            [file("a.png", "CC-BY-SA-4.0", .media), file("b.png", "CC-BY-SA-4.0", .media)], []),
        Case(
            "a choice with a permissive branch", [file("a.c", "GPL-2.0-only OR MIT"), file("b.c", "MIT")], []),
        Case(
            "minified GPL script", [gpl, file("a.min.js", "GPL-3.0-only", .minified)], ["minified-only hint"]),
        Case(
            "minified beside its source",
            [gpl, file("dist/a.min.js", "GPL-3.0-only", .minified), file("src/a.ts", "GPL-3.0-only")], []),
        Case(
            "a noncommercial text named after a free license",
            [file("LICENSES/CC-BY-4.0.txt", "CC-BY-NC-4.0")], ["wrong-text clashes"]),
        Case(
            "the text of a license that gives and asks for the same",
            [file("LICENSES/MIT.txt", "ISC")], []),
        Case(
            "texts under their names",
            [
                file("LICENSES/GPL-3.0-or-later.txt", "GPL-3.0-only"), file("LICENSES/MPL-2.0", "MPL-2.0"),
                file("LICENSES/Classpath-exception-2.0.txt", "GPL-2.0-only WITH Classpath-exception-2.0"),
            ], []),
        Case(
            "a name that is deprecated", [file("LICENSES/GPL-3.0.txt", "GPL-3.0-only")], []),
        Case(
            "a deprecated name that holds an exception too",
            [file("LICENSES/GPL-2.0-with-font-exception.txt", "GPL-2.0-only")], []),
        Case("a text of one's own", [file("LICENSES/LicenseRef-Ours.txt", "MIT")], []),
        Case(
            "a notice that sends its reader to a text",
            [file("a.c", "Apache-2.0", kind: .header), file("b.c")], ["missing-text clashes"]),
        Case("a tag does not", [file("a.c", "Apache-2.0"), file("b.c")], []),
        Case(
            "minified script beside a style of its name",
            [gpl, file("a.min.js", "GPL-3.0-only", .minified), file("a.css", "GPL-3.0-only")],
            ["minified-only hint"]),
        Case(
            "a file that reserves all rights and forbids copies",
            [
                file("LICENSE", "MIT", holder: "A"), file("a.c", "MIT", holder: "A"),
                file(
                    "b.c", holder: "A",
                    evidence: [evidence(.allRightsReservedClash), evidence(.riderNoRedistribution)]),
            ], ["all-rights-reserved-clash clashes"]),
        Case(
            "a file that is proprietary and forbids copies",
            [
                file("LICENSE", "MIT"),
                file(
                    "b.c",
                    evidence: [evidence(.proprietary, "confidential"), evidence(.riderNoRedistribution)]),
            ], ["proprietary forbids"]),
        Case("minified MIT script", [file("LICENSE", "MIT"), file("a.min.js", nil, .minified)], []),
    ]
}
