// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardMetainfo
import Testing

@Suite("Names that other systems cannot hold") struct PathWarningTests {
    static let names: [(name: String, reason: PathWarning.Reason?)] = [
        ("CON", .reservedName), ("nul.txt", .reservedName), ("Com1.tar.gz", .reservedName),
        ("lpt²", .reservedName),
        ("CLOCK$", .reservedName), ("CONSOLE", nil), ("con1", nil), ("com", nil), ("xCON", nil),
        ("a.", .trailingDotOrSpace), ("a ", .trailingDotOrSpace), (" a", nil), (".a", nil),
        ("...", .trailingDotOrSpace),
        ("a:b", .reservedCharacter(":")), ("a\\b", .reservedCharacter("\\")), ("a?", .reservedCharacter("?")),
        ("*", .reservedCharacter("*")), ("<a>", .reservedCharacter("<")), ("a|b", .reservedCharacter("|")),
        ("\"a\"", .reservedCharacter("\"")), ("a\nb", .controlCharacter), ("a\u{1B}[31m", .controlCharacter),
        ("a\u{85}", .controlCharacter), ("exe\u{202E}txt.", .directionMark), ("a\u{200F}", .directionMark),
        ("Größe.txt", nil), ("日本", nil), ("a b", nil),
    ]

    @Test("each is reported with its reason, and plain names are not", arguments: names)
    func reports(_ row: (name: String, reason: PathWarning.Reason?)) {
        #expect(PathWarning.reason(against: row.name) == row.reason)
    }

    @Test("they are reported by file and do not stop a torrent from being read")
    func reportsByFile() throws {
        func link(_ name: String, _ target: [String]) -> Bencode {
            ["attr": "l", "path": [.text(name)], "symlink path": .list(target.map(Bencode.text))]
        }
        let files = [
            HostileInfoTests.file(["dir", "aux.c"]), HostileInfoTests.file(["fine"]), link("ok", ["fine"]),
            link("folder", ["dir"]), link("through", ["ok"]), link("nowhere", ["gone"]),
            link("self", ["self"]),
            link("ring1", ["ring2"]), link("ring2", ["ring1"]),
        ]
        let info = try InfoDictionary.parse(HostileInfoTests.v1(files, ["name": "trailing."]).encoded())
        #expect(
            info.pathWarnings() == [
                PathWarning(.trailingDotOrSpace, file: nil, element: "trailing."),
                PathWarning(.reservedName, file: 0, element: "aux.c"),
                PathWarning(.danglingSymlink, file: 5, element: "nowhere"),
                PathWarning(.danglingSymlink, file: 6, element: "self"),
                PathWarning(.symlinkLoop, file: 7, element: "ring1"),
                PathWarning(.symlinkLoop, file: 8, element: "ring2"),
            ])
        #expect(info.pathWarnings(limit: 2).count == 2)
    }
}
