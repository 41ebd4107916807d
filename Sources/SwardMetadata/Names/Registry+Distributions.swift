// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Vocabularies of operating system distributions.
extension Registry {
    /// Reads the GNU short names that all of them share, and `X with Y exception`.
    @Sendable static func gnu(_ key: String, _ words: String) -> Terms? {
        if let expression = GNUNames.expression(key) { return .listed(expression, score: Terms.defined) }
        return nil
    }

    /// `X with Y exception`, where `names` know X.
    private static func exception(_ key: String, _ names: Registry) -> Terms? {
        for mark in [" with ", "-with-"] {
            let sides = key.parts(separatedBy: mark)
            guard sides.count == 2, key.contains("exception") else { continue }
            let rest = sides[1].trimmed
            guard
                let base = names.meaning(of: sides[0].trimmed, sides[0].trimmed)
                    ?? Terms.known(sides[0], .plain),
                case .term(let term) = base.expression.root, term.exception == nil
            else { continue }
            // Old Fedora names said no more than that there are exceptions: they only add freedom.
            if rest == "exceptions" || rest == "exception" {
                return Terms(expression: base.expression, score: Terms.usual)
            }
            let exception = GNUNames.exception(rest, beside: term.description)
            return .listed("\(term) WITH \(exception)", score: Terms.told)
        }
        return nil
    }

    private static func joined(_ a: [String: String], _ b: [String: String]) -> [String: String] {
        a.merging(b) { first, _ in first }
    }

    private static func withExceptions(_ names: [String: String]) -> @Sendable (String, String) -> Terms? {
        let base = Registry(names: names, rule: gnu)
        return { key, words in gnu(key, words) ?? exception(key, base) }
    }

    /// Names that the distributions share.
    private static let common = table(
        """
        expat, mit, mit/x11, mit/expat, mit (expat), mit-expat = MIT
        isc = ISC
        zlib, zlib/libpng, zlib-acknowledgement = Zlib
        bsd-2, bsd-2-clause, bsd2, bsd-2-clauses, bsd (2 clause), bsd-2clause, 2-clause bsd = BSD-2-Clause
        bsd-3, bsd-3-clause, bsd3, bsd-3-clauses, bsd (3 clause), bsd-3clause, 3-clause bsd = BSD-3-Clause
        bsd-4, bsd-4-clause, bsd4, bsd (4 clause) = BSD-4-Clause
        bsd = ~BSD-3-Clause
        apache-2, apache-2.0, apache 2.0, apache2.0, apache2 = Apache-2.0
        public-domain, public domain, pd, publicdomain = public-domain
        cc0, cc0-1.0, cc0 1.0 = CC0-1.0
        artistic-1, artistic-1.0 = Artistic-1.0
        artistic-2, artistic-2.0, artistic 2.0 = Artistic-2.0
        wtfpl, wtfpl-2 = WTFPL
        """)

    /// Source: copyright-format 1.0, "License specification".
    static let debian = Registry(
        names: joined(
            table(
                """
                artistic = ~Artistic-1.0-Perl
                perl = Artistic-1.0-Perl OR GPL-1.0-or-later
                gpl = GPL-1.0-or-later
                lgpl = LGPL-2.0-or-later
                gfdl = GFDL-1.1-or-later
                gfdl-niv = GFDL-1.1-no-invariants-or-later
                agpl = ~AGPL-3.0-or-later
                cc-by = ~CC-BY-1.0
                cpl, cpl-1.0, cpl-1 = CPL-1.0
                efl, efl-2 = EFL-2.0
                python = ~PSF-2.0
                qpl = ~QPL-1.0
                w3c-software, w3c = W3C
                zope, zpl = ~ZPL-2.1
                mpl-1.1, mpl 1.1 = MPL-1.1
                mpl-2.0, mpl-2, mpl 2.0 = MPL-2.0
                x11 = X11
                bsl-1, bsl-1.0, boost-1.0, boost = BSL-1.0
                ofl, ofl-1.1, sil-ofl-1.1, sil-1.1 = OFL-1.1
                psf-2, psf = ~PSF-2.0
                lppl = ~LPPL-1.3c
                ruby = Ruby
                openssl = OpenSSL
                fsf-unlimited, fsful = FSFUL
                fsfullr, permissive-fsf = FSFULLR
                gpl-1+ = GPL-1.0-or-later
                bsd-3-clause-uc, bsd-uc, regents = BSD-3-Clause
                curl = curl
                """), common),
        rule: withExceptions(common),
        separators: [
            ([", and "], .together), ([", or "], .choice), ([" or ", " | ", "|"], .choice),
            ([" and ", " & ", ","], .together), (["/"], .choice),
        ], splitsFirst: true)

