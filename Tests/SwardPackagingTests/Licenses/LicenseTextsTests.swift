// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardPackaging
import Testing

@Suite("License texts") struct LicenseTextsTests {
    let root: TemporaryFolder
    let texts: LicenseTexts

    init() throws {
        root = try TemporaryFolder()
        texts = LicenseTexts(
            work: root["work"].path,
            folders: LicenseFolders(
                user: root["user"].path, shared: [root["shared"].path], common: root["common"].path))
    }

    /// The path it was found at, within the folder of this test.
    func place(_ identifier: String) -> String? {
        texts.search(for: identifier).found.map { String($0.path.dropFirst(root.path.count + 1)) }
    }

    @Test("the work comes first, then the user, then the machine, then Debian")
    func order() throws {
        for place in [
            "common/GPL-3", "shared/GPL-3.0-only.txt", "user/GPL-3.0-only.txt",
            "work/LICENSES/GPL-3.0-only.txt",
        ] {
            try root.write(place, to: place)
            #expect(self.place("GPL-3.0-only") == place)
            #expect(texts.search(for: "GPL-3.0-only").found?.bytes == Array(place.utf8))
        }
    }

    @Test("what is not found comes with every place looked at, in order")
    func missing() {
        let search = texts.search(for: "GPL-2.0-or-later")
        #expect(search.found == nil)
        let names = ["GPL-2.0-or-later.txt", "GPL-2.0-only.txt", "GPL-2.0+.txt", "GPL-2.0.txt"]
        let folders = ["work/LICENSES", "user", "shared"]
        #expect(
            search.searched.map { String($0.dropFirst(root.path.count + 1)) }
                == folders.flatMap { folder in names.map { "\(folder)/\($0)" } } + ["common/GPL-2"])
        #expect(texts.search(for: "MIT").searched.count == 3)
    }

    static let common: [(identifier: String, name: String?)] = [
        ("GPL-1.0-only", "GPL-1"), ("GPL-2.0-only", "GPL-2"), ("GPL-2.0-or-later", "GPL-2"),
        ("GPL-2.0+", "GPL-2"),
        ("GPL-2.0", "GPL-2"), ("GPL-3.0-or-later", "GPL-3"), ("LGPL-2.0-only", "LGPL-2"),
        ("LGPL-2.1-or-later", "LGPL-2.1"), ("LGPL-3.0-only", "LGPL-3"), ("Apache-2.0", "Apache-2.0"),
        ("MPL-1.1", "MPL-1.1"), ("MPL-2.0", "MPL-2.0"), ("CC0-1.0", "CC0-1.0"),
        ("Artistic-1.0-Perl", "Artistic"),
        ("GFDL-1.2-or-later", "GFDL-1.2"), ("GFDL-1.3-no-invariants-or-later", "GFDL-1.3"),
        ("GFDL-1.3-invariants-only", "GFDL-1.3"), ("Artistic-1.0", nil), ("Artistic-2.0", nil),
        ("BSD-3-Clause", nil),
        ("BSD", nil), ("GPL", nil), ("AGPL-3.0-only", nil), ("GFDL-1.1-only", nil), ("Apache-1.1", nil),
    ]

    @Test("Debian's names are used only where they hold exactly the text", arguments: common)
    func commonNames(_ row: (identifier: String, name: String?)) throws {
        let all = [
            "Apache-2.0", "Artistic", "BSD", "CC0-1.0", "GFDL", "GFDL-1.2", "GFDL-1.3", "GPL", "GPL-1",
            "GPL-2", "GPL-3",
            "LGPL", "LGPL-2", "LGPL-2.1", "LGPL-3", "MPL-1.1", "MPL-2.0",
        ]
        for name in all { try root.write(name, to: "common/\(name)") }
        #expect(place(row.identifier) == row.name.map { "common/\($0)" })
    }

    @Test("any ending will do in the work, but not a sidecar or another license's text")
    func endings() throws {
        try root.write("x", to: "work/LICENSES/MIT.txt.license")
        try root.write("x", to: "work/LICENSES/MIT-0.txt")
        try root.write("x", to: "work/LICENSES/MIT.license")
        #expect(place("MIT") == nil)
        try root.write("x", to: "work/LICENSES/MIT.md")
        #expect(place("MIT") == "work/LICENSES/MIT.md")
        try root.write("x", to: "work/LICENSES/LicenseRef-Own.html")
        #expect(place("LicenseRef-Own") == "work/LICENSES/LicenseRef-Own.html")
    }

    @Test(
        "an identifier that is a path finds nothing",
        arguments: ["../secret", "", ".", "a/b", "a\0", "Ä", "x y", ".hidden"])
    func paths(_ identifier: String) throws {
        try root.write("secret", to: "secret.txt")
        let search = texts.search(for: identifier)
        #expect(search.found == nil && search.searched.isEmpty)
    }

    @Test("empty files, folders and links to nowhere are passed over")
    func odd() throws {
        try root.write("", to: "work/LICENSES/MIT.txt")
        try root.write("x", to: "user/MIT.txt/x")
        try root.write("text", to: "shared/MIT.txt")
        #expect(place("MIT") == "shared/MIT.txt")
    }

    @Test("the folders come from the environment as XDG has it")
    func folders() {
        func folders(_ variables: [String: String]) -> LicenseFolders {
            LicenseFolders(environment: { variables[$0] })
        }
        #expect(folders(["HOME": "/h"]).user == "/h/.local/share/sward/licenses")
        #expect(folders(["HOME": "/h", "XDG_DATA_HOME": "/d"]).user == "/d/sward/licenses")
        #expect(folders(["HOME": "/h", "XDG_DATA_HOME": "d"]).user == "/h/.local/share/sward/licenses")
        #expect(folders([:]).user == nil)
        #expect(
            folders([:]).shared == [
                "/usr/local/share/sward/licenses", "/usr/share/sward/licenses", "/usr/share/licenses/spdx",
            ])
        #expect(
            folders(["XDG_DATA_DIRS": "/a:b:/c"]).shared.prefix(2) == [
                "/a/sward/licenses", "/c/sward/licenses",
            ])
    }
}
