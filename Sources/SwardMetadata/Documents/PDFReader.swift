// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// A PDF's information dictionary, its XMP, the words of its first and last pages, and the lock on it.
enum PDFReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let file = PDFFile(source) else { return }
        var isReadable = true
        if let encrypt = file.resolve(file.trailer["Encrypt"]), let entries = encrypt.value.dictionary {
            isReadable = PDFLock.read(entries, file, at: encrypt.place, into: &contents)
        }
        if let info = file.resolve(file.trailer["Info"]), let entries = info.value.dictionary, isReadable {
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                // Those name programs.
                guard key != "Creator", key != "Producer", let bytes = file.resolve(value)?.value.string
                else { continue }
                contents.add(key: key, prefix: "pdf:", text(bytes), at: info.place)
            }
        }
        guard let catalog = file.resolve(file.trailer["Root"])?.value.dictionary else {
            PacketScan.read(source, into: &contents)
            return
        }
        if let metadata = file.resolve(catalog["Metadata"]), let place = metadata.stream {
            let bytes = file.unpacked(metadata)
            XMPPacket.read(bytes, at: place, into: &contents)
        }
        if isReadable { PDFText.read(file, catalog, into: &contents) }
    }

    /// UTF-16 or UTF-8 by its mark, else PDFDocEncoding, whose letters are those of Latin 1. Source: 7.9.2.2.
    static func text(_ bytes: [UInt8]) -> String { FieldText.guessed(bytes) }
}

/// What `/Encrypt` says. Source: ISO 32000-2, 7.6.
enum PDFLock {
    /// - Returns: Whether the words of the file can be read all the same.
    static func read(
        _ entries: [String: PDFValue], _ file: PDFFile, at place: Range<Int>,
        into contents: inout MediaContents
    ) -> Bool {
        let filter = file.resolve(entries["Filter"])?.value.name ?? "none"
        let version = file.resolve(entries["V"])?.value.integer ?? 0
        let revision = file.resolve(entries["R"])?.value.integer ?? 0
        guard filter == "Standard" else {
            contents.lock(.drmPDF, "/Encrypt /Filter /\(filter) /V \(version)", at: place)
            return false
        }
        let raw = file.resolve(entries["P"])?.value.integer ?? -1
        let permissions = Int32(truncatingIfNeeded: raw)
        let denied = denials(permissions, revision: revision)
        // Crypt filters that leave everything as it is, or attachments only: the document itself is open.
        let isIdentity =
            version >= 4 && isIdentity(entries["StmF"], entries, file)
            && isIdentity(entries["StrF"], entries, file)
        file.decryption = isIdentity ? nil : PDFDecryption(entries, file)
        if isIdentity && denied.isEmpty { return true }
        let words = denied.isEmpty ? "nothing denied" : "no " + denied.joined(separator: ", ")
        let password = file.decryption == nil && !isIdentity ? "; password asked for" : ""
        contents.lock(
            .drmPDF,
            "/Encrypt /Filter /Standard /V \(version) /R \(revision) /P \(permissions): \(words)\(password)",
            at: place)
        return isIdentity || file.decryption != nil
    }

    private static func isIdentity(_ name: PDFValue?, _ entries: [String: PDFValue], _ file: PDFFile) -> Bool
    {
        guard let name = file.resolve(name)?.value.name, name != "Identity" else { return true }
        let filters = file.resolve(entries["CF"])?.value.dictionary
        let method = file.resolve(filters?[name])?.value.dictionary?["CFM"]
        return file.resolve(method)?.value.name == "None"
    }

    private static func denials(_ permissions: Int32, revision: Int) -> [String] {
        var rights: [(bit: Int32, name: String)] = [
            (3, "printing"), (4, "modifying"), (5, "copying"), (6, "annotating"),
        ]
        if revision >= 3 {
            rights += [(9, "filling forms"), (11, "assembling"), (12, "printing in high resolution")]
        }
        return rights.filter { permissions & (1 << ($0.bit - 1)) == 0 }.map(\.name)
    }
}