    /// Fedora's names before it took SPDX in 2023.
    static let fedora = Registry(
        names: joined(
            table(
                """
                asl 1.0 = Apache-1.0
                asl 1.1 = Apache-1.1
                asl 2.0 = Apache-2.0
                afl = ~AFL-3.0
                aal = AAL
                artistic = ~Artistic-1.0-Perl
                artistic clarified = ClArtistic
                boost = BSL-1.0
                bsd with advertising = BSD-4-Clause
                cc-by = ~CC-BY-4.0
                cc-by-sa = ~CC-BY-SA-4.0
                cddl = ~CDDL-1.0
                cecill = ~CECILL-2.0
                copyright only = ~LicenseRef-Copyright-Only
                cpl = CPL-1.0
                dom4j = Plexus
                ecl 2.0 = ECL-2.0
                epl, epl-1.0 = ~EPL-1.0
                eu datagrid = EUDatagrid
                eupl 1.1 = EUPL-1.1
                ftl = FTL
                gfdl = ~GFDL-1.1-or-later
                gpl+, gpl = GPL-1.0-or-later
                hslr = LicenseRef-HSLR
                ibm = IPL-1.0
                imagemagick = ImageMagick
                ijg = IJG
                jasper = JasPer-2.0
                lgpl+, lgpl = LGPL-2.0-or-later
                libtiff = libtiff
                lppl = ~LPPL-1.3c
                mplv1.0 = MPL-1.0
                mplv1.1 = MPL-1.1
                mplv2.0 = MPL-2.0
                mit with advertising = ~MIT-advertising
                mir os, miros = MirOS
                ncsa = NCSA
                netcdf = NetCDF
                nosl = NOSL
                ofl = OFL-1.1
                openldap = OLDAP-2.8
                openssl = OpenSSL
                oreilly = LicenseRef-OReilly
                osl 2.1 = OSL-2.1
                osl 3.0 = OSL-3.0
                php = PHP-3.01
                postgresql = PostgreSQL
                psf, python = ~PSF-2.0
                qpl = ~QPL-1.0
                ruby = Ruby
                sendmail = Sendmail
                sissl = SISSL
                sleepycat = Sleepycat
                slib = SLIB
                tcl = TCL
                ucd = Unicode-DFS-2015
                unicode = ~Unicode-DFS-2016
                vim = Vim
                vsl = VSL-1.0
                w3c = W3C
                wtfpl = WTFPL
                wxwidgets, wxwindows = LGPL-2.0-or-later WITH WxWindows-exception-3.1
                xerox = Xerox
                xinetd = xinetd
                zend = Zend-2.0
                zplv1.0 = LicenseRef-ZPL-1.0
                zplv2.0 = ZPL-2.0
                zplv2.1, zpl = ZPL-2.1
                freely redistributable without restriction = LicenseRef-Freely-redistributable-without-restriction
                redistributable, no modification permitted = LicenseRef-Redistributable-no-modification-permitted
                """), common),
        rule: withExceptions(common),
        separators: [([" or "], .choice), ([" and ", ","], .together), (["/"], .choice)],
        splitsFirst: true)

    /// Source: wiki.archlinux.org, "PKGBUILD", license, before its turn to SPDX in 2024.
    static let arch: Registry = Registry(
        names: joined(
            table(
                """
                agpl, agpl3 = ~AGPL-3.0-or-later
                apache = Apache-2.0
                artistic2.0 = Artistic-2.0
                boost = BSL-1.0
                ccpl:by, cc-by = ~CC-BY-3.0
                ccpl:by-sa = ~CC-BY-SA-3.0
                cddl = CDDL-1.0
                cpl = CPL-1.0
                epl = ~EPL-1.0
                fdl, fdl1.2 = ~GFDL-1.2-or-later
                fdl1.3 = ~GFDL-1.3-or-later
                gpl = GPL-2.0-or-later
                gpl2 = GPL-2.0-only
                gpl3 = GPL-3.0-or-later
                lgpl = LGPL-2.0-or-later
                lgpl2 = LGPL-2.0-only
                lgpl2.1 = LGPL-2.1-only
                lgpl3 = LGPL-3.0-or-later
                lppl = ~LPPL-1.3c
                mpl = ~MPL-1.1
                mpl2 = MPL-2.0
                perlartistic = Artistic-1.0-Perl
                php = PHP-3.01
                psf, python = ~PSF-2.0
                ruby = Ruby
                unlicense = Unlicense
                w3c = W3C
                zpl = ~ZPL-2.1
                custom:public domain, custom:none = public-domain
                custom:proprietary, custom:commercial = proprietary
                """), common),
        rule: { key, words in
            // MSYS2 marks so what is an expression of SPDX.
            if let expression = words.dropping(prefix: "spdx:") { return Terms.spdx(expression.trimmed) }
            if let own = words.dropping(prefix: "custom:") {
                return Terms.read(own.trimmingEnds(of: " \"'"), .arch)
            }
            return withExceptions(common)(key, words)
        })

