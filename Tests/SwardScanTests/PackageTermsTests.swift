// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX
import Testing

// REUSE-IgnoreStart

@Suite("What a package says of its files") struct PackageTermsTests {
    private static func metadata(_ license: String) -> String {
        "Metadata-Version: 2.4\nName: kettle\nVersion: 1.0\nLicense-Expression: \(license)\n"
    }

    /// What the file is under, and the file that says so.
    private func terms(of path: String, in files: [String: String]) throws -> [String?] {
        let report = try Bench(files).scan()
        let file = report.file(path)
        if let concluded = file?.concluded { return [concluded.description, file?.declaredIn] }
        let cover = report.judgement.cover(of: path)
        return [cover?.expression.description, cover?.path]
    }

    @Test("a license file speaks for what lies beside it before a manifest further up does")
    func nearest() throws {
        let files = [
            "package.json": "{\"license\": \"MIT\"}", "a.c": "int a;\n", "vendor/b.c": "int b;\n",
            "vendor/x/COPYING": "License: GPL-2.0-only\n", "vendor/x/src/c.c": "int c;\n",
            "vendor/y/COPYING": "License: GPL-2.0-only\n", "vendor/y/package.json": "{\"license\": \"ISC\"}",
            "vendor/y/d.c": "int d;\n", "LICENSES/Zlib.txt": "License: Zlib\n",
        ]
        #expect(try terms(of: "a.c", in: files) == ["MIT", "package.json"])
        #expect(try terms(of: "vendor/b.c", in: files) == ["MIT", "package.json"])
        #expect(try terms(of: "vendor/x/src/c.c", in: files) == ["GPL-2.0-only", "vendor/x/COPYING"])
        #expect(try terms(of: "vendor/y/d.c", in: files) == ["ISC", "vendor/y/package.json"])
    }

    @Test("metadata that lies in a folder of its own speaks for what it lies in")
    func metadataFolders() throws {
        let wheel = ["kettle/lid.py": "x = 1\n", "kettle-1.0.dist-info/METADATA": Self.metadata("ISC")]
        #expect(try terms(of: "kettle/lid.py", in: wheel) == ["ISC", "kettle-1.0.dist-info/METADATA"])
        let egg = ["kettle/lid.py": "x = 1\n", "EGG-INFO/PKG-INFO": Self.metadata("ISC")]
        #expect(try terms(of: "kettle/lid.py", in: egg) == ["ISC", "EGG-INFO/PKG-INFO"])
        let jar = ["j/org/Lid.properties": "a=b\n", "j/META-INF/LICENSE.txt": "License: Zlib\n"]
        #expect(try terms(of: "j/org/Lid.properties", in: jar) == ["Zlib", "j/META-INF/LICENSE.txt"])
        // Its own license file comes first.
        let both = jar.merging(["j/LICENSE": "License: MIT\n"]) { $1 }
        #expect(try terms(of: "j/org/Lid.properties", in: both) == ["MIT", "j/LICENSE"])
    }

    @Test(
        "what a Debian package says of its files holds for those without words of their own, not in a system of many"
    )
    func debian() throws {
        let copyright =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
            + "Files: *\nCopyright: A. Name\nLicense: ISC\n\nFiles: debian/*\nCopyright: A. Name\nLicense: GPL-2+\n"
        let package = ["usr/bin/lid": "#!/bin/sh\n", "usr/share/doc/lid/copyright": copyright]
        #expect(try terms(of: "usr/bin/lid", in: package) == ["ISC", "usr/share/doc/lid/copyright"])
        let system = package.merging(["usr/share/doc/pot/copyright": copyright]) { $1 }
        #expect(try terms(of: "usr/bin/lid", in: system) == [nil, nil])
    }

    @Test(
        "an address of a file that lies in the tree is a pointer to it",
        arguments: [
            "https://github.com/wells/pump/blob/main/LICENCE.md",
            "https://github.com/wells/pump/blob/feature/deep/LICENCE.md#top",
            "https://raw.githubusercontent.com/wells/pump/main/LICENCE.md",
            "https://raw.githubusercontent.com/wells/pump/refs/heads/main/LICENCE.md",
            "https://gitlab.com/wells/sub/pump/-/blob/main/LICENCE.md",
            "https://bitbucket.org/wells/pump/src/main/LICENCE.md",
            "https://codeberg.org/wells/pump/src/branch/main/LICENCE.md",
        ])
    func addresses(_ address: String) throws {
        let project =
            "<Project><PropertyGroup><PackageLicenseUrl>\(address)</PackageLicenseUrl></PropertyGroup></Project>"
        let package =
            "<package><metadata><id>pump</id><licenseUrl>\(address)</licenseUrl></metadata></package>"
        let pom =
            "<project><artifactId>pump</artifactId><licenses><license><name>Terms of the Well</name><url>\(address)</url></license></licenses></project>"
        let license = "License: CC-BY-NC-4.0\n"
        for (path, manifest) in [
            ("src/pump.csproj", project), ("src/pump.nuspec", package), ("src/pom.xml", pom),
            ("src/package.json", "{\"name\": \"pump\", \"license\": \"\(address)\"}"),
        ] {
            let files = ["LICENCE.md": license, path: manifest, "src/a.png": "x\n"]
            #expect(try terms(of: "src/a.png", in: files) == ["CC-BY-NC-4.0", path])
            #expect(try terms(of: path, in: files).first == "CC-BY-NC-4.0")
            let report = try Bench(files).scan()
            #expect(!report.judgement.marks.contains { $0.mark == .termsByLinkOnly })
            // Without the file, and for what was copied from another repository, it stays an address.
            let away = ["README": "Pump\n", path: manifest]
            #expect(try terms(of: path, in: away).first??.hasPrefix("LicenseRef-") == true)
            let copied = ["LICENCE.md": license, "vendor/" + path: manifest]
            #expect(try terms(of: "vendor/" + path, in: copied).first??.hasPrefix("LicenseRef-") == true)
        }
    }

