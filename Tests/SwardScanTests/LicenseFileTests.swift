// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

@Suite("License files that no list explains") struct LicenseFileTests {
    private static let root = "License: MIT\n"

    /// What covers the pump beside a license file of these words, below a folder under MIT.
    private func cover(_ words: String, _ name: String = "LICENSE") throws -> String? {
        let report = try Bench([
            "LICENSE": Self.root, "wells/\(name)": words, "wells/pump.png": "x\n",
        ]).scan()
        return report.judgement.cover(of: "wells/pump.png")?.expression.description
    }

    @Test(
        "a few words that rule are terms",
        arguments: [
            "These drawings need a commercial licence.\n\nPlease see https://wells.example/buy\n",
            "Licensed to Wells Ltd for use in Bar only. Redistribution is not permitted.\n",
            "Copyright 2020 Wells Ltd. All rights reserved.\n", "Free for use in village schools\n",
            "You may copy this\nonly with our consent.\n",
        ])
    func rules(_ words: String) throws {
        #expect(try cover(words)?.hasPrefix("LicenseRef-") == true)
        #expect(try cover(words, "LICENCE.txt")?.hasPrefix("LicenseRef-") == true)
    }

    @Test(
        "a few words that point elsewhere, name a license or rule nothing are none",
        arguments: [
            "See ../LICENSE\n", "MIT\n", "../LICENSE", "https://wells.example/license\n", "",
            "The license of the project can be found at https://wells.example/license and is free.\n",
            "Use and distribution are ruled by the file LICENSE in the folder above.\n",
            "TODO: say what may be used and by whom\n", "Copyright 2020 The Pump and Well Authors\n",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 1070 free for use only\n",
            "This may be used under the same terms as the rest of the project.\n", "Pump\n",
            "BSD-3-Clause\n",
        ])
    func points(_ words: String) throws {
        #expect(try cover(words)?.hasPrefix("LicenseRef-") != true)
    }

    @Test(
        "whom the license file names is named in what is shipped, also for files that name no one",
        arguments: [
            ReportFormat.notice, .debianCopyright,
        ])
    func holders(_ format: ReportFormat) throws {
        let files = [
            "LICENSE": "License: MIT\n\nCopyright (c) 2020 The well keepers\n", "src/a.c": "int a;\n",
            "src/b.c": "// SPDX-License-Identifier: MIT\nint b;\n",
            "lib/c.c": "// SPDX-License-Identifier: ISC\nint c;\n",
        ]
        let text = String(decoding: format.rendered(try Bench(files).scan()), as: UTF8.self)
        #expect(text.contains("2020 The well keepers"))
        // Whoever holds a file under other terms is not told by it.
        #expect(!text.contains("ISC") || text.components(separatedBy: "The well keepers").count == 2)
    }

    @Test("what tools put above sources is no license file")
    func headers() throws {
        let words = "Copyright 2020 Wells Ltd. All rights reserved.\n"
        #expect(try cover(words, "license-header.txt") == "MIT")
    }
}

// REUSE-IgnoreEnd
