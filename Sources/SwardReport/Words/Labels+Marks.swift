// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal  // REUSE-IgnoreStart

    import SwardDetection

extension Labels {
    static func mark(_ mark: EnclosureMark) -> Label {
        switch mark {
        case .riderCommonsClause:
            Label(
                "Commons Clause",
                "A rider takes the right to sell away from a license that gives it. The work as a whole is not free."
            )
        case .riderNoncommercial:
            Label(
                "Noncommercial rider",
                "Words beside a free license allow noncommercial use only, which the license itself does not ask."
            )
        case .riderNoRedistribution:
            Label(
                "Rider against passing on",
                "Words beside a free license forbid to pass the work on, which the license itself allows.")
        case .riderFieldOfUse:
            Label(
                "Rider on the field of use",
                "Words beside a free license limit what the work may be used for.")
        case .eulaBesideCopyleft:
            Label(
                "End-user agreement beside copyleft",
                "An agreement for users forbids what the copyleft license in the same work gives them.")
        case .sourceAvailable:
            Label(
                "Source-available license",
                "The source may be read, but the license withholds freedoms that free licenses give.")
        case .missingSource:
            Label(
                "Object code without source",
                "Programs under copyleft come without their source and without an offer of it.")
        case .missingText:
            Label(
                "License text missing",
                "A license is named whose text must go with the work and is not in it.")
        case .wrongText:
            Label("Wrong license text", "A file is named after one license and has the text of another.")
        case .allRightsReservedClash:
            Label(
                "All rights reserved",
                "The words stand where no grant takes them back. Often they are mere habit; look at the file."
            )
        case .relicensed:
            Label("Relicensed", "The same bytes are known under terms that gave more.")
        case .minifiedOnly:
            Label(
                "Minified code only",
                "Code under copyleft is there in a form that nobody would change, and not in the one they would."
            )
        case .drmPDF:
            Label("Locked PDF", "The document is encrypted or limits printing, copying or changing.")
        case .drmEPUB: Label("Locked EPUB", "The book is encrypted for one shop's readers.")
        case .drmMP4: Label("Locked MP4", "The film or sound is encrypted for a rights system.")
        case .drmWebM: Label("Locked Matroska or WebM", "A track is encrypted.")
        case .drmHLS: Label("Locked HLS stream", "The playlist names keys of a rights system.")
        case .drmDASH: Label("Locked DASH stream", "The manifest names a rights system.")
        case .drmKindle: Label("Locked Kindle book", "The book is encrypted for one shop's readers.")
        case .drmASF: Label("Locked Windows Media", "The file is encrypted for a rights system.")
        case .encryptedZIP:
            Label("Encrypted ZIP", "Members can be opened only by those who have the password.")
        case .encrypted7z: Label("Encrypted 7z", "Members can be opened only by those who have the password.")
        case .encryptedRAR:
            Label("Encrypted RAR", "Members can be opened only by those who have the password.")
        case .encryptedOffice:
            Label("Encrypted office document", "It can be opened only by those who have the password.")
        case .fontEmbedding:
            Label(
                "Font that limits embedding",
                "The font's own flags forbid embeddings that its license allows.")
        case .noAIRider:
            Label(
                "Rider against machine learning",
                "Words beside a free license forbid to learn from the work by machine.")
        case .proprietary:
            Label("Proprietary terms", "The terms give no right to pass the work on.")
        case .furtherRestriction:
            Label(
                "Further restriction",
                "Terms are added that the license does not allow to add.")
        case .contributorAgreement:
            Label(
                "Contributor agreement",
                "Contributors give one party more rights than everyone gets. No fence today; it allows one later."
            )
        case .strippedNotices:
            Label("Notices taken away", "Notices that must stay were removed.")
        case .termsByLinkOnly:
            Label("Terms by link only", "The terms stand at an address and can change there.")
        case .lockInCode:
            Label("Lock in the code", "The program asks for a key before it runs.")
        }
    }
}

// REUSE-IgnoreEnd
