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
        var contents = MediaContents(length: source.length)
        kind.read(source, &contents)
        return (contents.formatWithin ?? kind.name, contents)
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
            if head.count > 1, head[1] & 0xE0 == 0xE0, head[1] < 0xFC || head[1] == 0xFD {
                return byEnding(head, name)
            }
        case 0x89:
            if head.has([0x89, 0x50, 0x4E, 0x47]) { return png }
            if head.has("HDF\r\n", at: 1) { return hdf5 }
        case 0x8A, 0x8B: if head.has("NG\r\n", at: 1) { return png }
        case UInt8(ascii: "G"): if head.has("GIF8") { return gif }
        case UInt8(ascii: "R"):
            if head.has([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]) { return rar }
            if head.has("RIFF") || head.has("RIFX") || head.has("RF64") {
                return head.has("WEBP", at: 8) ? webp : riff
            }
        case UInt8(ascii: "B"): if head.has("BW64") { return riff }
        case UInt8(ascii: "P"):
            if head.count > 2, (0x34...0x37).contains(head[1]), head[2] == 10 || head[2] == 32 {
                return netpbm
            }
            if head.has([0x50, 0x4B, 3, 4]) || head.has([0x50, 0x4B, 5, 6]) { return zip }
        case UInt8(ascii: "7"): if head.has([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return sevenZip }
        case 0xD0: if head.has([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return compound }
        case 0xEA: if head.has("DRMION", at: 1) { return kindle }
        case UInt8(ascii: "T"): if head.has("TPZ") { return kindle }
        case UInt8(ascii: "g"):
            if head.has("glTF") { return gltf }
            if head.has("gimp xcf") { return packets }
        case 0x00: if head.has([0, 1, 0, 0]), head.be16(4).map({ 1...512 ~= $0 }) == true { return font }
        case UInt8(ascii: "t"): if head.has("true\0") || head.has("ttcf") { return font }
        case UInt8(ascii: "w"): if head.has("wOFF") || head.has("wOF2") { return font }
        case 0x80: if head.has([0x80, 1]), head.has("%!", at: 6) { return type1 }
        case 0x01: if head.has("fcp", at: 1) { return pcf }
        case 0xC5: if head.has([0xC5, 0xD0, 0xD3, 0xC6]) { return postScript }
        case 0x06: if head.has([0x06, 0x06, 0xED, 0xF5]) { return packets }
        case UInt8(ascii: "C"):
            if head.has("CWS") { return flash }
            if head.has("CDF"), head.count > 3, [1, 2, 5].contains(head[3]) { return netCDF }
        case UInt8(ascii: "S"):
            if head.has("SIMPLE  =") { return fits }
            if head.has("SQLite format 3\0") { return sqlite }
            if head.has("STARTFONT") { return bdf }
        case UInt8(ascii: "F"):
            if head.has("FORM") { return riff }
            if head.has("FWS") { return flash }
            if head.has("FLV\u{1}") { return flashVideo }
        case UInt8(ascii: "I"):
            if head.has("ID3") { return mp3 }
            if head.has("II*\0") || head.has("II+\0") || head.has("IIRO") || head.has("IIU\0") { return tiff }
        case UInt8(ascii: "M"):
            if head.has("MM\0*") || head.has("MM\0+") { return tiff }
            if head.has("MThd") { return midi }
            if head.has("MAC ") { return mp3 }
            if head.has("MZ") { return program }
        case UInt8(ascii: "A"):
            if head.has("APETAGEX") { return mp3 }
            if head.has("AT&TFORM") { return djvu }
        case UInt8(ascii: "8"): if head.has("8BPS") { return photoshop }
        case UInt8(ascii: "O"):
            if head.has("OggS") { return ogg }
            if head.has("OTTO") { return font }
        case UInt8(ascii: "f"): if head.has("fLaC") { return flac }
        case 0x1A: if head.has([0x1A, 0x45, 0xDF, 0xA3]) { return matroska }
        case 0x30: if head.has([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) { return asf }
        case UInt8(ascii: "%"):
            if head.has("%PDF-") { return pdf }
            if head.has("%!PS-AdobeFont") || head.has("%!FontType1") { return type1 }
            if head.has("%!PS") { return postScript }
        case UInt8(ascii: "#"): if head.has("#EXTM3U") { return hls }
        case UInt8(ascii: "p"): if head.has("ply\n") || head.has("ply\r\n") { return ply }
        case UInt8(ascii: "-"):
            if head.has("---\n") || head.has("---\r\n"), isProse(name) { return frontMatter }
        case UInt8(ascii: "+"): if head.has("+++\n"), isProse(name) { return frontMatter }
        default: break
        }
        if isISOMedia(head) { return isoMedia }
        if head.has("caff\0\u{1}") { return coreAudio }
        if head.has("acsp", at: 36) { return colorProfile }
        if head.has("BOOKMOBI", at: 60) || head.has("TEXtREAd", at: 60) { return kindle }
        return byEnding(head, name)
    }

    private static func byEnding(_ head: [UInt8], _ name: String) -> MediaKind? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch String(name[name.index(after: dot)...]) {
        case "svg", "svgz": return svg
        case "pdf": return head.firstIndex(of: Array("%PDF-".utf8)) == nil ? nil : pdf
        case "mp3", "mp2", "aac", "ape", "mpc", "wv", "tta", "ofr": return mp3
        case "mpd": return dash
        case "m3u8": return hls
        case "gltf", "vrm": return gltf
        case "stl": return stl
        case "exe", "dll": return nil
        case "fodt", "fods", "fodp", "fodg": return flatOpenDocument
        case "opf": return packageDocument
        case "xmp": return sidecar
        case "gguf": return head.has("GGUF") ? gguf : nil
        case "parquet", "arrow", "feather", "safetensors", "onnx", "tflite": return columns
        case "eps", "ps", "ai": return postScript
        case "tex", "ltx", "dtx": return latex
        case "kicad_sch", "kicad_pcb", "kicad_wks": return titleBlock
        default: return nil
        }
    }

    private static func isProse(_ name: String) -> Bool {
        [
            ".md", ".markdown", ".mdx", ".qmd", ".rmd", ".mkd", ".html", ".njk", ".adoc", ".rst", ".tex",
            ".txt",
        ]
        .contains { name.hasSuffix($0) }
    }

    private static func isISOMedia(_ head: [UInt8]) -> Bool {
        guard let length = head.be32(0), length == 1 || length >= 8 else { return false }
        return ["ftyp", "styp", "moov", "moof", "pssh", "wide", "jP  ", "JXL "].contains {
            head.has(Array($0.utf8), at: 4)
        }
            || head.has("mdat", at: 4) || head.has("free", at: 4) || head.has("skip", at: 4)
    }

    static let jpeg = MediaKind(name: "jpeg") { JPEGReader.read($0, into: &$1) }
    static let png = MediaKind(name: "png") { PNGReader.read($0, into: &$1) }
    static let gif = MediaKind(name: "gif") { GIFReader.read($0, into: &$1) }
    static let netpbm = MediaKind(name: "netpbm") { CommentedHead.readNetpbm($0, into: &$1) }
    static let webp = MediaKind(name: "webp") { ChunkReader.read($0, into: &$1) }
    static let riff = MediaKind(name: "riff") { ChunkReader.read($0, into: &$1) }
    static let tiff = MediaKind(name: "tiff") { TIFFReader.read($0, into: &$1) }
    static let photoshop = MediaKind(name: "psd") { PhotoshopResources.readDocument($0, into: &$1) }
    static let midi = MediaKind(name: "midi") { MIDIReader.read($0, into: &$1) }
    static let ogg = MediaKind(name: "ogg") { VorbisComment.readOgg($0, into: &$1) }
    static let matroska = MediaKind(name: "matroska") { MatroskaReader.read($0, into: &$1) }
    static let asf = MediaKind(name: "asf") { ASFReader.read($0, into: &$1) }
    static let pdf = MediaKind(name: "pdf") { PDFReader.read($0, into: &$1) }
    static let zip = MediaKind(name: "zip") { PackageDocument.read($0, into: &$1) }
    static let sevenZip = MediaKind(name: "7z") { SevenZipLock.read($0, into: &$1) }
    static let rar = MediaKind(name: "rar") { RARLock.read($0, into: &$1) }
    static let compound = MediaKind(name: "ole") { CompoundFile.read($0, into: &$1) }
    static let kindle = MediaKind(name: "kindle") { KindleReader.read($0, into: &$1) }
    static let hls = MediaKind(name: "hls") { PlaylistLock.readHLS($0, into: &$1) }
    static let dash = MediaKind(name: "dash") { PlaylistLock.readDASH($0, into: &$1) }
    static let font = MediaKind(name: "font") { FontReader.read($0, into: &$1) }
    static let type1 = MediaKind(name: "type1") { OldFontReader.readType1($0, into: &$1) }
    static let bdf = MediaKind(name: "bdf") { OldFontReader.readBDF($0, into: &$1) }
    static let pcf = MediaKind(name: "pcf") { OldFontReader.readPCF($0, into: &$1) }
    static let svg = MediaKind(name: "svg") { SVGReader.read($0, into: &$1) }
    static let gltf = MediaKind(name: "gltf") { ModelReader.readGLTF($0, into: &$1) }
    static let stl = MediaKind(name: "stl") { ModelReader.readSTL($0, into: &$1) }
    static let ply = MediaKind(name: "ply") { ModelReader.readPLY($0, into: &$1) }
    static let fits = MediaKind(name: "fits") { ScienceReader.readFITS($0, into: &$1) }
    static let netCDF = MediaKind(name: "netcdf") { ScienceReader.readNetCDF($0, into: &$1) }
    static let sqlite = MediaKind(name: "sqlite") { StringScan.read($0, prefix: "sqlite", into: &$1) }
    static let hdf5 = MediaKind(name: "hdf5") { HeapReader.read($0, into: &$1) }
    static let gguf = MediaKind(name: "gguf") { GGUFReader.read($0, into: &$1) }
    static let columns = MediaKind(name: "columns") { StringScan.read($0, prefix: "columns", into: &$1) }
    static let postScript = MediaKind(name: "postscript") { PostScriptReader.read($0, into: &$1) }
    static let flash = MediaKind(name: "swf") { FlashReader.readSWF($0, into: &$1) }
    static let flashVideo = MediaKind(name: "flv") { FlashReader.readFLV($0, into: &$1) }
    static let coreAudio = MediaKind(name: "caf") { CoreAudioReader.read($0, into: &$1) }
    static let colorProfile = MediaKind(name: "icc") { ColorProfileReader.read($0, into: &$1) }
    static let titleBlock = MediaKind(name: "kicad") { TitleBlockReader.read($0, into: &$1) }
    static let djvu = MediaKind(name: "djvu") { DjVuReader.read($0, into: &$1) }
    static let program = MediaKind(name: "pe") { WindowsVersionReader.read($0, into: &$1) }
    static let packets = MediaKind(name: "xmp") { PacketScan.read($0, into: &$1) }
    static let sidecar = MediaKind(name: "xmp") { source, contents in
        XMPPacket.read(source.read(0, XMPPacket.maximumLength), at: 0..<source.length, into: &contents)
    }
    static let latex = MediaKind(name: "latex") { LaTeXReader.read($0, into: &$1) }
    static let frontMatter = MediaKind(name: "frontmatter") { FrontMatterReader.read($0, into: &$1) }
    static let flatOpenDocument = MediaKind(name: "odf") { source, contents in
        let tree = XMLTree(source.read(0, 4 << 20)) { name, isInside in
            name == "meta" || isInside && name != "body"
        }
        OfficeReader.readOpenDocumentMetadata(tree, at: 0..<source.length, into: &contents)
    }
    static let packageDocument = MediaKind(name: "epub") { source, contents in
        EPUBReader.metadata(XMLTree(source.read(0, 4 << 20)), at: 0..<source.length, into: &contents)
    }
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