    /// Source: the files of `licenses/` and `profiles/license_groups` in Gentoo's tree.
    static let gentoo = Registry(
        names: joined(
            table(
                """
                apache-1.1 = Apache-1.1
                artistic = Artistic-1.0-Perl
                boost-1.0 = BSL-1.0
                bsd = BSD-3-Clause
                clarified artistic, clartistic = ClArtistic
                cpl-1.0 = CPL-1.0
                fdl-1.1 = GFDL-1.1-only
                lppl-1.3c = LPPL-1.3c
                lgpl-2 = LGPL-2.0-only
                openssl = OpenSSL
                ofl = OFL-1.1
                psf-2, psf-2.4, python = PSF-2.0
                ruby = Ruby
                ruby-bsd = Ruby OR BSD-2-Clause
                qwt = LGPL-2.1-only WITH AdditionRef-Qwt-exception
                toybsd, 0bsd = 0BSD
                unicode-dfs-2016 = Unicode-DFS-2016
                vim = Vim
                w3c = W3C
                wxwinll-3, wxwinll-3.1 = LGPL-2.0-or-later WITH WxWindows-exception-3.1
                zpl = ~ZPL-2.1
                public-domain = public-domain
                all-rights-reserved = proprietary
                gpl-2-with-classpath-exception = GPL-2.0-only WITH Classpath-exception-2.0
                gpl-2-with-linking-exception = GPL-2.0-only WITH AdditionRef-linking-exception
                gpl-2+-with-eupl-exception = GPL-2.0-or-later WITH AdditionRef-EUPL-exception
                """), common),
        rule: withExceptions(common))

    /// Source: `Mk/bsd.licenses.db.mk` of the FreeBSD ports, and pkgsrc's `licenses/`.
    static let ports = Registry(
        names: joined(
            table(
                """
                apache10 = Apache-1.0
                apache11 = Apache-1.1
                apache20, apache-2.0 = Apache-2.0
                art10 = Artistic-1.0
                artperl10 = Artistic-1.0-Perl
                art20 = Artistic-2.0
                bsd0clause = 0BSD
                bsd1clause = BSD-1-Clause
                bsd2clause, 2-clause-bsd = BSD-2-Clause
                bsd3clause, modified-bsd = BSD-3-Clause
                bsd4clause, original-bsd = BSD-4-Clause
                bsl, boost-license = BSL-1.0
                cddl = CDDL-1.0
                clartistic, clart = ClArtistic
                epl, epl10, epl-v1.0 = EPL-1.0
                epl20 = EPL-2.0
                eupl11 = EUPL-1.1
                eupl12 = EUPL-1.2
                gmgpl = GPL-2.0-or-later WITH GNAT-exception
                gplv3rle = GPL-3.0-only WITH GCC-exception-3.1
                gplv3rle+ = GPL-3.0-or-later WITH GCC-exception-3.1
                iscl, isc = ISC
                lgpl20 = LGPL-2.0-only
                lgpl20+ = LGPL-2.0-or-later
                lgpl21 = LGPL-2.1-only
                lgpl21+ = LGPL-2.1-or-later
                lgpl3 = LGPL-3.0-only
                lgpl3+ = LGPL-3.0-or-later
                lppl13c = LPPL-1.3c
                mpl10 = MPL-1.0
                mpl11 = MPL-1.1
                mpl20, mpl-2.0 = MPL-2.0
                ncsa = NCSA
                none = proprietary
                ofl10 = OFL-1.0
                ofl11, ofl-v1.1 = OFL-1.1
                openssl = OpenSSL
                owl = OWL-1.0
                pgsql, postgresql-license = PostgreSQL
                php202 = LicenseRef-PHP-2.02
                php30 = PHP-3.0
                php301 = PHP-3.01
                psfl, python-software-foundation = PSF-2.0
                ruby, ruby-license = Ruby
                unlicense = Unlicense
                wtfpl1 = LicenseRef-WTFPL-1.0
                zlib = Zlib
                zpl21 = ZPL-2.1
                gfdl = ~GFDL-1.1-or-later
                gnu-gpl-v1 = GPL-1.0-only
                gnu-gpl-v2 = GPL-2.0-only
                gnu-gpl-v3 = GPL-3.0-only
                gnu-lgpl-v2 = LGPL-2.0-only
                gnu-lgpl-v2.1 = LGPL-2.1-only
                gnu-lgpl-v3 = LGPL-3.0-only
                gnu-agpl-v3 = AGPL-3.0-only
                gnu-fdl-v1.2 = GFDL-1.2-only
                gnu-fdl-v1.3 = GFDL-1.3-only
                artistic = ~Artistic-1.0-Perl
                artistic-2.0 = Artistic-2.0
                cc0-1.0-universal = CC0-1.0
                mit = MIT
                x11 = X11
                """), common),
        rule: withExceptions(common))

