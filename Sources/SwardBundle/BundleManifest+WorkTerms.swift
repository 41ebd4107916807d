// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo
package import SwardPolicy

extension BundleManifest {
    /// What the policy judges, from the manifest and the names of the files alone.
    ///
    /// What only speaks about the work (``isAboutTheWork(_:)``) and symlinks belong to no part.
    package func workTerms(of info: InfoDictionary) -> WorkTerms {
        workTerms(
            of: info.files.indices.lazy.compactMap { index in
                let entry = info.files[index]
                return entry.isSymlink ? nil : (entry.path, expressionIndex(ofFile: index))
            })
    }

    /// - Parameter files: Of each that is no symlink its path and the number of its expression.
    package func workTerms(of files: some Sequence<(path: [String], expression: Int)>) -> WorkTerms {
        var parts: [Int: WorkTerms.Part] = [:]
        var hasNoticeFile = false
        for (path, number) in files {
            let name = path.joined(separator: "/")
            guard !isAboutTheWork(name) else { continue }
            let kind = FileKind(path[path.count - 1])
            if kind == .notice { hasNoticeFile = true }
            var part =
                parts[number]
                ?? WorkTerms.Part(expression: expressions[number], fileCount: 0, sampleFile: name)
            part.fileCount += 1
            if kind == .objectCode { part.containsObjectCode = true }
            if kind == .sourceCode { part.containsSourceCode = true }
            parts[number] = part
        }
        return WorkTerms(
            expression: expressions[0], parts: parts.sorted { $0.key < $1.key }.map(\.value),
            texts: Set(texts.keys), copyright: copyright, title: title, creators: creators,
            homepage: homepage,
            correspondingSource: correspondingSource,
            sources: sources.map {
                .init(title: $0.title ?? $0.url ?? "", expression: $0.expression, isModified: $0.isModified)
            },
            hasNoticeFile: hasNoticeFile)
    }

    /// Whether a file speaks about the work and is no part of it: license texts, what REUSE reads, the SPDX document
    /// and its signature.
    package func isAboutTheWork(_ name: String) -> Bool {
        if name.hasPrefix("LICENSES/") || name == document || name.hasSuffix(".license") { return true }
        if name == "REUSE.toml" || name.hasSuffix("/REUSE.toml") { return true }
        return document.map { name == $0 + ".minisig" } ?? false
    }
}

/// What a file's name says of its content.
package enum FileKind: Hashable, Sendable {
    case sourceCode, objectCode, notice, other

    private static let source: Set<String> = [
        "ada", "adb", "ads", "asm", "bas", "c", "c++", "cc", "clj", "cljs", "cob", "coffee", "cpp", "cr",
        "cs", "cu",
        "cxx", "d", "dart", "el", "elm", "erl", "ex", "exs", "f", "f90", "f95", "fs", "go", "groovy", "h",
        "hh", "hpp",
        "hrl", "hs", "hxx", "inc", "ipynb", "java", "jl", "js", "jsx", "kt", "kts", "lisp", "lua", "m", "m4",
        "mjs",
        "ml", "mli", "mm", "nim", "pas", "php", "pl", "pm", "proto", "ps1", "py", "pyx", "r", "rb", "rkt",
        "rs", "s",
        "sass", "scala", "scm", "scss", "sh", "sol", "sql", "sv", "swift", "tcl", "tex", "ts", "tsx", "v",
        "vala", "vb",
        "vhd", "vhdl", "vue", "y", "zig",
    ]
    private static let object: Set<String> = [
        "a", "apk", "appimage", "beam", "class", "com", "dll", "dylib", "efi", "elf", "exe", "jar", "ko",
        "lib", "msi",
        "o", "obj", "pyc", "pyd", "pyo", "rlib", "so", "sys", "war", "wasm", "xpi", "deb", "rpm", "snap",
        "flatpak",
    ]

    package init(_ name: String) {
        let lower = name.lowercased()
        if lower == "notice" || lower.hasPrefix("notice.") || lower.hasPrefix("notices") {
            self = .notice
            return
        }
        let elements = lower.split(separator: ".", omittingEmptySubsequences: false)
        let ending = elements.count > 1 ? String(elements[elements.count - 1]) : ""
        // `libx.so.1.2`: a version follows the ending.
        let isVersionedLibrary =
            elements.dropFirst().contains("so")
            && elements.drop { $0 != "so" }.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
        if Self.object.contains(ending) || isVersionedLibrary {
            self = .objectCode
        } else if Self.source.contains(ending)
            || ["makefile", "cmakelists.txt", "configure.ac"].contains(lower)
        {
            self = .sourceCode
        } else {
            self = .other
        }
    }
}
