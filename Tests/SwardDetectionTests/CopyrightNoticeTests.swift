// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import Testing

// REUSE-IgnoreStart
@Suite("Copyright notices") struct CopyrightNoticeTests {
    static let notices: [(String, [(years: String?, holder: String)])] = [
        (
            "Copyright (c) 2001, 2003-2005 Ann Bee <ann@example.org>",
            [("2001, 2003-2005", "Ann Bee <ann@example.org>")]
        ),
        ("# Copyright 2020 The Foo Authors. All rights reserved.", [("2020", "The Foo Authors")]),
        ("/* (C) 1999 J. R. Doe */", [("1999", "J. R. Doe")]),
        ("© 2015 Jane Doe", [("2015", "Jane Doe")]),
        ("Copyright © 2010-2014 Foo, Inc.", [("2010-2014", "Foo, Inc.")]),
        (
            " * Copyright (C) 2007 Free Software Foundation, Inc.\n *\n * This file is part of X.",
            [("2007", "Free Software Foundation, Inc.")]
        ),
        (
            "SPDX-FileCopyrightText: 2022 Jane Doe <jane@example.org>",
            [("2022", "Jane Doe <jane@example.org>")]
        ),
        ("SPDX-FileCopyrightText: © 2022 Jane Doe", [("2022", "Jane Doe")]),
        ("Copr. 1987 Big Corp", [("1987", "Big Corp")]),
        ("Copyright (c) 1991 by AT&T.", [("1991", "AT&T")]),
        ("// Copyright (c) 2012\n// Jane Doe\n", [("2012", "Jane Doe")]),
        (
            "Copyright (c) 1998, 1999, 2000\n    The Regents of Nowhere.  All rights reserved.",
            [("1998, 1999, 2000", "The Regents of Nowhere")]
        ),
        ("Copyright 2019-present Foo Project contributors", [("2019-present", "Foo Project contributors")]),
        ("Copyright: 2005, Bob Smith", [("2005", "Bob Smith")]),
        ("Copyright (c) 2001 Ann Bee,\n * Cid Dee and Eve Eff", [("2001", "Ann Bee, Cid Dee and Eve Eff")]),
        ("Copyright 2001 Ann\nCopyright 2002 Bob\n", [("2001", "Ann"), ("2002", "Bob")]),
        (".\\\" Copyright \\(co 1996 Carl Day", [("1996", "Carl Day")]),
        ("&copy; 2016 Example GmbH", [("2016", "Example GmbH")]),
        ("Copyright 2014 Ann Bee <https://ann.example/>", [("2014", "Ann Bee <https://ann.example/>")]),
        ("Copyright Jane Doe 2011", [(nil, "Jane Doe 2011")]),
    ]

    @Test("a notice gives its years and holder", arguments: notices)
    func reads(_ row: (text: String, notices: [(years: String?, holder: String)])) {
        let found = NoticeTests.detect(row.text, role: .notice).copyrights
        #expect(found.map(\.holder) == row.notices.map(\.holder), "\(row.text)")
        #expect(found.map(\.years) == row.notices.map(\.years), "\(row.text)")
    }

    @Test(
        "the notice in a tag is the tag's value",
        arguments: ["2022 Jane Doe", "© 2022 Jane Doe", "(c) 2022 Jane Doe"])
    func readsTags(_ value: String) {
        let found = NoticeTests.detect("// SPDX-FileCopyrightText: \(value)\n", role: .notice).copyrights
        #expect(found.map(\.text) == [value])
        let stated = CopyrightNotice(stated: value)
        #expect(stated.text == value && stated.years == "2022" && stated.holder == "Jane Doe")
    }

    static let others = [
        "The above copyright notice and this permission notice shall be included.",
        "copyright holders and contributors", "Copyright (C) <year>  <name of author>",
        "Copyright [yyyy] [name of copyright owner]", "(c) = x", "int f(c) { return c; }",
        "copyright law protects", "the copyright owner", "char *copyright = get();", "COPYRIGHT NOTICE",
        "under copyright", "copyright: str", "f(c) 5", "Copyright (c) {year} {name}",
        "See the copyright file.", "copyright and license information",
    ]

