// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The readers of media, documents, fonts and locks.
enum MediaFormats {
    /// One entry for all of them: what a medium is, its first bytes tell better than its name, and for many a file both do.
    static let all: [MetadataFormat] = [
        MetadataFormat(
            name: "media",
            applies: { file in
                MediaKind.told(head: file.bytes(in: 0..<MediaKind.headLength), name: file.name) != nil
            },
            read: { file in
                let source = ByteSource(
                    length: file.count, budget: ByteSource.budget(forLength: file.count), windowLength: 0,
                    fetch: { offset, count in file.bytes(in: offset..<(offset + count)) })
                return MediaReader.read(source, name: file.name)
            })
    ]
}

/// Reads one medium or document, however large, through a few reads.
package enum MediaReader {
    /// - Parameter name: The last element of its path, in lower case.
    /// - Returns: `nil` where it is of no kind known here.
    package static func read(_ source: ByteSource, name: String) -> FileMetadata? {
        guard let (kind, contents) = contents(of: source, name: name) else { return nil }
        return StatementResolver.resolve(contents, format: kind)
    }

    /// Whether a file is worth reading by pieces when it is too large to be read whole.
    package static func wantsRandomAccess(head: [UInt8], name: String) -> Bool {
        MediaKind.told(head: head, name: name) != nil
    }

    /// The fields as they stand there, and which format they are from.
    package static func contents(of source: ByteSource, name: String) -> (
        format: String, contents: MediaContents
    )? {
        let head = source.read(0, MediaKind.headLength)
        guard let kind = MediaKind.told(head: head, name: name) else { return nil }
        var contents = MediaContents()
        kind.read(source, &contents)
        return (kind.name, contents)
    }
}

/// How one kind of medium is told and read.
struct MediaKind: Sendable {
    let name: String
    let read: @Sendable (ByteSource, inout MediaContents) -> Void

    static let headLength = 512

    /// By its first bytes, else by its ending.
    static func told(head: [UInt8], name: String) -> MediaKind? {
        guard let first = head.first else { return nil }
        switch first {
        case 0xFF:
            if head.has([0xFF, 0xD8, 0xFF]) { return jpeg }
            if head.count > 1, head[1] & 0xE0 == 0xE0, head[1] != 0xFE, isSound(name) { return mp3 }
        case 0x89: if head.has([0x89, 0x50, 0x4E, 0x47]) { return png }
        case 0x8A, 0x8B: if head.has("NG\r\n", at: 1) { return png }
        case UInt8(ascii: "G"): if head.has("GIF8") { return gif }
        case UInt8(ascii: "R"):
            if head.has("RIFF") || head.has("RIFX") || head.has("RF64") {
                return head.has("WEBP", at: 8) ? webp : riff
            }
        case UInt8(ascii: "B"): if head.has("BW64") { return riff }
        case UInt8(ascii: "F"): if head.has("FORM") { return riff }
        case UInt8(ascii: "I"):
            if head.has("ID3") { return mp3 }
            if head.has("II*\0") || head.has("II+\0") || head.has("IIRO") || head.has("IIU\0") { return tiff }
        case UInt8(ascii: "M"):
            if head.has("MM\0*") || head.has("MM\0+") { return tiff }
            if head.has("MThd") { return midi }
            if head.has("MAC ") { return mp3 }
        case UInt8(ascii: "A"): if head.has("APETAGEX") { return mp3 }
        case UInt8(ascii: "8"): if head.has("8BPS") { return photoshop }
        case UInt8(ascii: "O"): if head.has("OggS") { return ogg }
        case UInt8(ascii: "f"): if head.has("fLaC") { return flac }
        case 0x1A: if head.has([0x1A, 0x45, 0xDF, 0xA3]) { return matroska }
        case 0x30: if head.has([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) { return asf }
        case UInt8(ascii: "%"): if head.has("%PDF-") { return pdf }
        default: break
        }
        if isISOMedia(head) { return isoMedia }
        if head.firstIndex(of: Array("%PDF-".utf8)) != nil, name.hasSuffix(".pdf") { return pdf }
        if isSound(name) { return mp3 }
        return nil
    }

    private static func isISOMedia(_ head: [UInt8]) -> Bool {
        guard let length = head.be32(0), length == 1 || length >= 8 else { return false }
        return ["ftyp", "styp", "moov", "moof", "pssh", "wide", "jP  "].contains {
            head.has(Array($0.utf8), at: 4)
        }
            || head.has("mdat", at: 4) || head.has("free", at: 4) || head.has("skip", at: 4)
    }

    private static func isSound(_ name: String) -> Bool {
        [".mp3", ".mp2", ".aac", ".ape", ".mpc", ".wv", ".tta", ".ofr"].contains { name.hasSuffix($0) }
    }

    static let jpeg = MediaKind(name: "jpeg") { JPEGReader.read($0, into: &$1) }
    static let png = MediaKind(name: "png") { PNGReader.read($0, into: &$1) }
    static let gif = MediaKind(name: "gif") { GIFReader.read($0, into: &$1) }
    static let webp = MediaKind(name: "webp") { ChunkReader.read($0, into: &$1) }
    static let riff = MediaKind(name: "riff") { ChunkReader.read($0, into: &$1) }
    static let tiff = MediaKind(name: "tiff") { TIFFReader.read($0, into: &$1) }
    static let photoshop = MediaKind(name: "psd") { PhotoshopResources.readDocument($0, into: &$1) }
    static let midi = MediaKind(name: "midi") { MIDIReader.read($0, into: &$1) }
    static let ogg = MediaKind(name: "ogg") { VorbisComment.readOgg($0, into: &$1) }
    static let matroska = MediaKind(name: "matroska") { MatroskaReader.read($0, into: &$1) }
    static let asf = MediaKind(name: "asf") { ASFReader.read($0, into: &$1) }
    static let pdf = MediaKind(name: "pdf") { PDFReader.read($0, into: &$1) }
    static let isoMedia = MediaKind(name: "mp4") { ISOMediaReader.read($0, into: &$1) }
    static let mp3 = MediaKind(name: "mp3") { source, contents in
        ID3Reader.read(source, into: &contents)
        TrailingTags.readLeadingAPE(source, into: &contents)
        TrailingTags.read(source, into: &contents)
    }
    static let flac = MediaKind(name: "flac") { source, contents in
        VorbisComment.readFLAC(source, at: 0, into: &contents)
        TrailingTags.read(source, into: &contents)
    }
}
