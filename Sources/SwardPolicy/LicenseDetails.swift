// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the licenses people meet most ask for in particular, clause by clause.
///
/// The columns of the table hold for all licenses and say no more than all can; where a license is here, its own words stand
/// in place of the column's for the same act and kind. Read from the texts.
enum LicenseDetails {
    private typealias Row = (act: Act, kind: Duty.Kind, text: String, clause: String)

    /// - Returns: Duties only; empty for most licenses.
    static func of(_ identifier: String, isWeakened: Bool) -> [LicenseStatement] {
        let lineage = Lineage(identifier)
        guard let version = lineage.version else { return [] }
        let name = lineage.name
        var rows: [Row]
        var cited = name
        switch lineage.family {
        case "GPL", "AGPL":
            rows = version >= 3 ? gpl3 : version >= 2 ? gpl2 : []
            if version >= 3 { cited = lineage.family == "GPL" ? "GPL-3.0" : "AGPL-3.0" }
            if lineage.family == "AGPL", version >= 3 { rows += agpl }
        case "LGPL": rows = version >= 3 ? lgpl3 : version > 2 ? lgpl21 : []
        case "MPL": rows = version == 2 ? mpl2 : []
        case "EPL": rows = version == 2 ? epl2 : []
        case "Apache": rows = version == 2 ? apache2 : []
        case "OFL": rows = version == 1.1 ? ofl : []
        case "ODbL": rows = odbl
        case "GFDL": rows = version >= 1.2 ? gfdl : []
        case let family where family.hasPrefix("CC-BY"):
            guard version == 4 else { return [] }
            rows = creativeCommons4
            if family.hasSuffix("-SA") { rows += shareAlike4 }
            if family.contains("-ND") { rows.removeAll { $0.act == .change } }
        default: return []
        }
        // An exception that lets programs be under other terms changes what copyleft asks, and the column has that.
        if isWeakened { rows.removeAll { $0.kind == .sameLicense || $0.kind == .correspondingSource } }
        return rows.map { row in
            let isBan = row.text.hasPrefix("not ")
            return LicenseStatement(
                modality: isBan ? .mustNot : .must, act: row.act,
                text: isBan ? String(row.text.dropFirst(4)) : row.text,
                clause: "\(cited) \(row.clause)", kind: row.kind)
        }
    }

    private static let gpl2: [Row] = [
        (
            .share, .copyrightNotice,
            "put a copyright notice and the disclaimer of warranty on each copy, and keep all notices", "§1"
        ),
        (.change, .changeMarks, "say in the files that you changed them, and when", "§2(a)"),
        (
            .change, .sameLicense,
            "license the whole of what you pass on under it, at no charge, to everyone", "§2(b)"
        ),
        (
            .change, .other,
            "have an interactive program show copyright, lack of warranty and license when it starts", "§2(c)"
        ),
        (
            .shareObjectCode, .correspondingSource,
            "give the complete source along, or an offer in writing that is good for three years; without commerce the offer you got will do",
            "§3(a)–(c)"
        ),
    ]

    private static let gpl3: [Row] = [
        (
            .share, .copyrightNotice,
            "put a copyright notice on each copy, and keep all notices of license and warranty", "§4"
        ),
        (.change, .changeMarks, "say that you changed it, and when", "§5(a)"),
        (.change, .other, "say that it is under this license, and under which terms added by §7", "§5(b)"),
        (.change, .sameLicense, "license the whole work under it to anyone who gets a copy", "§5(c)"),
        (
            .change, .other, "have interactive programs show the legal notices, unless the original does not",
            "§5(d)"
        ),
        (
            .shareObjectCode, .correspondingSource,
            "give the complete source along, offer it in writing for three years, or give access to it where the object code is had",
            "§6(a)–(e)"
        ),
        (
            .shareObjectCode, .other,
            "give what is needed to install changed versions, with object code for consumer devices", "§6"
        ),
    ]

    private static let agpl: [Row] = [
        (
            .serve, .networkSource,
            "offer the source of your changed version to all who use it over a network, at no charge", "§13"
        )
    ]

    private static let lgpl21: [Row] = [
        (.change, .changeMarks, "say in the files that you changed them, and when", "§2(b)"),
        (
            .change, .sameLicense,
            "keep the changed library a library, and license the whole of it under the LGPL", "§2(a), §2(c)"
        ),
        (
            .shareObjectCode, .correspondingSource,
            "give the complete source of the library along, or access to it in the same place", "§4"
        ),
        (.link, .copyrightNotice, "say that the library is used, and give its license along", "§6"),
        (
            .link, .relinking,
            "let users change the library and use it with the program: by a shared library, or by object files to link anew",
            "§6(a)–(e)"
        ),
        (
            .link, .noAddedTerms,
            "permit users to change the program for their own use, and to take it apart to debug such changes",
            "§6"
        ),
    ]