    /// Source: "Writing R Extensions", 1.1.2 Licensing, and R's `license.db`.
    static let cran = Registry(
        names: joined(
            table(
                """
                acm = LicenseRef-ACM
                agpl = AGPL-3.0-or-later
                apache license, apache license 2.0, apache license (>= 2), apache license (== 2), apache license (>= 2.0), apache license (== 2.0), apache license version 2.0, apache license (version 2.0) = Apache-2.0
                artistic license, artistic-1.0 = ~Artistic-1.0
                bsd_2_clause = BSD-2-Clause
                bsd_3_clause = BSD-3-Clause
                cc by 4.0 = CC-BY-4.0
                cc by-sa 4.0 = CC-BY-SA-4.0
                cc by-nc 4.0 = CC-BY-NC-4.0
                cc by-nc-sa 4.0 = CC-BY-NC-SA-4.0
                cecill = ~CECILL-2.0
                cpl, common public license version 1.0 = CPL-1.0
                eupl = ~EUPL-1.2
                freebsd = BSD-2-Clause
                gpl = GPL-1.0-or-later
                lgpl = LGPL-2.0-or-later
                lucent public license = LPL-1.02
                mpl = ~MPL-2.0
                mozilla public license = ~MPL-2.0
                unlimited = LicenseRef-Unlimited
                """), common),
        rule: { key, words in gnu(key, words) ?? range(key) })

    /// R's `GPL (>= 2)`, `LGPL (== 2.1)`, `GPL (> 2)`, `MPL (>= 2.0)`.
    private static func range(_ key: String) -> Terms? {
        guard let open = key.firstIndex(of: "("), key.hasSuffix(")") else { return nil }
        var name = key[..<open].trimmed
        if let bare = name.dropping(prefix: "gnu ") { name = bare }
        switch name {
        case "general public license": name = "gpl"
        case "lesser general public license", "library general public license": name = "lgpl"
        case "affero general public license": name = "agpl"
        case "apache", "apache license", "apache software license": name = "apache"
        case "mozilla public license": name = "mpl"
        default: break
        }
        let inner = key[key.index(after: open)...].dropLast().trimmed
        let signs = inner.prefix { "<>=!".contains($0) }
        var version = String(inner.dropFirst(signs.count)).trimmed
        if let bare = version.dropping(prefix: "version ") { version = bare }
        // A second bound only takes versions away that may never come.
        if let comma = version.firstIndex(of: ",") { version = String(version[..<comma]) }
        guard version.first?.isNumber == true else { return nil }
        switch signs {
        case ">=":
            if name == "apache" || name == "mpl" {
                return Terms.known(name + "-" + (version.contains(".") ? version : version + ".0"))
            }
            return GNUNames.expression(name + "-" + version + "+").flatMap {
                .listed($0, score: Terms.defined)
            }
        case ">":
            let next = ["2": "3", "2.0": "3", "1": "2", "2.1": "3"][version] ?? version
            return GNUNames.expression(name + "-" + next + "+").flatMap { .listed($0, score: Terms.told) }
        case "==", "=", "":
            return GNUNames.expression(name + "-" + version).flatMap { .listed($0, score: Terms.defined) }
                ?? Terms.known(name + "-" + (version.contains(".") ? version : version + ".0"))
        default: return nil
        }
    }
}
