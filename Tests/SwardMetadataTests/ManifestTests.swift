// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Manifests by ecosystem") struct ManifestTests {
    static let cargo: [ManifestCase] = [
        ManifestCase(
            "Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT/Apache-2.0\"\n", "MIT OR Apache-2.0"),
        ManifestCase(
            "Cargo.toml", "[package]\nname = \"a\"\nlicense = 'MIT OR Apache-2.0'  # both\n",
            "MIT OR Apache-2.0"),
        ManifestCase("Cargo.toml", "[package]\nname=\"a\"\nlicense-file = \"LICENSE\"\n", nil),
        ManifestCase("Cargo.toml", "[package]\nname=\"a\"\nlicense.workspace = true\n", nil),
        ManifestCase("Cargo.toml", "[workspace.package]\nlicense = \"MPL-2.0\"\n", "MPL-2.0"),
        ManifestCase(
            "Cargo.toml",
            "[package]\nname=\"a\"\nlicense = { workspace = true }\n[workspace.package]\nlicense=\"ISC\"\n",
            "ISC"),
        ManifestCase(
            "Cargo.toml",
            "[dependencies]\nx = { version = \"1\" }\n[package]\nname = \"a\"\nlicense = \"GPL-3.0+\"\n",
            "GPL-3.0-or-later"),
        ManifestCase(
            "Cargo.toml", "[package]\nname = \"a\"\nlicense = \"Apache-2.0 WITH LLVM-exception\"\n",
            "Apache-2.0 WITH LLVM-exception"),
        ManifestCase(
            "Cargo.toml", "[package]\nname = \"a\"\nlicense = \"BSD-3-Clause/MIT/Apache-2.0\"\n",
            "BSD-3-Clause OR MIT OR Apache-2.0"),
    ]

    static let python: [ManifestCase] = [
        ManifestCase("pyproject.toml", "[project]\nname = \"a\"\nlicense = \"MIT AND ISC\"\n", "MIT AND ISC"),
        ManifestCase(
            "pyproject.toml", "[project]\nname = \"a\"\nlicense = {text = \"Apache 2.0\"}\n", "Apache-2.0"),
        ManifestCase("pyproject.toml", "[project]\nname = \"a\"\nlicense = {file = \"LICENSE\"}\n", nil),
        ManifestCase(
            "pyproject.toml",
            "[project]\nname = \"a\"\nlicense = {file = \"LICENSE\"}\nclassifiers = [\n \"Programming Language :: Python\",\n \"License :: OSI Approved :: MIT License\",\n]\n",
            "MIT"),
        ManifestCase(
            "pyproject.toml", "[tool.poetry]\nname = \"a\"\nlicense = \"GPL-3.0-or-later\"\n",
            "GPL-3.0-or-later"),
        ManifestCase(
            "pyproject.toml", "[tool.poetry]\nname = \"a\"\nlicense = \"Proprietary\"\n",
            "LicenseRef-Proprietary"),
        ManifestCase(
            "pyproject.toml",
            "[tool.flit.metadata]\nmodule = \"a\"\nlicense = \"BSD\"\nclassifiers = [\"License :: OSI Approved :: BSD License\"]\n",
            "BSD-3-Clause"),
        ManifestCase("pyproject.toml", "[build-system]\nrequires = [\"x\"]\n", nil),
        ManifestCase(
            "setup.cfg",
            "[metadata]\nname = a\nlicense = MIT\nclassifiers =\n    License :: OSI Approved :: MIT License\n    Topic :: X\n",
            "MIT"),
        ManifestCase(
            "setup.cfg",
            "[metadata]\nname = a\nclassifiers =\n    License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)\n",
            "GPL-3.0-or-later"),
        ManifestCase(
            "setup.cfg", "[metadata]\nname = a\nlicense_file = LICENSE\n[bdist_wheel]\nuniversal=1\n", nil),
        ManifestCase(
            "setup.py",
            "from setuptools import setup\nsetup(\n    name='a',\n    version=\"1\",\n    license='MIT',\n    classifiers=[\n        'License :: OSI Approved :: MIT License',\n    ],\n)\n",
            "MIT"),
        ManifestCase(
            "setup.py", "setup(name='a', license=\"Apache License 2.0\", url='http://x')\n", "Apache-2.0"),
        ManifestCase(
            "setup.py",
            "setup(name='a', license='BSD', classifiers=['License :: OSI Approved :: GNU General Public License v2 (GPLv2)'])",
            "GPL-2.0-only"),
        ManifestCase(
            "setup.py",
            "setup(name='a', license='GPL', classifiers=['License :: OSI Approved :: GNU General Public License v3 (GPLv3)'])",
            "GPL-3.0-only"),
        ManifestCase(
            "setup.py",
            "CLASSIFIERS = '''\nTopic :: x\n'''\nclassifiers = [\n'License :: OSI Approved :: ISC License (ISCL)']\nsetup(name='a', classifiers=classifiers)\n",
            "ISC"),
        ManifestCase("setup.py", "setup(name='a', license=open('LICENSE').read())", nil),
        ManifestCase(
            "a.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: a\nVersion: 1\nLicense-Expression: MIT OR ISC\nLicense-File: LICENSE\n\nLicense: no\n",
            "MIT OR ISC"),
        ManifestCase(
            "PKG-INFO",
            "Metadata-Version: 2.1\nName: a\nLicense: BSD-2-Clause\nClassifier: License :: OSI Approved :: BSD License\n",
            "BSD-2-Clause"),
        ManifestCase(
            "PKG-INFO",
            "Metadata-Version: 1.1\nName: a\nLicense: UNKNOWN\nClassifier: License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)\n",
            "MPL-2.0"),
        ManifestCase(
            "PKG-INFO",
            "Metadata-Version: 1.1\nName: a\nLicense: Dual License\nClassifier: License :: OSI Approved :: BSD License\nClassifier: License :: OSI Approved :: Apache Software License\n",
            "BSD-3-Clause OR Apache-2.0"),
        ManifestCase("PKG-INFO", "Metadata-Version: 1.1\nName: a\nLicense: UNKNOWN\n", nil),
        ManifestCase(
            "METADATA", "Metadata-Version: 2.1\nName: a\nClassifier: License :: OSI Approved\n", nil),
    ]

    static let java: [ManifestCase] = [
        ManifestCase(
            "pom.xml",
            "<?xml version=\"1.0\"?><project xmlns=\"http://maven.apache.org/POM/4.0.0\"><groupId>g</groupId><artifactId>a</artifactId><licenses><license><name>Apache License, Version 2.0</name><url>https://www.apache.org/licenses/LICENSE-2.0.txt</url></license></licenses></project>",
            "Apache-2.0"),
        ManifestCase(
            "pom.xml",
            "<project><licenses>\n<license><name>EPL-2.0</name></license>\n<license><name>GPL-2.0-only WITH Classpath-exception-2.0</name></license></licenses></project>",
            "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0"),
        ManifestCase(
            "pom.xml",
            "<project><licenses><license><name>BSD</name><url>https://opensource.org/licenses/BSD-2-Clause</url></license></licenses></project>",
            "BSD-2-Clause"),
        ManifestCase(
            "x-1.pom",
            "<project><licenses><license><url>http://www.gnu.org/licenses/lgpl-2.1.html</url></license></licenses></project>",
            "LGPL-2.1-only"),
        ManifestCase(
            "pom.xml",
            "<project><parent><groupId>g</groupId></parent><!-- <licenses><license><name>MIT</name></license></licenses> --></project>",
            nil),
        ManifestCase("pom.xml", "<project><licenses><license><name>The MIT License (MIT)</name>", "MIT"),
        ManifestCase(
            "a.nuspec",
            "<package><metadata><id>A</id><license type=\"expression\">MIT OR GPL-2.0-or-later</license><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl></metadata></package>",
            "MIT OR GPL-2.0-or-later"),
        ManifestCase(
            "a.nuspec",
            "<package><metadata><id>A</id><license type=\"file\">LICENSE.txt</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl></metadata></package>",
            nil),
        ManifestCase(
            "a.nuspec",
            "<package><metadata><id>A</id><licenseUrl>https://licenses.nuget.org/Apache-2.0</licenseUrl></metadata></package>",
            "Apache-2.0"),
        ManifestCase(
            "a.nuspec",
            "<package><metadata><id>A</id><licenseUrl>http://www.apache.org/licenses/LICENSE-2.0.html</licenseUrl></metadata></package>",
            "Apache-2.0"),
        ManifestCase(
            "a.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><PackageLicenseExpression>MIT</PackageLicenseExpression></PropertyGroup></Project>",
            "MIT"),
        ManifestCase(
            "package.xml",
            "<package format=\"3\"><name>n</name><license>BSD</license><license>Apache-2.0</license></package>",
            "BSD-3-Clause AND Apache-2.0"),
        ManifestCase(
            "org.x.metainfo.xml",
            "<component><id>x</id><metadata_license>CC0-1.0</metadata_license><project_license>GPL-3.0+</project_license></component>",
            "GPL-3.0-or-later"),
    ]

    static let distributions: [ManifestCase] = [
        ManifestCase(
            "debian/copyright",
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: a\n\nFiles: *\nCopyright: 2020 Ada\nLicense: GPL-2+\n\nFiles: debian/* m4/x\nCopyright: 2021 Bob\n 2022 Cy\nLicense: Expat\n\nLicense: GPL-2+\n This is free\n .\n software\n",
            "GPL-2.0-or-later AND MIT"),
        ManifestCase(
            "debian/copyright",
            "Format: x\n\nFiles: *\nCopyright: A\nLicense: GPL-2+ with OpenSSL exception\n",
            "GPL-2.0-or-later WITH AdditionRef-openssl-exception"),
        ManifestCase(
            "debian/copyright", "Format: x\n\nFiles: *\nCopyright: A\nLicense: Artistic or GPL-1+\n",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ManifestCase(
            "debian/copyright",
            "Format: x\n\nFiles: *\nCopyright: A\nLicense: GPL-2+ or Artistic-2.0, and BSD-3-clause\n",
            "(GPL-2.0-or-later OR Artistic-2.0) AND BSD-3-Clause"),
        ManifestCase(
            "debian/copyright", "Format: x\n\nFiles: *\nCopyright: A\nLicense: GFDL-NIV-1.3+\n",
            "GFDL-1.3-no-invariants-or-later"),
        ManifestCase(
            "debian/copyright", "Format: x\n\nFiles: *\nCopyright: A\nLicense: public-domain\n None.\n",
            "LicenseRef-public-domain"),
        ManifestCase(
            "debian/copyright",
            "Format: x\n\nFiles: *\nCopyright: A\nLicense: GPL-3+ with Autoconf exception\n",
            "GPL-3.0-or-later WITH Autoconf-exception-generic-3.0"),
        ManifestCase(
            "debian/copyright", "Format: x\n\nFiles: *\nCopyright: A\nLicense: GPL-2+ and Brook-terms\n",
            "GPL-2.0-or-later AND LicenseRef-Brook-terms"),
        ManifestCase(
            "a.spec",
            "Name: a\nVersion: 1\nLicense: GPLv2+ and (MIT or BSD)\n%description\nx\n%changelog\nLicense: no\n",
            "GPL-2.0-or-later AND (MIT OR BSD-3-Clause)"),
        ManifestCase("a.spec", "Name:\ta\nLicense:\tASL 2.0\n", "Apache-2.0"),
        ManifestCase(
            "a.spec", "Name: a\nLicense: GPL+ or Artistic\n", "GPL-1.0-or-later OR Artistic-1.0-Perl"),
        ManifestCase("a.spec", "Name: a\nLicense: LGPLv2+ with exceptions\n", "LGPL-2.0-or-later"),
        ManifestCase("a.spec", "Name: a\nLicense: GPL-2.0-or-later AND MIT\n", "GPL-2.0-or-later AND MIT"),
        ManifestCase(
            "DESCRIPTION", "Package: a\nVersion: 1\nLicense: GPL (>= 2) | file LICENSE\n", "GPL-2.0-or-later"),
        ManifestCase("DESCRIPTION", "Package: a\nVersion: 1\nLicense: MIT + file LICENSE\n", "MIT"),
        ManifestCase(
            "DESCRIPTION", "Package: a\nVersion: 1\nLicense: GPL-2 | GPL-3\n", "GPL-2.0-only OR GPL-3.0-only"),
        ManifestCase("DESCRIPTION", "Package: a\nVersion: 1\nLicense: Apache License (>= 2)\n", "Apache-2.0"),
        ManifestCase(
            "DESCRIPTION", "Package: a\nVersion: 1\nLicense: BSD_3_clause + file LICENSE\n", "BSD-3-Clause"),
        ManifestCase("DESCRIPTION", "Package: a\nVersion: 1\nLicense: LGPL (>= 2.1)\n", "LGPL-2.1-or-later"),
        ManifestCase("DESCRIPTION", "Package: a\nVersion: 1\nLicense: CC BY 4.0\n", "CC-BY-4.0"),
        ManifestCase("DESCRIPTION", "Package: a\nVersion: 1\nLicense: file LICENSE\n", nil),
        ManifestCase(
            "a.cabal", "cabal-version: 1.10\nname: a\nlicense: BSD3\nlicense-file: LICENSE\n", "BSD-3-Clause"),
        ManifestCase("a.cabal", "name: a\nlicense: GPL-3\n", "GPL-3.0-only"),
        ManifestCase(
            "a.cabal", "cabal-version: 2.2\nname: a\nlicense: Apache-2.0 OR MIT\n", "Apache-2.0 OR MIT"),
        ManifestCase("a.cabal", "name: a\nlicense: AllRightsReserved\n", "LicenseRef-Proprietary"),
        ManifestCase("package.yaml", "name: a\nlicense: BSD3\ndependencies:\n- base\n", "BSD-3-Clause"),
    ]

    @Test("a manifest is read as its ecosystem reads it", arguments: cargo + python + java + distributions)
    func reads(_ row: ManifestCase) { row.check() }

    @Test("stanzas of debian/copyright become declarations for paths")
    func declarations() throws {
        let found = try #require(Self.distributions[0].metadata.first)
        #expect(found.declarations.map(\.patterns) == [["*"], ["debian/*", "m4/x"]])
        #expect(found.declarations.map { $0.expression?.description } == ["GPL-2.0-or-later", "MIT"])
        #expect(found.declarations.map(\.levelsUp) == [1, 1])
        #expect(found.declarations[1].copyrights == ["2021 Bob", "2022 Cy"])
        #expect(found.packageFacts?.declares?.description == "GPL-2.0-or-later")
        #expect(found.copyrights.first?.years == "2020" && found.copyrights.first?.holder == "Ada")
    }

    @Test("terms that stand elsewhere are pointed to")
    func elsewhere() throws {
        let cargo = try #require(Self.cargo[3].metadata.first?.packageFacts)
        #expect(cargo.inheritsTerms)
        #expect(Self.cargo[2].metadata.first?.packageFacts?.licenseFiles == ["LICENSE"])
        #expect(Self.java[4].metadata.first?.packageFacts?.inheritsTerms == true)
        #expect(Self.python[2].metadata.first?.packageFacts?.licenseFiles == ["LICENSE"])
    }
}