    static let recipes = [
        ("core/pump.spec", "Name: pump\nLicense: LICENSE\nSource0: https://wells.example/pump.tar.gz\n"),
        (
            "core/pump.spec",
            "Name: pump\nURL: https://wells.example\nLicense: LICENSE\nSource: %{url}/pump.tar.gz\n"
        ),
        (
            "core/PKGBUILD",
            "pkgname=pump\nlicense=('LICENSE')\nsource=(\"https://wells.example/p.tgz\" a.patch)\n"
        ),
        ("core/.SRCINFO", "pkgbase = pump\n\tlicense = LICENSE\n\tsource = https://wells.example/p.tgz\n"),
        (
            "core/opam",
            "opam-version: \"2.0\"\nname: \"pump\"\nlicense: \"LICENSE\"\nurl {\n  src: \"https://wells.example/p.tgz\"\n}\n"
        ),
    ]

    @Test("the terms of what a recipe fetches are not the recipe's", arguments: recipes)
    func recipe(_ path: String, _ text: String) throws {
        let name = String(path.dropFirst("core/".count))
        let own = [
            "LICENSE": "License: ISC\n", "core/a.patch": "--- a\n+++ b\n+x\n", "core/a.conf": "x = 1\n",
            "lid/" + name: text.replacing("LICENSE", with: "MIT"),
            "rope/" + name: text.replacing("LICENSE", with: "MIT"),
        ]
        for (license, patch) in [
            ("GPL-2.0-only", ["GPL-2.0-only", path]), ("Proprietary", ["ISC", "LICENSE"]),
        ] {
            let files = own.merging([path: text.replacing("LICENSE", with: license)]) { $1 }
            #expect(try terms(of: path, in: files) == ["ISC", "LICENSE"])
            // A patch is made of what it changes.
            #expect(try terms(of: "core/a.patch", in: files) == patch)
            #expect(try terms(of: "core/a.conf", in: files) == ["ISC", "LICENSE"])
            let report = try Bench(files).scan()
            #expect(!report.judgement.marks.contains { $0.mark != .missingText })
            #expect(report.judgement.conflicts.isEmpty)
            #expect(report.packages.contains { $0.name == "pump" && $0.declared != nil })
        }
        // Where no license file is above, the recipe tells what the patches belong to; "proprietary" tells nothing of it.
        let alone = [path: text.replacing("LICENSE", with: "GPL-2.0-only"), "core/a.patch": "+x\n"]
        #expect(try terms(of: "core/a.patch", in: alone) == ["GPL-2.0-only", path])
        let closed = try Bench([path: text.replacing("LICENSE", with: "Proprietary")]).scan()
        #expect(!closed.judgement.marks.contains { $0.mark == .proprietary })
        // A project's own recipe says what it says, and not for what lies beside it.
        let single = [
            "LICENSE": "License: ISC\n", path: text.replacing("LICENSE", with: "GPL-2.0-only"),
            "core/a.conf": "x = 1\n",
        ]
        #expect(try terms(of: path, in: single).first == "GPL-2.0-only")
        #expect(try terms(of: "core/a.conf", in: single) == ["ISC", "LICENSE"])
        // The one of a project's own tree speaks for it.
        let near = ["core/LICENSE": "License: ISC\n", path: text.replacing("LICENSE", with: "GPL-2.0-only")]
        #expect(try terms(of: path, in: near).first == "GPL-2.0-only")
    }

    @Test("where many are installed side by side none speaks for all")
    func sideBySide() throws {
        let files = [
            "lid.py": "x = 1\n", "kettle-1.0.dist-info/METADATA": Self.metadata("ISC"),
            "pot-1.0.dist-info/METADATA": Self.metadata("MIT"),
        ]
        #expect(try terms(of: "lid.py", in: files) == [nil, nil])
        // Nor does the one that has a license file, where the other states no terms at all.
        let silent = [
            "lid.py": "x = 1\n", "kettle-1.0.dist-info/LICENSE": "License: ISC\n",
            "pot-1.0.dist-info/METADATA": "Metadata-Version: 2.4\nName: pot\nVersion: 1.0\n",
        ]
        #expect(try terms(of: "lid.py", in: silent) == [nil, nil])
        let bench = try Bench(silent)
        let listing = ScanListing(
            files: silent.map { .init(path: $0.key, length: Int64($0.value.utf8.count)) })
        let found = try Scanner().find(in: bench.folder.path, listing)
        let covers = FolderCovers(of: found.files { $0.role != .other }, among: found.paths)
        #expect(covers.cover(of: "lid.py") == nil)
    }
}

// REUSE-IgnoreEnd
