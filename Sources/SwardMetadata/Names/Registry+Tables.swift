// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// The vocabularies of registries. A leading `~` marks a word that the registry leaves open and the reading its
/// users give it; all others are defined there. Several names may share a line: `a, b = X`.
extension Registry {
    static func table(_ text: String) -> [String: String] {
        var result: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let sides = line.parts(separatedBy: " = ")
            guard sides.count == 2 else { continue }
            for name in sides[0].parts(separatedBy: ", ") { result[name.trimmed] = sides[1].trimmed }
        }
        return result
    }

    /// Families named without a version or variant: any version, as the GNU licenses say of themselves; the BSD text
    /// with three clauses, which is the one that people mean.
    static let families = table(
        """
        gpl, gnu gpl, gnu public license, gnu general public license, gnu general public license (gpl) = ~GPL-1.0-or-later
        lgpl, gnu lgpl, gnu lesser general public license, gnu library or lesser general public license (lgpl) = ~LGPL-2.0-or-later
        agpl, gnu agpl, gnu affero general public license = ~AGPL-3.0-or-later
        bsd, bsd license, bsd-style, bsd style, bsd-like, new bsd, modified bsd = ~BSD-3-Clause
        apache, apache license, apache software license, asl = ~Apache-2.0
        mpl, mozilla public license = ~MPL-2.0
        artistic, artistic license = ~Artistic-1.0-Perl
        psf, python, python software foundation, python software foundation license = ~PSF-2.0
        zpl, zope public license = ~ZPL-2.1
        epl, eclipse public license = ~EPL-1.0
        cddl = ~CDDL-1.0
        eupl = ~EUPL-1.2
        afl, academic free license = ~AFL-3.0
        perl, perl_5, perl5, same as perl = Artistic-1.0-Perl OR GPL-1.0-or-later
        """)

    static let npm = Registry(
        names: [
            "unlicensed": "proprietary", "see license": "~LicenseRef-see-license",
            "public domain": "public-domain",
        ].merging(families) { a, _ in a })

    /// Cargo took `/` for `OR` before it took SPDX.
    static let cargo = Registry(
        names: families,
        separators: [(["/", " or ", ";", ","], .choice), ([" and ", " & "], .together)])

    static let python = Registry(names: families)

    /// Source: pypi.org/classifiers, the last part of each.
    static let trove = Registry(
        names: table(
            """
            academic free license (afl) = AFL-3.0
            apache software license = ~Apache-2.0
            apple public source license = APSL-2.0
            artistic license = ~Artistic-2.0
            attribution assurance license = AAL
            bsd license = ~BSD-3-Clause
            blue oak model license (blueoak-1.0.0) = BlueOak-1.0.0
            boost software license 1.0 (bsl-1.0) = BSL-1.0
            cea cnrs inria logiciel libre license, version 2.1 (cecill-2.1) = CECILL-2.1
            cecill-b free software license agreement (cecill-b) = CECILL-B
            cecill-c free software license agreement (cecill-c) = CECILL-C
            common development and distribution license 1.0 (cddl-1.0) = CDDL-1.0
            common public license = CPL-1.0
            eclipse public license 1.0 (epl-1.0) = EPL-1.0
            eclipse public license 2.0 (epl-2.0) = EPL-2.0
            educational community license, version 2.0 (ecl-2.0) = ECL-2.0
            eiffel forum license = EFL-2.0
            european union public licence 1.0 (eupl 1.0) = EUPL-1.0
            european union public licence 1.1 (eupl 1.1) = EUPL-1.1
            european union public licence 1.2 (eupl 1.2) = EUPL-1.2
            gnu affero general public license v3 = AGPL-3.0-only
            gnu affero general public license v3 or later (agplv3+) = AGPL-3.0-or-later
            gnu free documentation license (fdl) = ~GFDL-1.3-or-later
            gnu general public license (gpl) = ~GPL-1.0-or-later
            gnu general public license v2 (gplv2) = GPL-2.0-only
            gnu general public license v2 or later (gplv2+) = GPL-2.0-or-later
            gnu general public license v3 (gplv3) = GPL-3.0-only
            gnu general public license v3 or later (gplv3+) = GPL-3.0-or-later
            gnu lesser general public license v2 (lgplv2) = LGPL-2.0-only
            gnu lesser general public license v2 or later (lgplv2+) = LGPL-2.0-or-later
            gnu lesser general public license v3 (lgplv3) = LGPL-3.0-only
            gnu lesser general public license v3 or later (lgplv3+) = LGPL-3.0-or-later
            gnu library or lesser general public license (lgpl) = ~LGPL-2.0-or-later
            historical permission notice and disclaimer (hpnd) = HPND
            ibm public license = IPL-1.0
            isc license (iscl) = ISC
            intel open source license = Intel
            jabber open source license = LicenseRef-Jabber
            mit license = MIT
            mit no attribution license (mit-0) = MIT-0
            mitre collaborative virtual workspace license (cvw) = LicenseRef-CVW
            motosoto license = Motosoto
            mozilla public license 1.0 (mpl) = MPL-1.0
            mozilla public license 1.1 (mpl 1.1) = MPL-1.1
            mozilla public license 2.0 (mpl 2.0) = MPL-2.0
            mulan permissive software license v2 (mulanpsl-2.0) = MulanPSL-2.0
            netscape public license (npl) = NPL-1.1
            nethack general public license = NGPL
            nokia open source license = Nokia
            open group test suite license = OGTSL
            open software license 3.0 (osl-3.0) = OSL-3.0
            postgresql license = PostgreSQL
            python license (cnri python license) = CNRI-Python
            python software foundation license = PSF-2.0
            qt public license (qpl) = QPL-1.0
            ricoh source code public license = RSCPL
            sil open font license 1.1 (ofl-1.1) = OFL-1.1
            sleepycat license = Sleepycat
            sun industry standards source license (sissl) = SISSL
            sun public license = SPL-1.0
            the unlicense (unlicense) = Unlicense
            universal permissive license (upl) = UPL-1.0
            university of illinois/ncsa open source license = NCSA
            vovida software license 1.0 = VSL-1.0
            w3c license = W3C
            x.net license = Xnet
            zero-clause bsd (0bsd) = 0BSD
            zope public license = ~ZPL-2.1
            zlib/libpng license = Zlib
            cc0 1.0 universal (cc0 1.0) public domain dedication = CC0-1.0
            creative commons attribution 4.0 international (cc by 4.0) = CC-BY-4.0
            public domain = public-domain
            other/proprietary license = proprietary
            aladdin free public license (afpl) = Aladdin
            repoze public license = BSD-3-Clause-Modification
            nethack general public license = NGPL
            free for educational use = LicenseRef-Free-For-Educational-Use
            free for home use = LicenseRef-Free-For-Home-Use
            free for non-commercial use = LicenseRef-Free-for-non-commercial-use
            free to use but restricted = LicenseRef-Free-To-Use-But-Restricted
            freely distributable = LicenseRef-Freely-Distributable
            free to use = LicenseRef-Free-To-Use
            freeware = LicenseRef-Freeware
            eiffel forum license (efl) = EFL-2.0
            gust font license 1.0 = LicenseRef-GUST-Font-License-1.0
            netscape public license (npl) = NPL-1.1
            """))

    /// Source: CPAN::Meta::Spec 2, "license", and the words of version 1.4.
    static let cpan = Registry(
        names: table(
            """
            agpl_3 = AGPL-3.0-only
            apache_1_1 = Apache-1.1
            apache_2_0, apache = Apache-2.0
            artistic_1 = Artistic-1.0
            artistic = ~Artistic-1.0
            artistic_2, artistic2 = Artistic-2.0
            bsd = BSD-3-Clause
            freebsd = BSD-2-Clause
            gfdl_1_2 = GFDL-1.2-only
            gfdl_1_3 = GFDL-1.3-only
            gpl_1 = GPL-1.0-only
            gpl_2, gpl2 = GPL-2.0-only
            gpl_3, gpl3 = GPL-3.0-only
            gpl = ~GPL-1.0-or-later
            lgpl_2_1 = LGPL-2.1-only
            lgpl_3_0, lgpl3 = LGPL-3.0-only
            lgpl = ~LGPL-2.0-or-later
            lgpl2 = LGPL-2.1-only
            mit = MIT
            mozilla_1_0 = MPL-1.0
            mozilla_1_1 = MPL-1.1
            mozilla_2_0 = MPL-2.0
            mozilla = ~MPL-1.1
            none = LicenseRef-none
            openssl = OpenSSL
            perl_5, perl, perl5 = Artistic-1.0-Perl OR GPL-1.0-or-later
            qpl_1_0 = QPL-1.0
            ssleay = SSLeay-standalone
            sun = SISSL
            unlicense = Unlicense
            cc0_1_0 = CC0-1.0
            isc = ISC
            zlib = Zlib
            restrictive, restricted = LicenseRef-restricted
            open_source = LicenseRef-open-source
            unrestricted = LicenseRef-unrestricted
            """))

    /// Dist::Zilla and Software::License name classes.
    static let perlClasses = Registry(
        names: table(
            """
            perl_5 = Artistic-1.0-Perl OR GPL-1.0-or-later
            agpl_3 = AGPL-3.0-only
            apache_1_1 = Apache-1.1
            apache_2_0 = Apache-2.0
            artistic_1_0 = Artistic-1.0
            artistic_2_0 = Artistic-2.0
            bsd = BSD-3-Clause
            cc0_1_0 = CC0-1.0
            cc_by_4_0 = CC-BY-4.0
            cc_by_sa_4_0 = CC-BY-SA-4.0
            eupl_1_1 = EUPL-1.1
            eupl_1_2 = EUPL-1.2
            freebsd = BSD-2-Clause
            gfdl_1_2 = GFDL-1.2-only
            gfdl_1_3 = GFDL-1.3-only
            gpl_1 = GPL-1.0-only
            gpl_2 = GPL-2.0-only
            gpl_3 = GPL-3.0-only
            isc = ISC
            lgpl_2, lgpl_2_0 = LGPL-2.0-only
            lgpl_2_1 = LGPL-2.1-only
            lgpl_3_0 = LGPL-3.0-only
            mit = MIT
            mozilla_1_0 = MPL-1.0
            mozilla_1_1 = MPL-1.1
            mozilla_2_0 = MPL-2.0
            none = proprietary
            postgresql = PostgreSQL
            publicdomain = public-domain
            qpl_1_0 = QPL-1.0
            ssleay = SSLeay-standalone
            sun = SISSL
            zlib = Zlib
            wtfpl_2 = WTFPL
            gpl_1:orlater = GPL-1.0-or-later
            """))

    static let haxelib = Registry(
        names: table(
            """
            gpl = ~GPL-1.0-or-later
            lgpl = ~LGPL-2.0-or-later
            bsd = ~BSD-3-Clause
            public = public-domain
            mit = MIT
            apache = Apache-2.0
            """))

    /// D's early packages wrote `BSL-1.0` as `Boost` and `proprietary`. Source: dub.pm, "License specifications".
    static let dub = Registry(
        names: table(
            """
            boost, bsl 1.0, boost 1.0 = BSL-1.0
            public domain = public-domain
            proprietary = proprietary
            """
        ).merging(families) { a, _ in a })

    /// Source: Distribution.License of Cabal, and its map to SPDX.
    static let cabal = Registry(
        names: table(
            """
            bsd2 = BSD-2-Clause
            bsd3 = BSD-3-Clause
            bsd4 = BSD-4-Clause
            mit = MIT
            isc = ISC
            gpl = ~GPL-1.0-or-later
            gpl-2, gpl-2.0 = GPL-2.0-only
            gpl-3, gpl-3.0 = GPL-3.0-only
            lgpl = ~LGPL-2.0-or-later
            lgpl-2, lgpl-2.0 = LGPL-2.0-only
            lgpl-2.1 = LGPL-2.1-only
            lgpl-3, lgpl-3.0 = LGPL-3.0-only
            agpl = ~AGPL-3.0-or-later
            agpl-3, agpl-3.0 = AGPL-3.0-only
            apache = ~Apache-2.0
            apache-2.0 = Apache-2.0
            mpl-2.0 = MPL-2.0
            publicdomain = public-domain
            allrightsreserved = proprietary
            otherlicense = LicenseRef-OtherLicense
            """))
}
