// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
internal import SwardPrimitives

// REUSE-IgnoreStart

/// Contents made to cost the reading of licenses as much as can be: for the tests that bound its work, and for
/// `license-eval --hostile`, which measures the time.
package struct HostileText: Sendable, CustomStringConvertible {
    package let name: String
    package let role: FileRole
    private let part: @Sendable (inout Chance, Int) -> String

    package var description: String { name }

    /// - Parameter part: What comes next; it is asked until there are bytes enough, with the number of the part.
    private init(
        _ name: String, role: FileRole = .readme, part: @escaping @Sendable (inout Chance, Int) -> String
    ) {
        self.name = name
        self.role = role
        self.part = part
    }

    /// The same bytes for the same count.
    package func bytes(_ count: Int) -> [UInt8] {
        var chance = Chance(seed: 7)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 4096)
        var number = 0
        while bytes.count < count {
            bytes += part(&chance, number).utf8
            number += 1
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private static func any(_ words: [String], _ chance: inout Chance) -> String {
        words[Int(chance.next() % UInt64(words.count))]
    }

    private static func repeated(_ name: String, role: FileRole = .readme, _ text: String) -> HostileText {
        HostileText(name, role: role) { _, _ in text }
    }

    /// Words in an order that chance gives.
    private static func shuffled(_ name: String, role: FileRole = .readme, _ words: String) -> HostileText {
        let words = words.split(separator: "\n").joined(separator: " ").split(separator: " ").map {
            String($0)
        }
        return HostileText(name, role: role) { chance, number in
            any(words, &chance) + (number % 9 == 8 ? "\n" : " ")
        }
    }

    private static let names = """
        MIT GPL LGPL AGPL Apache BSD MPL EPL CDDL Artistic zlib ISC Unlicense CC0 PHP GPLv2+ LGPL-2.1 Apache-2.0 BSD-3-Clause
        MPL-1.1 CC-BY-SA-4.0 WTFPL Boost Python GFDL EUPL ODbL OFL
        """
    private static let nameList = names.split(whereSeparator: \.isWhitespace).map(String.init)
    private static let triggers = """
        license licensed licensing dual dually triple under by to with terms conditions public domain same choice either one
        exception exceptions permission provided see file files copying alternatively module governed covered according the a
        of or and any later version v only GNU General Public Library Lesser License (c) copyright Copyright © all rights
        reserved SPDX spdx-license-identifier: is are this it software redistribution unlimited verbatim freely whatever
        perl python not if when without , . / ( ) : = + - _ " ' ` < > # * | 2 2.0 3 1.1 2020
        """

    /// Every content.
    package static let all: [HostileText] =
        [
            shuffled("names", names), shuffled("names in code", role: .other, names),
            HostileText("names joined by or") { chance, _ in any(nameList, &chance) + " or " },
            HostileText("names with slashes") { chance, _ in any(nameList, &chance) + "/" },
            repeated("one name", "MIT "), repeated("one long name", "GNU General Public License "),
            repeated("one name a line", "License: GPL\n"),
            repeated("the longest names", "BSD 3-clause \"New\" or \"Revised\" "),
            repeated(
                "names with long versions",
                "GPL version version version the license version version of the terms of the license version version "
            ),
            repeated("names with later versions", "GPL 2 or at your option any such more recent even more "),
            repeated("versions before names", "version 2 or 3 or 2 or 3 of the the the the license "),
            repeated(
                "Creative Commons",
                "Creative Commons Attribution NonCommercial NoDerivatives and the version "),
            repeated("elements", "by-nc-sa-nd-by-nc-sa-nd-"),
            repeated(
                "invariant sections", "GFDL 1.2 with a b c d e f g h i j k l m n o p q r s t u v w x y z "),
            repeated("grants", "licensed under the terms of the "), repeated("under", "under "),
            repeated("grants of names", "Licensed under the MIT license or the Apache License 2.0.\n"),
            repeated(
                "grants, none complete",
                "distributed under terms and conditions of the either both one any following "),
            repeated("license", "license "), repeated("License", "License: "),
            repeated("License is", "license a b c d is "),
            repeated("dual", "dual licensed "), repeated("same terms", "same terms as "),
            repeated("choice", "your choice of license either of license "),
            repeated("exceptions", "a special exception "),
            repeated("exceptions by name", "classpath exception "),
            repeated("permission", "Permission to use is hereby granted "),
            repeated("permission is", "permission is hereby granted "),
            repeated("provided as is", "provided as is "),
            repeated("redistribution", "Redistribution and use "),
            repeated("verbatim", "verbatim copy "), repeated("freely", "this file freely "),
            repeated("public domain", "this is public domain "),
            repeated("its own work", role: .other, "this script commercial redistribute sell "),
            repeated(
                "its own work, told", role: .other,
                "print(\"This script may be sold, never redistributed.\")\n"),
            repeated("its own work, abroad", role: .other, "本软件商用 dieses Programm verkaufen "),
            repeated("public domain lines", "public domain\n"),
            repeated("pointers", "see the file COPYING "), repeated("files", "COPYING file LICENSE "),
            repeated("long paths", "see COPYING/" + String(repeating: "COPYING/", count: 22) + " "),
            repeated("secondary licenses", "secondary licenses when available "),
            repeated("module licenses", "MODULE_LICENSE(\"Dual BSD/GPL\")\n"),
            repeated("magnets", "@license magnet:?xt=urn:a b c d e f g h i j k l m n o p "),
            repeated("tags", "SPDX-License-Identifier: MIT\n"),
            repeated("tags in code", role: .other, "// SPDX-License-Identifier: MIT\n"),
            HostileText("tags, all different") { _, number in
                "SPDX-License-Identifier: LicenseRef-\(number)-1\n"
            },
            repeated("tags in quotes", "`SPDX-License-Identifier: MIT` "),
            repeated("tags, empty", "SPDX-License-Identifier "),
            repeated(
                "tags of many terms",
                "SPDX-License-Identifier: " + String(repeating: "MIT OR Apache-2.0 AND ", count: 46) + "ISC\n"
            ),
            HostileText("tags of many terms, different") { chance, _ in
                "SPDX-License-Identifier: "
                    + (0..<40).map { _ in "LicenseRef-\(chance.next() % 1000)-1" }.joined(separator: " OR ")
                    + "\n"
            },
            repeated(
                "nested parentheses",
                "SPDX-License-Identifier: " + String(repeating: "(", count: 900) + "MIT"
                    + String(repeating: ")", count: 900) + "\n"),
            repeated("open parentheses", "SPDX-License-Identifier: " + String(repeating: "(", count: 200)),
            repeated("parentheses in fields", "License: " + String(repeating: "(MIT or (", count: 20) + "\n"),
            HostileText("copyright lines") { _, number in
                "Copyright (c) \(1970 + number % 60) Holder Number \(number)\n"
            },
            repeated("copyright", "copyright "), repeated("copyright signs", "(c) "),
            repeated("copyright marks", "© "),
            repeated(
                "copyright, many years",
                "Copyright 1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000, 2001, "),
            repeated(
                "copyright, long holders",
                "Copyright 2020 A, B and\nC, D and E, F, G, H, I, J, K, L, M, N, O, P, Q, "),
            repeated("rights", "all rights reserved "),
            repeated("addresses", "https://creativecommons.org/licenses/by-sa/4.0/ "),
            HostileText("addresses, all different") { _, number in
                "http://opensource.org/licenses/name-\(number) "
            },
            HostileText("addresses of licenses, different") { _, number in
                "license http://creativecommons.org/licenses/by/4.0/?\(number) "
            },
            HostileText("long addresses") { _, number in
                "http://opensource.org/" + String(repeating: "licenses/", count: 60) + "\(number) "
            },
            repeated("bare hosts", "license.org/ "),
            repeated("markup", "<a href=\"x\"><b><i><p><div>license "),
            repeated("open elements", "<a <b <i <div license "),
            repeated("open angles", "license <<<<<<<<<<<<<<<<<<<<<<"),
            repeated("long elements", "license <a " + String(repeating: "x ", count: 190)),
            repeated("comments", "<!-- license <!-- <!-- "),
            repeated("entities", "license&amp;&quot;&#169;&copy;&eacute;"),
            repeated("links", "[license](http://a.b/license) "), repeated("open links", "license [[[[((((["),
            repeated("roff", ".\\\" license \\fB\\fI\\(co\n.B license\n"),
            repeated("TeX", "\\license{\\copyright{\\begin{license}"),
            repeated("rich text", "{\\rtf1 license\\par\\'e9{\\*\\b "),
            repeated("hyphens", "non-li-\ncense re-dis-\ntribution "),
            repeated("bullets", "license\n1. (a) 2.3) i. iv) (b) - * "),
            repeated("one long line", "license "),
            HostileText("a long word of a license") { _, number in number == 0 ? "license " : "licenselicense"
            },
            repeated("short words", "license a b c d e f g h "),
            repeated("letters of all kinds", "license é ß 许可 Ж \u{AD}\u{200B}— “”"),
            repeated("triggers of no words", "licen licz copyri copyle warrant any purpose do what "),
            shuffled("triggers", triggers), shuffled("triggers in code", role: .other, triggers),
            shuffled("triggers in a license", role: .licenseText, triggers),
            shuffled("triggers in a notice", role: .notice, triggers),
            shuffled("names and triggers", triggers + " " + names + " " + names),
            shuffled(
                "addresses and triggers",
                triggers + " https://opensource.org/licenses/MIT http://gnu.org/licenses/gpl.html"),
            repeated("comments that refuse", role: .other, "// may not be sold, says the author\n\n"),
            repeated(
                "lists of what is refused", "You may not:\n\n- sell or redistribute it\n- change it\n\n"),
            repeated("riders", "may not be used not for commercial use only exclusively noncommercial "),
            shuffled(
                "words of riders",
                """
                license may not must shall can do cannot be used use uses for in by to only solely exclusively strictly noncommercial non
                commercial purposes purpose sell sold redistribute redistributed distribution permitted prohibited forbidden train training
                machine ai models reverse engineer decompile by installing agree assign transfers grant perpetual irrevocable additional
                restrictions subject terms of service proprietary confidential without military weapons
                """),
            HostileText("bytes by chance, with triggers") { chance, _ in
                String(
                    decoding: (0..<24).map { _ in UInt8(truncatingIfNeeded: chance.next()) }, as: UTF8.self)
                    + "license GPL "
            },
            HostileText("binary", role: .other) { chance, _ in
                String(decoding: (0..<24).map { _ in UInt8(chance.next() & 0x7F) }, as: UTF8.self)
                    + "\0license GPL\0"
            },
            HostileText("binary of tags", role: .other) { _, _ in "\0\0SPDX-License-Identifier: MIT\0" },
        ] + texts

    // MARK: texts

    /// Contents of the words of license texts themselves.
    private static let texts: [HostileText] = [
        HostileText("texts, joined", role: .licenseText) { chance, _ in text(&chance) },
        HostileText("texts, joined, in a readme") { chance, _ in text(&chance) },
        HostileText("texts, one word in twenty gone", role: .licenseText) { chance, _ in
            words(&chance).filter { _ in chance.next() % 20 != 0 }.joined(separator: " ") + "\n\n"
        },
        HostileText("texts, one word in five gone", role: .licenseText) { chance, _ in
            words(&chance).filter { _ in chance.next() % 5 != 0 }.joined(separator: " ") + "\n\n"
        },
        HostileText("texts, their beginnings", role: .licenseText) { chance, _ in
            words(&chance).prefix(60).joined(separator: " ") + "\n\n"
        },
        HostileText("texts, torn", role: .licenseText) { chance, _ in
            let words = words(&chance)
            let start = Int(chance.next() % UInt64(words.count))
            return words[start...].prefix(24).joined(separator: " ") + " "
        },
        HostileText("texts, torn small", role: .licenseText) { chance, _ in
            let words = words(&chance)
            let start = Int(chance.next() % UInt64(words.count))
            return words[start...].prefix(7).joined(separator: " ") + " "
        },
        HostileText("one text again and again", role: .licenseText) { _, number in
            words(number: 12).joined(separator: " ") + "\n"
        },
        HostileText("one text, a little changed each time", role: .licenseText) { chance, _ in
            var words = words(number: 12)
            words[Int(chance.next() % UInt64(words.count))] = "banana"
            return words.joined(separator: " ") + "\n"
        },
        HostileText("BSD texts, alike", role: .licenseText) { chance, _ in
            let index = TextIndex.shared
            var number = 0
            repeat {
                number = Int(chance.next() % UInt64(index.templateCount))
            } while !index.expression(
                index.template(number)
            ).hasPrefix("BSD")
            return words(number: number).joined(separator: " ") + "\n"
        },
    ]

    private static func words(number: Int) -> [String] {
        let index = TextIndex.shared
        return index.tokens(index.template(number % index.templateCount)).map { index.text(ofWord: $0) }
    }

    private static func words(_ chance: inout Chance) -> [String] {
        words(number: Int(chance.next() % UInt64(TextIndex.shared.templateCount)))
    }

    private static func text(_ chance: inout Chance) -> String {
        var line = ""
        for (place, word) in words(&chance).enumerated() { line += word + (place % 11 == 10 ? "\n" : " ") }
        return line + "\n\n"
    }
}

// REUSE-IgnoreEnd
