// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Reads the addresses under which licenses are known.
enum LicenseAddress {
    static let maximumLength = 600

    static func expression(for address: some StringProtocol) -> LicenseExpression? {
        guard let node = node(for: address) else { return nil }
        return LicenseExpression(node).normalized
    }

    /// Whether licenses are known by addresses of that site. It costs little, and most addresses are of other sites.
    static func isOfKnownSite(_ address: String) -> Bool {
        let rest = withoutScheme(address)
        let host = rest.prefix { !"/#?:".utf8.contains($0) && $0 != UInt8(ascii: " ") }
        var name = String(decoding: host, as: UTF8.self)
        while let last = name.last, "/.,;:)>\"'".contains(last) { name.removeLast() }
        return knownSites.contains(name) || name.hasSuffix(".mit-license.org")
    }

    /// In lower case, from the name of the site on.
    private static func withoutScheme(_ address: some StringProtocol) -> ArraySlice<UInt8> {
        var rest = address.utf8.prefix(maximumLength).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }[...]
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "\"") }
        let colon = rest.indices.first { place in
            rest[place] == UInt8(ascii: ":") && rest[place...].starts(with: "://".utf8)
        }
        if let colon {
            rest = rest[(colon + 3)...]
            // Said twice by a slip.
            for scheme in ["http://", "https://"] where rest.starts(with: scheme.utf8) {
                rest = rest.dropFirst(scheme.utf8.count)
            }
        } else if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
        }
        return rest.starts(with: "www.".utf8) ? rest.dropFirst(4) : rest
    }

    private static func node(for address: some StringProtocol) -> LicenseExpression.Node? {
        var rest = Substring(String(decoding: withoutScheme(address), as: UTF8.self))
        // An archive of the page is the page.
        if rest.hasPrefix("web.archive.org/web/"), let inner = rest.range(ofText: "://") {
            rest = rest[inner.upperBound...]
            if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        }
        var fragment: Substring = ""
        if let hash = rest.firstIndex(of: "#") {
            fragment = rest[rest.index(after: hash)...]
            rest = rest[..<hash]
        }
        if let query = rest.firstIndex(of: "?") { rest = rest[..<query] }
        rest = withoutPort(rest)
        while let last = rest.last, "/.,;:)>\"' ".contains(last) { rest = rest.dropLast() }
        guard let slash = rest.firstIndex(of: "/") else { return site(rest) }
        let host = rest[..<slash]
        let path = rest[rest.index(after: slash)...]
        let parts = path.split(separator: "/")
        switch host {
        case "creativecommons.org", "i.creativecommons.org", "licensebuttons.net",
            "mirrors.creativecommons.org",
            "creativecommons.net":
            return creativeCommons(parts)
        // The namespace that Creative Commons had before its own.
        case "web.resource.org":
            return parts.first == "cc" ? creativeCommons(["licenses"] + parts.dropFirst()) : nil
        case "gnu.org", "fsf.org", "gnu.ai.mit.edu": return gnu(parts, fragment)
        case "opensource.org", "api.opensource.org":
            return listed(
                parts.last.map { $0.trimmedEnding }, under: parts, folders: ["licenses", "license", "osi3.0"])
        case "spdx.org":
            return listed(parts.last.map { $0.trimmedEnding }, under: parts, folders: ["licenses"])
        case "choosealicense.com": return listed(parts.last, under: parts, folders: ["licenses"])
        case "apache.org": return apache(parts)
        case "mozilla.org": return mozilla(parts)
        case "eclipse.org": return eclipse(parts)
        case "img.shields.io", "badgen.net", "flat.badgen.net", "badge.fury.io", "badges.frapsoft.com":
            return badge(parts)
        case "tldrlegal.com":
            return parts.first == "license" ? named(parts.last ?? "") : nil
        case "joinup.ec.europa.eu", "ec.europa.eu":
            return path.contains("eupl") ? (path.contains("1.1") ? id("EUPL-1.1") : id("EUPL-1.2")) : nil
        default: break
        }
        for (page, identifier) in pagesOfSite[String(host)] ?? [] {
            guard let page else { return id(identifier) }
            guard path.hasPrefix(page) else { continue }
            let behind = path.dropFirst(page.count)
            if behind.isEmpty || !(behind.first!.isLetter || behind.first!.isNumber) { return id(identifier) }
        }
        if host.hasSuffix("mit-license.org") { return id("MIT") }
        return nil
    }

    /// ``pages`` by the name of the site; `nil` for every page of it.
    private static let pagesOfSite: [String: [(page: String?, identifier: String)]] = {
        var known: [String: [(page: String?, identifier: String)]] = [:]
        for (address, identifier) in pages {
            let site = address.prefix { $0 != "/" }
            let page = site.count < address.count ? String(address.dropFirst(site.count + 1)) : nil
            known[String(site), default: []].append((page, identifier))
        }
        return known
    }()

    /// Those that ``node(for:)`` and ``site(_:)`` know by themselves, and those of ``pages``.
    private static let knownSites = Set(pagesOfSite.keys).union([
        "web.archive.org", "creativecommons.org", "i.creativecommons.org", "licensebuttons.net",
        "mirrors.creativecommons.org", "creativecommons.net", "web.resource.org", "gnu.org", "fsf.org",
        "gnu.ai.mit.edu",
        "opensource.org", "api.opensource.org", "spdx.org", "choosealicense.com", "apache.org", "mozilla.org",
        "eclipse.org", "img.shields.io", "badgen.net", "flat.badgen.net", "badge.fury.io",
        "badges.frapsoft.com", "tldrlegal.com", "joinup.ec.europa.eu", "ec.europa.eu", "unlicense.org",
        "openfontlicense.org", "wtfpl.net", "wtfpl.org", "artlibre.org", "mit-license.org", "mitlicense.org",
        "mit-license.com",
    ])

    /// `opensource.org:443/licenses/MIT` is the same page as without the port.
    private static func withoutPort(_ rest: Substring) -> Substring {
        let host = rest.prefix { $0 != "/" }
        guard let colon = host.firstIndex(of: ":") else { return rest }
        let port = host[host.index(after: colon)...]
        guard !port.isEmpty, port.utf8.count < 6, port.utf8.allSatisfy({ $0.isDigit }) else { return rest }
        return host[..<colon] + rest[host.endIndex...]
    }

    private static func id(_ expression: String) -> LicenseExpression.Node? {
        (try? LicenseExpression.parse(expression))?.root
    }

    private static func named(_ words: some StringProtocol) -> LicenseExpression.Node? {
        var name = ""
        for (index, character) in words.enumerated() {
            // `apache-2-0` is 2.0.
            let isVersion =
                character == "-" && name.last?.isNumber == true
                && words.dropFirst(index + 1).first?.isNumber == true
            name.append(isVersion ? "." : character == "-" || character == "_" ? " " : character)
        }
        return LicenseField.expression(for: name)?.root
    }

    /// A host alone that is a license's own.
    private static func site(_ host: Substring) -> LicenseExpression.Node? {
        switch host {
        case "unlicense.org": id("Unlicense")
        case "openfontlicense.org": id("OFL-1.1")
        case "wtfpl.net", "wtfpl.org": id("WTFPL")
        case "artlibre.org": id("LAL-1.3")
        case "mit-license.org", "mitlicense.org", "mit-license.com": id("MIT")
        case "blueoakcouncil.org": nil
        default: host.hasSuffix(".mit-license.org") ? id("MIT") : nil
        }
    }

    /// Pages that stand for one license, by the front of their address without scheme and `www`.
    private static let pages: [(String, String)] = [
        ("unlicense.org/", "Unlicense"), ("wtfpl.net/", "WTFPL"), ("sam.zoy.org/wtfpl", "WTFPL"),
        ("boost.org/license_1_0.txt", "BSL-1.0"), ("boost.org/license", "BSL-1.0"),
        ("boost.org/users/license.html", "BSL-1.0"),
        ("isc.org/licenses", "ISC"), ("isc.org/downloads/software-support-policy/isc-license", "ISC"),
        ("isc.org/software/license", "ISC"), ("artlibre.org/licence/lal/licence-art-libre-12", "LAL-1.2"),
        ("artlibre.org/licence/lal/en", "LAL-1.3"), ("artlibre.org/licence/lal", "LAL-1.3"),
        ("artlibre.org/", "LAL-1.3"),
        ("opendatacommons.org/licenses/odbl/1-0", "ODbL-1.0"),
        ("opendatacommons.org/licenses/odbl", "ODbL-1.0"),
        ("opendatacommons.org/licenses/by", "ODC-By-1.0"), ("opendatacommons.org/licenses/pddl", "PDDL-1.0"),
        ("opendatacommons.org/licenses/dbcl", "DbCL-1.0"), ("openfontlicense.org", "OFL-1.1"),
        ("openfontlicense.org/", "OFL-1.1"), ("scripts.sil.org/ofl", "OFL-1.1"),
        ("scripts.sil.org/cms/scripts/page.php", "OFL-1.1"),
        ("cecill.info/licences/licence_cecill_v2.1-en", "CECILL-2.1"),
        ("cecill.info/licences/licence_cecill_v2.1-fr", "CECILL-2.1"),
        ("cecill.info/licences/licence_cecill_v2-en", "CECILL-2.0"),
        ("cecill.info/licences/licence_cecill-b", "CECILL-B"),
        ("cecill.info/licences/licence_cecill-c", "CECILL-C"),
        ("cecill.info/licences/licence_cecill_v2", "CECILL-2.0"),
        ("cecill.info/licences/licence_cecill-c_v1", "CECILL-C"),
        ("cecill.info/licences/licence_cecill-b_v1", "CECILL-B"),
        ("latex-project.org/lppl.txt", "LPPL-1.3c"), ("latex-project.org/lppl", "LPPL-1.3c"),
        ("opensource.apple.com/apsl", "APSL-2.0"), ("opensource.apple.com/license/apsl", "APSL-2.0"),
        ("zlib.net/zlib_license.html", "Zlib"),
        ("gzip.org/zlib/zlib_license.html", "Zlib"), ("php.net/license/3_01.txt", "PHP-3.01"),
        ("php.net/license/3_0.txt", "PHP-3.0"),
        ("jquery.org/license", "MIT"),
        ("python.org/psf/license", "PSF-2.0"), ("docs.python.org/license.html", "PSF-2.0"),
        ("docs.python.org/3/license.html", "PSF-2.0"),
        ("perlfoundation.org/artistic-license-20.html", "Artistic-2.0"),
        ("perlfoundation.org/artistic_license_2_0", "Artistic-2.0"),
        ("perlfoundation.org/artistic-license-2-0", "Artistic-2.0"),
        ("dev.perl.org/licenses/artistic.html", "Artistic-1.0-Perl"),
        ("dev.perl.org/licenses", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ("elastic.co/licensing/elastic-license", "Elastic-2.0"), ("mariadb.com/bsl11", "BUSL-1.1"),
        ("mongodb.com/licensing/server-side-public-license", "SSPL-1.0"),
        ("polyformproject.org/licenses/noncommercial/1.0.0", "PolyForm-Noncommercial-1.0.0"),
        ("polyformproject.org/licenses/small-business/1.0.0", "PolyForm-Small-Business-1.0.0"),
        ("polyformproject.org/licenses/shield/1.0.0", "LicenseRef-PolyForm-Shield-1.0.0"),
        ("polyformproject.org/licenses/strict/1.0.0", "LicenseRef-PolyForm-Strict-1.0.0"),
        ("polyformproject.org/licenses/perimeter/1.0.0", "LicenseRef-PolyForm-Perimeter-1.0.0"),
        ("polyformproject.org/licenses/internal-use/1.0.0", "LicenseRef-PolyForm-Internal-Use-1.0.0"),
        ("polyformproject.org/licenses/free-trial/1.0.0", "LicenseRef-PolyForm-Free-Trial-1.0.0"),
        ("confluent.io/confluent-community-license", "LicenseRef-Confluent-Community-1.0"),
        ("blueoakcouncil.org/license/1.0.0", "BlueOak-1.0.0"), ("oss.oracle.com/licenses/cddl", "CDDL-1.0"),
        ("oss.oracle.com/licenses/cddl+gpl-1.1", "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0"),
        (
            "glassfish.java.net/public/cddl+gpl_1_1.html",
            "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0"
        ),
        (
            "glassfish.dev.java.net/public/cddl+gpl.html",
            "CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0"
        ),
        ("oss.oracle.com/licenses/upl", "UPL-1.0"), ("sun.com/cddl", "CDDL-1.0"),
        ("opensolaris.org/os/licensing", "CDDL-1.0"),
        ("nationalarchives.gov.uk/doc/open-government-licence/version/3", "OGL-UK-3.0"),
        ("nationalarchives.gov.uk/doc/open-government-licence/version/2", "OGL-UK-2.0"),
        ("nationalarchives.gov.uk/doc/open-government-licence/version/1", "OGL-UK-1.0"),
        ("nationalarchives.gov.uk/doc/open-government-licence", "OGL-UK-3.0"),
        ("govdata.de/dl-de/by-2-0", "DL-DE-BY-2.0"), ("govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
        ("etalab.gouv.fr/licence-ouverte-open-licence", "etalab-2.0"),
        ("data.norge.no/nlod/en/2.0", "NLOD-2.0"), ("data.norge.no/nlod/en/1.0", "NLOD-1.0"),
        ("data.norge.no/nlod/no/2.0", "NLOD-2.0"), ("data.norge.no/nlod/no/1.0", "NLOD-1.0"),
        ("usefulinc.com/doap/licenses/gpl", "GPL-1.0-or-later"),
        ("usefulinc.com/doap/licenses/lgpl", "LGPL-2.0-or-later"),
        ("usefulinc.com/doap/licenses/bsd", "BSD-3-Clause"), ("usefulinc.com/doap/licenses/mit", "MIT"),
        ("usefulinc.com/doap/licenses/asl20", "Apache-2.0"), ("usefulinc.com/doap/licenses/mpl", "MPL-1.1"),
        ("usefulinc.com/doap/licenses/psf", "PSF-2.0"),
        ("usefulinc.com/doap/licenses/artistic", "Artistic-1.0"),
        ("usefulinc.com/doap/licenses/ibm", "IPL-1.0"), ("usefulinc.com/doap/licenses/apache", "Apache-1.1"),
        ("json.org/license.html", "JSON"), ("curl.se/docs/copyright.html", "curl"),
        ("curl.haxx.se/docs/copyright.html", "curl"),
        ("sqlite.org/copyright.html", "blessing"), ("openssl.org/source/license.html", "OpenSSL"),
        ("freetype.org/license.html", "FTL"),
        ("freetype.org/ftl.txt", "FTL"), ("unicode.org/copyright.html", "Unicode-DFS-2016"),
        ("unicode.org/license.html", "Unicode-DFS-2016"),
        ("unicode.org/license.txt", "Unicode-3.0"), ("imagemagick.org/script/license.php", "ImageMagick"),
        ("imagemagick.org/license", "ImageMagick"),
        ("w3.org/consortium/legal/2002/copyright-software-20021231", "W3C"),
        ("w3.org/consortium/legal/copyright-software-19980720", "W3C-19980720"),
        ("w3.org/consortium/legal/2015/copyright-software-and-document", "W3C-20150513"),
        ("w3.org/consortium/legal/copyright-software", "W3C-20150513"),
        ("w3.org/copyright/software-license", "W3C-20150513"),
        ("zope.org/resources/license/zpl-2.1", "ZPL-2.1"), ("zope.org/resources/zpl", "ZPL-2.1"),
        ("codeproject.com/info/cpol10.aspx", "CPOL-1.02"),
        ("microsoft.com/opensource/licenses.mspx", "MS-PL"),
        ("ohwr.org/cernohl", "CERN-OHL-1.2"), ("ohwr.org/cern_ohl_s_v2.txt", "CERN-OHL-S-2.0"),
        ("ohwr.org/cern_ohl_w_v2.txt", "CERN-OHL-W-2.0"),
        ("ohwr.org/cern_ohl_p_v2.txt", "CERN-OHL-P-2.0"), ("tapr.org/ohl", "TAPR-OHL-1.0"),
        ("solderpad.org/licenses/shl-2.1", "SHL-2.1"),
        ("solderpad.org/licenses/shl-2.0", "SHL-2.0"), ("solderpad.org/licenses/shl-0.51", "SHL-0.51"),
        ("trolltech.com/licenses/qpl.html", "QPL-1.0"), ("netscape.com/npl", "NPL-1.1"),
        ("erlang.org/eplicence", "ErlPL-1.1"), ("opencontent.org/openpub", "OPUBL-1.0"),
        ("opencontent.org/opl.shtml", "OPL-1.0"),
        ("license.coscl.org.cn/mulanpsl2", "MulanPSL-2.0"), ("license.coscl.org.cn/mulanpsl", "MulanPSL-1.0"),
        ("firstdonoharm.dev/version/2/1/license", "Hippocratic-2.1"),
        ("cdla.dev/permissive-2-0", "CDLA-Permissive-2.0"),
        ("cdla.io/permissive-1-0", "CDLA-Permissive-1.0"), ("cdla.io/sharing-1-0", "CDLA-Sharing-1.0"),
        ("cdla.dev/permissive-1-0", "CDLA-Permissive-1.0"),
        ("cdla.dev/sharing-1-0", "CDLA-Sharing-1.0"),
        ("affero.org/oagpl.html", "AGPL-1.0-only"),
        ("opensource.franz.com/preamble.html", "LGPL-2.1-only WITH LLGPL"),
        ("copyfree.org/content/standard/licenses/coil", "COIL-1.0"),
        ("postgresql.org/about/licence", "PostgreSQL"),
        ("fsf.org/licensing/licenses/gpl.html", "GPL-3.0-only"),
        ("creativecommons.org/publicdomain", "CC0-1.0"),
        ("ubuntu.com/legal/font-licence", "Ubuntu-font-1.0"), ("font.ubuntu.com/ufl", "Ubuntu-font-1.0"),
        ("swift.org/license.txt", "Apache-2.0 WITH Swift-exception"),
        ("llvm.org/license.txt", "Apache-2.0 WITH LLVM-exception"),
        ("golang.org/license", "BSD-3-Clause"), ("polymer.github.io/license.txt", "BSD-3-Clause"),
        ("jquery.org/license", "MIT"), ("angular.io/license", "MIT"),
        ("aws.amazon.com/apache2.0", "Apache-2.0"),
        ("developer.yahoo.com/yui/license.html", "BSD-3-Clause"),
        ("developer.yahoo.net/yui/license.txt", "BSD-3-Clause"),
        ("vimdoc.sourceforge.net/htmldoc/uganda.html", "Vim"),
        ("freebsd.org/copyright/freebsd-license.html", "BSD-2-Clause"),
        ("freebsd.org/copyright/freebsd-doc-license.html", "FreeBSD-DOC"),
        ("ruby-lang.org/en/license.txt", "Ruby"), ("ruby-lang.org/en/about/license.txt", "Ruby"),
        ("ijg.org", "IJG"),
        ("debian.org/misc/bsd.license", "BSD-3-Clause"),
        ("linfo.org/bsdlicense.html", "BSD-3-Clause"),
        ("nmap.org/book/man-legal.html", "NPSL-0.95"),
    ]
    private static func creativeCommons(_ parts: [Substring]) -> LicenseExpression.Node? {
        guard let first = parts.first else { return nil }
        switch first {
        case "publicdomain", "p":
            guard parts.count > 1 else { return nil }
            if parts[1] == "zero" || parts[1].hasPrefix("zero") { return id("CC0-1.0") }
            return parts[1] == "mark" ? id("CC-PDM-1.0") : nil
        case "licenses", "l":
            guard parts.count > 1 else { return nil }
            var elements: CreativeCommons.Elements = []
            switch parts[1] {
            case "zero", "cc0", "cc-zero": return id("CC0-1.0")
            case "publicdomain": return id("CC-PDDC")
            case "mark": return id("CC-PDM-1.0")
            case "gpl", "cc-gpl": return id("GPL-2.0-only")
            case "lgpl": return id("LGPL-2.1-only")
            case "bsd": return id("BSD-3-Clause")
            case "mit": return id("MIT")
            default: break
            }
            for element in parts[1].split(separator: "-") {
                switch element {
                case "by": elements.insert(.by)
                case "nc": elements.insert(.nc)
                case "nd": elements.insert(.nd)
                case "sa": elements.insert(.sa)
                default: return nil
                }
            }
            let version = parts.count > 2 ? parts[2].prefix { $0.isNumber || $0 == "." } : ""
            guard !version.isEmpty, version.contains(".") else {
                return CreativeCommons.identifier(elements, version: "4.0", port: nil).flatMap(id)
            }
            let port = parts.count > 3 ? parts[3].uppercased() : nil
            return CreativeCommons.identifier(elements, version: String(version), port: port).flatMap(id)
        default: return nil
        }
    }

    private static func gnu(_ parts: [Substring], _ fragment: Substring) -> LicenseExpression.Node? {
        guard let page = parts.last?.trimmedEnding, parts.count > 1 || parts[0].hasSuffix("html") else {
            return nil
        }
        guard parts.contains("licenses") || parts.contains("copyleft") || parts.contains("licensing") else {
            return nil
        }
        if page == "license-list" {
            switch fragment {
            case "apache2": return id("Apache-2.0")
            case "x11license": return id("X11")
            case "expat": return id("MIT")
            case "modifiedbsd": return id("BSD-3-Clause")
            case "freebsd": return id("BSD-2-Clause")
            case "gnuallpermissive": return id("FSFAP")
            default: return nil
            }
        }
        // A bare `gpl.html` shows the newest text but a grant that points there says no version.
        for (prefix, stem, bare) in [
            ("agpl", "AGPL", "AGPL-3.0-or-later"), ("lgpl", "LGPL", "LGPL-2.0-or-later"),
            ("gpl", "GPL", "GPL-1.0-or-later"),
            ("fdl", "GFDL", "GFDL-1.1-or-later"),
        ] where page.hasPrefix(prefix) {
            var version = page.dropFirst(prefix.count).drop { $0 == "-" || $0 == "v" }
            version = version.prefix { $0.isNumber || $0 == "." }
            if version.isEmpty { return id(bare) }
            let full = version.contains(".") ? String(version) : version + ".0"
            return id("\(stem)-\(full)-only").flatMap { node in
                if case .term(let term) = node, term.license.isListed { return node }
                return nil
            }
        }
        return nil
    }

    private static func listed(
        _ name: Substring?, under parts: [Substring], folders: [String]
    ) -> LicenseExpression.Node? {
        guard let name, parts.count > 1, folders.contains(String(parts[0])) else { return nil }
        if let license = LicenseList.license(name) { return id(license.identifier) }
        switch name {
        case "mit-license", "mit": return id("MIT")
        case "bsd-license", "bsd-3-clause", "bsd": return id("BSD-3-Clause")
        case "gpl-license": return id("GPL-1.0-or-later")
        case "lgpl-license": return id("LGPL-2.0-or-later")
        case "artistic-license": return id("Artistic-1.0")
        case "artistic-license-2.0": return id("Artistic-2.0")
        case "isc-license": return id("ISC")
        case "zlib-license": return id("Zlib")
        default: break
        }
        return named(name)
    }

    private static func apache(_ parts: [Substring]) -> LicenseExpression.Node? {
        let path = parts.joined(separator: "/")
        guard path.hasPrefix("licenses") || path.hasPrefix("foundation/licence") || path.contains("license")
        else { return nil }
        if path.contains("1.1") { return id("Apache-1.1") }
        if path.contains("1.0") { return id("Apache-1.0") }
        if path.contains("2.0") || path == "licenses/license-2" || path == "licenses" {
            return id("Apache-2.0")
        }
        return nil
    }

    private static func mozilla(_ parts: [Substring]) -> LicenseExpression.Node? {
        guard let mpl = parts.firstIndex(where: { $0.hasPrefix("mpl") || $0.hasPrefix("npl") }) else {
            return nil
        }
        let path = parts[mpl...].joined(separator: "/")
        if path.hasPrefix("npl") {
            return id(path.contains("1.0") || path.contains("1_0") ? "NPL-1.0" : "NPL-1.1")
        }
        if path.contains("1.1") { return id("MPL-1.1") }
        if path.contains("1.0") { return id("MPL-1.0") }
        // The page of the family shows 2.0 now, but headers of 1.1 point there as well.
        return id(path.contains("2") ? "MPL-2.0" : "MPL-2.0")
    }

    private static func eclipse(_ parts: [Substring]) -> LicenseExpression.Node? {
        let path = parts.joined(separator: "/")
        if path.contains("epl-2.0") || path.contains("epl-v20") || path.contains("epl-2") {
            return id("EPL-2.0")
        }
        if path.contains("epl-v10") || path.contains("epl-1.0") { return id("EPL-1.0") }
        if path.contains("edl-v10") || path.contains("edl-1.0") { return id("BSD-3-Clause") }
        return nil
    }

    /// `badge/license-MIT-blue.svg`, `badge/License-Apache%202.0-blue.svg`.
    private static func badge(_ parts: [Substring]) -> LicenseExpression.Node? {
        guard let kind = parts.first, kind == "badge" || kind == "static", let last = parts.last else {
            return nil
        }
        var text = ""
        var rest = last
        while let first = rest.popFirst() {
            if first == "%", rest.count >= 2, let code = UInt8(rest.prefix(2), radix: 16) {
                text.append(code == 0x2B ? "+" : code == 0x20 ? " " : code == 0x2F ? "/" : " ")
                rest = rest.dropFirst(2)
            } else {
                text.append(first == "_" ? " " : first)
            }
        }
        for ending in [".svg", ".png"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
        guard let dash = text.firstIndex(of: "-"), text[..<dash].contains("licen") else { return nil }
        var value = text[text.index(after: dash)...]
        // A single dash before the color; two stand for one.
        if let color = value.lastIndex(of: "-") { value = value[..<color] }
        var name = ""
        var wasDash = false
        for character in value {
            if character == "-", wasDash {
                wasDash = false
                continue
            }
            wasDash = character == "-"
            name.append(character)
        }
        return LicenseField.expression(for: name)?.root
    }
}

extension StringProtocol {
    /// Where `text` first stands; without Foundation.
    func range(ofText text: some StringProtocol) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }

    /// Without the endings that pages have, such as `.en.html`.
    var trimmedEnding: Substring {
        var text = Substring(self)
        var isShorter = true
        while isShorter {
            isShorter = false
            for ending in [".html", ".htm", ".txt", ".php", ".md", ".json", ".en", ".de", ".fr"]
            where text.hasSuffix(ending) {
                text = text.dropLast(ending.count)
                isShorter = true
            }
        }
        return text
    }
}
