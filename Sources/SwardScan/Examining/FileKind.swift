// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy

/// What a file is, told by its name and its first bytes.
package enum FileKind {
    /// What it is, as far as duties care.
    ///
    /// - Parameters:
    ///   - head: The first bytes; a few thousand tell.
    ///   - length: Of the whole, in bytes.
    package static func content(of path: some StringProtocol, head: UnsafeRawBufferPointer, length: Int64)
        -> ScannedFile.Content
    {
        let name = path.split { $0 == "/" || $0 == "!" }.last?.lowercased() ?? ""
        let ending = name.contains(".") ? String(name[name.index(after: name.lastIndex(of: ".")!)...]) : ""
        // Most files begin as no magic does, and need not be held against each.
        let mayBeMagic = head.first.map { magicStarts[Int($0)] } ?? false
        if mayBeMagic, isObjectCode(head, ending: ending) { return .objectCode }
        if codeEndings.contains(ending), !looksLikeText(head) { return .objectCode }
        if (mayBeMagic && isArchive(head)) || isTar(head) { return .archive }
        // Some endings of archives are those of texts as well: `build.pkg`.
        if archiveEndings.contains(ending), head.isEmpty || !looksLikeText(head) {
            return .archive
        }
        if ending == "torrent", isBencoded(head) { return .data }
        if mediaEndings.contains(ending) { return .media }
        if mayBeMagic, let known = magicMedia(head) { return known }
        if head.count >= 12, head[4] == 0x66, head[5] == 0x74, head[6] == 0x79, head[7] == 0x70 {
            return .media
        }
        let isText = looksLikeText(head)
        if isText, minifiable.contains(ending) {
            return name.contains(".min.") || isMinified(head, length: length) ? .minified : .source
        }
        if isText,
            sourceEndings.contains(ending) || sourceNames.contains(name)
                || head.starts(with: Array("#!".utf8))
        {
            return .source
        }
        if dataEndings.contains(ending) { return .data }
        return isText ? .text : .other
    }

    /// Control characters that no text has, outside of UTF-16.
    static func looksLikeText(_ head: UnsafeRawBufferPointer) -> Bool {
        if head.count >= 2, head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF {
            return true
        }
        return !head.prefix(2048).contains { $0 < 7 || ($0 > 13 && $0 < 32 && $0 != 27) || $0 == 127 }
    }

    // MARK: Programs

    private static func isObjectCode(_ head: UnsafeRawBufferPointer, ending: String) -> Bool {
        func starts(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
        if starts([0x7F, 0x45, 0x4C, 0x46]) || starts([0x00, 0x61, 0x73, 0x6D]) { return true }
        // Mach-O in both orders, thin and fat; a fat one and a class of Java share four bytes, and both are code.
        for magic: [UInt8] in [
            [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE],
            [0xCF, 0xFA, 0xED, 0xFE],
            [0xCA, 0xFE, 0xBA, 0xBE], [0xDE, 0xC0, 0x17, 0x0B], [0x42, 0x43, 0xC0, 0xDE],
        ] where starts(magic) { return true }
        if starts(Array("dex\n".utf8)) || starts(Array("!<arch>\n/".utf8)) || starts(Array("!<thin>\n".utf8))
        {
            return true
        }
        // PE: the offset of its head stands at 60.
        if starts([0x4D, 0x5A]), head.count >= 64 {
            let offset = (0..<4).reduce(0) { $0 | Int(head[60 + $1]) << (8 * $1) }
            if offset + 4 <= head.count { return head[offset] == 0x50 && head[offset + 1] == 0x45 }
            return ["exe", "dll", "sys", "ocx"].contains(ending)
        }
        return false
    }

    private static let codeEndings: Set<String> = ["pyc", "pyo", "beam", "elc", "o", "obj"]

    /// By first byte, whether anything that is told by its first bytes begins with it: programs, archives, media.
    private static let magicStarts: [Bool] = {
        var starts = [Bool](repeating: false, count: 256)
        for byte: UInt8 in [
            0x00, 0x04, 0x1A, 0x1F, 0x28, 0x37, 0x42, 0x49, 0x4D, 0x50, 0x52, 0x7F, 0x89, 0xCA, 0xCE, 0xCF,
            0xDE, 0xED, 0xFD, 0xFE, 0xFF,
        ] + Array("!%08GILOSWdfwx".utf8) { starts[Int(byte)] = true }
        return starts
    }()

    // MARK: Archives

    private static let archiveEndings: Set<String> = [
        "tar", "tgz", "tbz", "tbz2", "txz", "tzst", "gz", "bz2", "xz", "zst", "lz", "lzma", "lz4", "zip",
        "jar", "war",
        "ear", "aar", "whl", "egg", "gem", "crate", "deb", "udeb", "rpm", "iso", "7z", "cab", "rar", "apk",
        "aab", "ipa",
        "nupkg", "vsix", "xpi", "crx", "cpio", "xar", "pkg", "lha", "lzh", "warc", "snupkg", "conda", "phar",
    ]

    /// Documents that are archives and are looked into as well.
    static let containerEndings: Set<String> = [
        "epub", "docx", "xlsx", "pptx", "dotx", "odt", "ods", "odp", "odg", "odf", "ott", "kra", "ora", "cbz",
        "idml", "sketch", "3mf", "usdz", "kmz", "mscz", "mxl",
    ]

    static func isArchive(_ head: UnsafeRawBufferPointer) -> Bool {
        for magic: [UInt8] in [
            [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [0x1F, 0x8B, 8],
            [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x28, 0xB5, 0x2F, 0xFD],
            [0x52, 0x61, 0x72, 0x21, 0x1A, 7],
            [0x4D, 0x53, 0x43, 0x46], [0xED, 0xAB, 0xEE, 0xDB], Array("!<arch>\ndebian".utf8),
            Array("070701".utf8),
            Array("070707".utf8), Array("xar!".utf8), Array("WARC/".utf8), [0x04, 0x22, 0x4D, 0x18],
            Array("LZIP".utf8),
        ] where head.starts(with: magic) { return true }
        return isTar(head)
    }

    private static func isTar(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count >= 262 && head[257] == UInt8(ascii: "u") && head[257..<262].elementsEqual("ustar".utf8)
    }

    // MARK: Media and data

    /// `d8:announce`: a bencoded dictionary.
    private static func isBencoded(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.first == UInt8(ascii: "d") else { return false }
        let digits = head.dropFirst().prefix(4).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return !digits.isEmpty && digits.endIndex < head.count && head[digits.endIndex] == UInt8(ascii: ":")
    }

    private static func magicMedia(_ head: UnsafeRawBufferPointer) -> ScannedFile.Content? {
        for magic: [UInt8] in [
            [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("%PDF-".utf8),
            Array("OggS".utf8),
            Array("fLaC".utf8), Array("ID3".utf8), [0x1A, 0x45, 0xDF, 0xA3], Array("8BPS".utf8),
            Array("OTTO".utf8),
            Array("wOFF".utf8), Array("wOF2".utf8), [0, 1, 0, 0, 0], [0x49, 0x49, 0x2A, 0],
            [0x4D, 0x4D, 0, 0x2A],
        ] where head.starts(with: magic) { return .media }
        if head.count >= 12, head.starts(with: Array("RIFF".utf8)) { return .media }
        if head.starts(with: Array("SQLite format 3\0".utf8)) { return .data }
        return nil
    }

    private static let mediaEndings: Set<String> = Set<String>([
        "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp", "ico", "psd", "xcf", "svg", "svgz", "avif",
        "heic", "jxl",
        "mp3", "ogg", "oga", "opus", "flac", "wav", "aif", "aiff", "m4a", "aac", "wma", "mid", "midi", "mod",
        "xm",
        "mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "asf", "ogv", "mpg", "mpeg", "ts", "flv", "3gp",
        "pdf", "ps", "eps", "djvu", "mobi", "azw", "azw3", "ttf", "otf", "woff", "woff2", "ttc", "pfb",
        "blend", "fbx",
        "glb", "gltf", "stl", "obj", "ply", "dae", "epub", "odt", "odp", "odg", "docx", "pptx", "kra", "ora",
    ]).subtracting(["ts", "mod", "obj"])

    private static let dataEndings: Set<String> = [
        "json", "jsonl", "geojson", "csv", "tsv", "xml", "yaml", "yml", "toml", "ini", "sqlite", "db", "gpkg",
        "parquet", "npy",
        "npz", "h5", "hdf5", "mat", "rdf", "ttl", "nt", "n3", "owl", "po", "pot", "mo", "dat", "bin", "shp",
        "dbf", "ods", "xlsx",
        "arrow", "feather", "avro", "pickle", "pkl", "onnx", "safetensors", "gguf", "lock", "properties",
        "plist", "topojson", "kml",
    ]

    private static let sourceEndings: Set<String> = [
        "c", "h", "cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "h++", "inl", "ipp", "m", "mm", "swift",
        "rs", "go", "java", "kt", "kts", "scala",
        "groovy", "clj", "cljs", "cs", "fs", "fsx", "vb", "py", "pyi", "pyx", "pxd", "rb", "pl", "pm", "t",
        "php", "lua", "tcl", "r", "jl", "hs",
        "lhs", "ml", "mli", "elm", "erl", "hrl", "ex", "exs", "nim", "zig", "d", "dart", "pas", "pp", "ada",
        "adb", "ads", "f", "f90", "f95",
        "f03", "f77", "for", "asm", "s", "sx", "nasm", "sh", "bash", "zsh", "fish", "ksh", "csh", "bat",
        "cmd", "ps1", "psm1", "awk", "sed", "sql",
        "ts", "tsx", "jsx", "mts", "cts", "vue", "svelte", "coffee", "less", "scss", "sass", "styl", "html",
        "htm", "xhtml", "jsp", "asp",
        "aspx", "erb", "ejs", "hbs", "mustache", "tmpl", "j2", "el", "lisp", "cl", "scm", "ss", "rkt", "vim",
        "y", "yy", "l", "ll", "lex",
        "proto", "thrift", "idl", "fbs", "capnp", "glsl", "vert", "frag", "hlsl", "metal", "wgsl", "cu",
        "cuh", "v", "sv", "svh", "vhd", "vhdl",
        "cmake", "mk", "mak", "am", "ac", "m4", "gradle", "bzl", "bazel", "nix", "tf", "tex", "sty", "cls",
        "ltx", "bib", "dtx", "ins", "qml",
        "dts", "dtsi", "ld", "lds", "gd", "sol", "vala", "vapi", "po4a", "in", "rc", "spec", "wat", "pro",
        "pri", "sci", "ino", "pde", "mod",
    ]

    private static let sourceNames: Set<String> = [
        "makefile", "gnumakefile", "dockerfile", "containerfile", "configure", "cmakelists.txt", "rakefile",
        "gemfile", "jenkinsfile", "vagrantfile",
        "meson.build", "kconfig", "sconstruct", "build", "workspace", "justfile", "configure.ac",
        "configure.in",
    ]

    private static let minifiable: Set<String> = ["js", "mjs", "cjs", "css"]

    /// Lines so long that nobody wrote them: more than 500 bytes a line on average, of what is there to see.
    private static func isMinified(_ head: UnsafeRawBufferPointer, length: Int64) -> Bool {
        guard length > 1000 else { return false }
        let part = head.prefix(64 << 10)
        var lines = 1
        var spaces = 0
        for byte in part {
            if byte == UInt8(ascii: "\n") { lines += 1 } else if byte == UInt8(ascii: " ") { spaces += 1 }
        }
        return part.count / lines > 500 && spaces * 8 < part.count
    }
}