    private static let lgpl3: [Row] = [
        (
            .link, .copyrightNotice, "say that the library is used, and give along the texts of LGPL and GPL",
            "§4(a)–(c)"
        ),
        (
            .link, .relinking,
            "let users change the library and use it with the program: by a shared library, or by what is needed to link anew",
            "§4(d)"
        ),
        (
            .link, .noAddedTerms,
            "permit users to change the parts of the library in the program, and to take it apart to debug such changes",
            "§4"
        ),
        (.link, .other, "give what is needed to install it, where the GPL asks for that", "§4(e)"),
    ]

    private static let mpl2: [Row] = [
        (.share, .copyrightNotice, "leave the license notices in the source as they are", "§3.4"),
        (.change, .sameLicense, "license its files, changed or not, under the MPL in source form", "§3.1"),
        (
            .shareObjectCode, .correspondingSource,
            "say how to get the source of the covered files, in good time and at no more than its cost",
            "§3.2(a)"
        ),
        (
            .shareObjectCode, .noAddedTerms,
            "not let the license of the object code limit rights in the source", "§3.2(b)"
        ),
    ]

    private static let epl2: [Row] = [
        (.share, .copyrightNotice, "leave copyright, patent and trademark notices as they are", "§3.3"),
        (
            .shareObjectCode, .correspondingSource,
            "make the source of the program available, and say how to get it", "§3.1(a)"
        ),
        (
            .shareObjectCode, .noAddedTerms,
            "disclaim warranties for all contributors, and not limit rights in the source", "§3.1(b)"
        ),
        (.change, .sameLicense, "license changed modules under the EPL in source form", "§3.2"),
    ]

    private static let apache2: [Row] = [
        (.share, .licenseText, "give the license text along", "§4(a)"),
        (
            .share, .copyrightNotice,
            "keep copyright, patent, trademark and attribution notices in the source", "§4(c)"
        ),
        (.share, .noticeFile, "carry on what the NOTICE file says, if there is one", "§4(d)"),
        (.change, .changeMarks, "say in the files that you changed them", "§4(b)"),
    ]

    private static let creativeCommons4: [Row] = [
        (
            .share, .attribution,
            "name the authors as they ask, keep copyright, license and warranty notices, and link to the work, as far as they are given",
            "§3(a)(1)(A)(i)–(v)"
        ),
        (.share, .licenseText, "say that it is under the license, with its text or address", "§3(a)(1)(C)"),
        (.share, .other, "take the names off where the author asks for that", "§3(a)(3)"),
        (.share, .other, "not give the impression that the author stands behind you", "§2(a)(6)"),
        (
            .change, .changeMarks, "say that you changed it, and keep saying what was changed before",
            "§3(a)(1)(B)"
        ),
    ]

    private static let shareAlike4: [Row] = [
        (
            .change, .sameLicense,
            "put what you make from it under the same elements in this version or a later one, or a compatible license",
            "§3(b)(1)"
        ),
        (.change, .licenseText, "give the text or address of the license you chose", "§3(b)(2)"),
        (.change, .noAddedTerms, "not add terms or locks to what you make from it", "§3(b)(3)"),
    ]

    private static let ofl: [Row] = [
        (.sell, .other, "sell the font only together with software", "§1"),
        (
            .share, .licenseText, "have copyright notice and license in each copy, as files or in the font",
            "§2"
        ),
        (.change, .rename, "not use reserved font names for changed versions", "§3"),
        (.share, .other, "not use the names of its authors to promote changed versions", "§4"),
        (
            .change, .sameLicense,
            "keep the font, whole or in part, under the OFL; documents made with it are free", "§5"
        ),
    ]

    private static let odbl: [Row] = [
        (.share, .licenseText, "give the license or its address along, and keep the notices", "§4.2"),
        (.change, .attribution, "say in works made from the database where the content comes from", "§4.3"),
        (
            .change, .sameLicense,
            "put databases made from it under the ODbL, a later version or a compatible license", "§4.4"
        ),
        (
            .change, .correspondingSource,
            "offer the changed database, or the changes, in a form machines can read", "§4.6"
        ),
    ]

    private static let gfdl: [Row] = [
        (
            .share, .copyrightNotice, "have license notice, copyright notices and the license in each copy",
            "§2"
        ),
        (
            .share, .correspondingSource, "add an editable copy, or its address, from 100 printed copies on",
            "§3"
        ),
        (.change, .rename, "give the changed version another title, on the title page", "§4(A)"),
        (.change, .attribution, "name at least five of the authors, and who changed it", "§4(B)"),
        (
            .change, .changeMarks, "add to the section named History: title, year, authors and publisher",
            "§4(I)"
        ),
        (.change, .unchanged, "leave invariant sections as they are", "§4(L)"),
        (.change, .sameLicense, "release the changed version under this license", "§4"),
    ]
}