    @Test("words about copyright are no notice", arguments: others)
    func ignores(_ text: String) {
        #expect(NoticeTests.detect(text, role: .notice).copyrights == [], "\(text)")
    }
}

@Suite("Words that fence") struct RiderTests {
    static let riders: [(String, EnclosureMark)] = [
        (
            "\"Commons Clause\" License Condition v1.0\nThe Software is provided to you under the MIT License, subject to the following condition.",
            .riderCommonsClause
        ),
        ("Licensed under the MIT license, for non-commercial use only.", .riderNoncommercial),
        ("MIT License. Not for commercial use.", .riderNoncommercial),
        // Slipped into a text that is otherwise a license of the list.
        (
            "Permission to use, copy, modify, and/or distribute this software for any non-commercial purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.",
            .riderNoncommercial
        ),
        ("This GPL program may not be sold.", .riderNoncommercial),
        ("Licensed under the MIT license. For personal use only.", .riderNoncommercial),
        ("Licensed under the BSD license. You may not redistribute this software.", .riderNoRedistribution),
        ("License: MIT. Redistribution is not permitted.", .riderNoRedistribution),
        ("License: MIT\nThe Software shall be used for Good, not Evil.", .riderFieldOfUse),
        ("Licensed under the GPL. It may not be used for military purposes.", .riderFieldOfUse),
        (
            "Licensed under the MIT license. You may not use this to train machine learning models.",
            .noAIRider
        ), ("This file is proprietary and confidential. Copyright 2020 Foo", .proprietary),
        ("END USER LICENSE AGREEMENT", .eulaBesideCopyleft),
        ("This software is licensed, not sold. Copyright 2020 X", .eulaBesideCopyleft),
        ("License. You may not reverse engineer, decompile or disassemble it.", .eulaBesideCopyleft),
        (
            "Contributor License Agreement. You hereby assign to Foo all right, title in your contributions.",
            .contributorAgreement
        ),
        (
            "Licensor: Foo Ltd\nLicensed Work: Bar\nAdditional Use Grant: None\nChange Date: 2027-01-01\nChange License: GPL-2.0-or-later\n",
            .sourceAvailable
        ),
        ("Copyright 2020 Foo. All rights reserved.", .allRightsReservedClash),
        (
            "Licensed under the GPL version 3. The following additional restrictions apply.",
            .furtherRestriction
        ),
        ("Licensed under the GPL. The source code is available from https://example.org/src", .missingSource),
        (
            "accompanied by a written offer, valid for three years, to give the source. License: GPL-2.0",
            .missingSource
        ),
    ]

    @Test("a rider is evidence", arguments: riders)
    func finds(_ row: (text: String, mark: EnclosureMark)) {
        let found = NoticeTests.detect(row.text, role: .licenseText).evidence
        #expect(found.contains { $0.mark == row.mark }, "\(row.text): \(found.map(\.mark))")
    }

    static let quiet: [String] = [
        "Copyright 2020 Foo. All rights reserved.\nLicensed under the MIT license.",
        "Neither the name of the author may be used to endorse or promote products without permission. License: MIT",
        "This program is distributed in the hope that it will be useful. License: GPL-2.0",
        "There is no distribution of this package for Windows yet. License: MIT",
        "You may sell copies. License: MIT",
    ]

    @Test("usual words of free licenses are none", arguments: quiet)
    func ignores(_ text: String) {
        #expect(NoticeTests.detect(text, role: .licenseText).evidence == [], "\(text)")
    }

    @Test("what a source-available license leaves open is read from its fields")
    func parameters() {
        let text =
            "License text copyright\nLicensor: Foo Ltd\nAdditional Use Grant: You may use it at home.\nChange Date: January 1, 2027\nChange License: GPL-2.0-or-later\n"
        let quotes = NoticeTests.detect(text, role: .licenseText).evidence.filter {
            $0.mark == .sourceAvailable
        }.map(\.quote)
        #expect(
            quotes == [
                "Licensor: Foo Ltd", "Additional Use Grant: You may use it at home",
                "Change Date: 2027-01-01", "Change License: GPL-2.0-or-later",
            ])
    }
}
// REUSE-IgnoreEnd
