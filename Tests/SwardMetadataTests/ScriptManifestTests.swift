// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Manifests that are scripts or recipes") struct ScriptManifestTests {
    static let languages: [ManifestCase] = [
        ManifestCase(
            "a.gemspec", "Gem::Specification.new do |s|\n  s.name = 'a'\n  s.license = 'MIT'  # yes\nend\n",
            "MIT"),
        ManifestCase(
            "a.gemspec",
            "Gem::Specification.new do |spec|\n  spec.licenses = [\"Ruby\", \"BSD-2-Clause\"]\nend\n",
            "Ruby OR BSD-2-Clause"),
        ManifestCase(
            "a.gemspec", "Gem::Specification.new do |spec|\n  spec.licenses    = %w[MIT Apache-2.0]\nend\n",
            "MIT OR Apache-2.0"),
        ManifestCase(
            "a.gemspec",
            "Gem::Specification.new { |s| s.name = %q{a}.freeze; s.licenses = [\"GPL-3.0+\".freeze]; s.summary = 'x' }\n",
            "GPL-3.0-or-later"),
        ManifestCase(
            "a.gemspec",
            "Gem::Specification.new do |s|\n  s.files = ['LICENSE']\n  s.extra_rdoc_files = %w(LICENSE)\nend\n",
            nil),
        ManifestCase(
            "A.podspec",
            "Pod::Spec.new do |s|\n s.name = 'A'\n s.license = { :type => 'MIT', :file => 'LICENSE' }\nend",
            "MIT"),
        ManifestCase("A.podspec", "Pod::Spec.new do |s|\n s.license = 'Apache 2.0'\nend", "Apache-2.0"),
        ManifestCase(
            "A.podspec", "Pod::Spec.new do |s|\n s.license = { type: \"BSD\", file: \"LICENSE\" }\nend",
            "BSD-3-Clause"),
        ManifestCase(
            "mix.exs",
            "defmodule A do\n  defp package do\n    [\n      licenses: [\"Apache-2.0\", \"MIT\"],\n      links: %{\"GitHub\" => \"x\"}\n    ]\n  end\nend\n",
            "Apache-2.0 AND MIT"),
        ManifestCase(
            "mix.exs", "  defp package, do: [maintainers: [\"A\"], licenses: [\"Apache 2.0\"]]\n",
            "Apache-2.0"),
        ManifestCase(
            "src/a.app.src",
            "{application, a,\n [{description, \"x\"},\n  {vsn, \"1\"},\n  {licenses, [\"Apache-2.0\"]},\n  {links, [{\"x\", \"y\"}]}]}.\n",
            "Apache-2.0"),
        ManifestCase(
            "a-1.rockspec",
            "package = \"a\"\nversion = \"1-1\"\ndescription = {\n  summary = \"x\",\n  license = \"MIT/X11\"\n}\n",
            "MIT"),
        ManifestCase(
            "a.nimble",
            "# Package\nversion       = \"0.1.0\"\nlicense       = \"MIT\"\nrequires \"nim >= 1\"\n", "MIT"),
        ManifestCase(
            "dub.sdl", "name \"a\"\nlicense \"BSL-1.0\"\ndependency \"x\" version=\"1\"\n", "BSL-1.0"),
        ManifestCase(
            "info.rkt", "#lang info\n(define collection \"a\")\n(define license '(Apache-2.0 OR MIT))\n",
            "Apache-2.0 OR MIT"),
        ManifestCase(
            "build.sbt",
            "name := \"a\"\nlicenses += (\"Apache-2.0\", url(\"https://www.apache.org/licenses/LICENSE-2.0\"))\n",
            "Apache-2.0"),
        ManifestCase(
            "build.sbt",
            "ThisBuild / licenses := Seq(\"MIT\" -> url(\"http://opensource.org/licenses/MIT\"))\n", "MIT"),
        ManifestCase(
            "project.clj",
            "(defproject a \"1\"\n  :license {:name \"EPL-2.0 OR GPL-2.0-or-later WITH Classpath-exception-2.0\"\n            :url \"https://www.eclipse.org/legal/epl-2.0/\"}\n  :x 1)",
            "EPL-2.0 OR GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ManifestCase(
            "build.gradle",
            "publishing { publications { m(MavenPublication) { pom {\n licenses {\n  license {\n   name = 'The Apache License, Version 2.0'\n   url = 'http://www.apache.org/licenses/LICENSE-2.0.txt'\n  }\n }\n}}}}",
            "Apache-2.0"),
        ManifestCase(
            "build.gradle.kts",
            "pom { licenses { license { name.set(\"MIT\"); url.set(\"https://opensource.org/licenses/MIT\") } } }",
            "MIT"),
        ManifestCase(
            "build.gradle",
            "plugins { id 'com.github.hierynomus.license' version '0.16' }\nlicense { header = file('x') }\n",
            nil),
        ManifestCase(
            "a.opam",
            "opam-version: \"2.0\"\nlicense: \"LGPL-2.1-or-later WITH OCaml-LGPL-linking-exception\"\nauthors: \"x\"\n",
            "LGPL-2.1-or-later WITH OCaml-LGPL-linking-exception"),
        ManifestCase("opam", "opam-version: \"2.0\"\nlicense: [\"MIT\" \"ISC\"]\n", "MIT AND ISC"),
        ManifestCase(
            "META.json", #"{"name":"A","meta-spec":{"version":2},"license":["perl_5"]}"#,
            "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ManifestCase(
            "META.yml", "---\nname: A\nlicense: perl\nmeta-spec:\n  version: 1.4\n",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ManifestCase(
            "META.json", #"{"name":"A","meta-spec":{"version":2},"license":["apache_2_0"]}"#, "Apache-2.0"),
        ManifestCase(
            "Makefile.PL",
            "use ExtUtils::MakeMaker;\nWriteMakefile(\n  NAME => 'A',\n  LICENSE => 'artistic_2',\n);\n",
            "Artistic-2.0"),
        ManifestCase(
            "Build.PL", "my $b = Module::Build->new(module_name => 'A', license => 'perl');",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ManifestCase(
            "dist.ini",
            "name = A\nauthor = B\nlicense = Perl_5\ncopyright_holder = C\n[Prereqs]\nlicense = no\n",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ManifestCase(
            "meson.build", "project('a', 'c', version: '1', license: 'LGPL-2.1-or-later')\n",
            "LGPL-2.1-or-later"),
        ManifestCase(
            "conanfile.py", "class A(ConanFile):\n    name = \"a\"\n    license = \"BSL-1.0\"\n", "BSL-1.0"),
        ManifestCase("metadata.rb", "name 'a'\nlicense 'Apache-2.0'\nversion '1'\n", "Apache-2.0"),
        ManifestCase("metadata.rb", "name 'a'\nlicense 'All rights reserved'\n", "LicenseRef-Proprietary"),
        ManifestCase("library.properties", "name=A\nversion=1\nlicense=LGPL-2.1\n", "LGPL-2.1-only"),
    ]

    static let distributions: [ManifestCase] = [
        ManifestCase(
            "default.nix",
            "{ lib, stdenv }:\nstdenv.mkDerivation {\n  pname = \"a\";\n  meta = with lib; {\n    license = licenses.gpl3Plus;\n  };\n}\n",
            "GPL-3.0-or-later"),
        ManifestCase(
            "a.nix", "{ meta = { license = with lib.licenses; [ mit asl20 ]; }; }", "MIT AND Apache-2.0"),
        ManifestCase("a.nix", "{ meta.license = lib.licenses.unfree; }", "LicenseRef-Proprietary"),
        ManifestCase(
            "a.nix", "{ meta = { license = [ lib.licenses.bsd3 lib.licenses.cc-by-40 ]; }; }",
            "BSD-3-Clause AND CC-BY-4.0"),
        ManifestCase(
            "a.scm",
            "(define-module (x)\n #:use-module ((guix licenses) #:prefix license:))\n(define-public a (package (name \"a\")\n (license license:gpl3+)))",
            "GPL-3.0-or-later"),
        ManifestCase(
            "a.scm", "(use-modules (guix licenses))\n(package (license (list license:expat license:bsd-3)))",
            "MIT AND BSD-3-Clause"),
        ManifestCase(
            "a.rb", "class A < Formula\n  desc \"x\"\n  license \"MIT\"\n  head \"y\"\nend\n", "MIT"),
        ManifestCase(
            "a.rb", "class A < Formula\n  license any_of: [\"MIT\", \"Apache-2.0\"]\n  url \"y\"\nend\n",
            "MIT OR Apache-2.0"),
        ManifestCase(
            "a.rb",
            "class A < Formula\n  license all_of: [\n    \"BSD-2-Clause\",\n    { any_of: [\"MIT\", :public_domain] },\n  ]\nend\n",
            "BSD-2-Clause AND (MIT OR LicenseRef-public-domain)"),
        ManifestCase(
            "a.rb",
            "class A < Formula\n  license \"GPL-2.0-or-later\" => { with: \"Classpath-exception-2.0\" }\n  url \"y\"\nend\n",
            "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ManifestCase("a.rb", "class A\n  license \"MIT\"\nend\n", nil),
        ManifestCase(
            "PKGBUILD", "pkgname=a\npkgver=1\nlicense=('GPL3' 'custom:MIT')\nbuild() {\n}\n",
            "GPL-3.0-or-later AND MIT"),
        ManifestCase("PKGBUILD", "pkgname=a\nlicense=(\"Apache-2.0 OR MIT\")\n", "Apache-2.0 OR MIT"),
        ManifestCase("PKGBUILD", "pkgname=a\nlicense=('GPL')\n", "GPL-2.0-or-later"),
        ManifestCase(
            ".SRCINFO", "pkgbase = a\n\tlicense = LGPL\n\tlicense = MPL2\n\npkgname = a\n",
            "LGPL-2.0-or-later AND MPL-2.0"),
        ManifestCase(
            "APKBUILD", "pkgname=a\nlicense=\"GPL-2.0-or-later AND MIT\"\n", "GPL-2.0-or-later AND MIT"),
        ManifestCase("APKBUILD", "pkgname=a\nlicense=\"MIT BSD-2-Clause\"\n", "MIT AND BSD-2-Clause"),
        ManifestCase(
            "a-1.2.ebuild", "EAPI=8\nLICENSE=\"|| ( GPL-2 MIT ) BSD\"\nSLOT=0\n",
            "(GPL-2.0-only OR MIT) AND BSD-3-Clause"),
        ManifestCase(
            "a-1.2.ebuild", "LICENSE=\"GPL-2+ doc? ( FDL-1.3+ )\"\n", "GPL-2.0-or-later AND GFDL-1.3-or-later"
        ),
        ManifestCase(
            "a_1.bb",
            "SUMMARY = \"a\"\nLICENSE = \"GPL-2.0-only & MIT\"\nLIC_FILES_CHKSUM = \"file://COPYING;md5=1\"\n",
            "GPL-2.0-only AND MIT"),
        ManifestCase("a_1.bb", "LICENSE = \"GPLv2+ | BSD\"\n", "GPL-2.0-or-later OR BSD-3-Clause"),
        ManifestCase(
            "Makefile", "PORTNAME=\ta\nLICENSE=\tGPLv2+ BSD2CLAUSE\nLICENSE_COMB=\tdual\n",
            "GPL-2.0-or-later OR BSD-2-Clause"),
        ManifestCase("Makefile", "DISTNAME=\ta\nLICENSE=\tgnu-gpl-v2\n", "GPL-2.0-only"),
        ManifestCase(
            "Makefile", "include $(TOPDIR)/rules.mk\nPKG_NAME:=a\nPKG_LICENSE:=LGPL-2.1-or-later\n",
            "LGPL-2.1-or-later"),
        ManifestCase("Makefile", "DISTNAME =\ta\n# GPLv2+\nPERMIT_PACKAGE =\tYes\n", "GPL-2.0-or-later"),
        ManifestCase("Makefile", "all:\n\tcc license.c\n", nil),
        ManifestCase(
            "a.mk",
            "A_VERSION = 1\nA_LICENSE = GPL-2.0+ (programs), LGPL-2.1+ (libraries)\nA_LICENSE_FILES = COPYING\n",
            "GPL-2.0-or-later AND LGPL-2.1-or-later"),
    ]

    static let yaml: [ManifestCase] = [
        ManifestCase(
            "recipe/meta.yaml",
            "{% set name = \"a\" %}\npackage:\n  name: {{ name|lower }}\n  version: {{ version }}\n\nabout:\n  home: x\n  license: BSD-3-Clause\n  license_file: LICENSE.txt\n",
            "BSD-3-Clause"),
        ManifestCase(
            "meta.yaml", "package: {name: a}\nabout:\n  license: 'Apache 2.0'\n  license_family: Apache\n",
            "Apache-2.0"),
        ManifestCase("shard.yml", "name: a\nversion: 1\nlicense: MIT\n", "MIT"),
        ManifestCase(
            "snap/snapcraft.yaml", "name: a\nlicense: GPL-3.0\nparts:\n  b:\n    license: no\n",
            "GPL-3.0-only"),
        ManifestCase(
            "galaxy.yml", "namespace: a\nlicense:\n- GPL-2.0-or-later\n- MIT\n", "GPL-2.0-or-later AND MIT"),
        ManifestCase(
            "meta/main.yml", "galaxy_info:\n  author: a\n  license: MIT\n  platforms:\n    - name: X\n", "MIT"
        ),
        ManifestCase("meta/main.yml", "galaxy_info:\n  license: license (GPL-2.0-or-later, MIT, etc)\n", nil),
        ManifestCase(
            "Chart.yaml", "apiVersion: v2\nname: a\nannotations:\n  artifacthub.io/license: Apache-2.0\n",
            "Apache-2.0"),
        ManifestCase("publiccode.yml", "name: a\nlegal:\n  license: EUPL-1.2\n", "EUPL-1.2"),
    ]

    @Test(
        "a script's literal fields are read as its ecosystem reads them",
        arguments: languages + distributions + yaml)
    func reads(_ row: ManifestCase) { row.check() }
}
