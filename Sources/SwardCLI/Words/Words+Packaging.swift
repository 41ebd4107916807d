// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPackaging
import SwardPolicy

extension Words {
    static func text(_ error: PackagingError) -> String {
        let place = error.path.map { Self.place($0) + (error.line.map { ":\($0)" } ?? "") + ": " } ?? ""
        let files = list(error.paths.map(shown), limit: 20)
        switch error.reason {
        case .system(let call, let code): return "\(place)\(call): \(system(code))"
        case .notFound: return "\(place)no such file or folder"
        case .notAWork: return "\(place)neither a folder, nor a file, nor an archive"
        case .notAFile: return "\(place)not a file"
        case .nothingToPack:
            return "\(place)nothing to pack: there is no file with a byte in it, or all are hidden or ignored"
        case .nameNotUTF8: return listed(error, "names that are no UTF-8", "rename what is called so")
        case .badName: return listed(error, "names that a bundle cannot hold", "rename what is called so")
        case .colliding:
            return lines(
                "names that are one on some file systems", collisions(error.paths), "rename one of each")
        case .specialFile:
            return listed(
                error, "devices, sockets or pipes in the work",
                "a bundle holds files, folders and links only; move them out")
        case .badSymlink:
            return "symbolic links that lead out of the work, or to what is not packed: \(files)"
        case .tooManyFiles(let limit): return "\(place)more than \(limit) files; split the work"
        case .changed: return "\(place)changed while it was read; let it rest and pack again"
        case .interrupted: return "stopped; no torrent was written"
        case .archive(let error): return text(error)
        case .scan(let error): return text(error)
        case .withoutLicense(let found):
            let nothing = "nothing: \(list(error.paths.map(shown), limit: 20))"
            let others = found.isEmpty ? "" : "; --accept-found takes what was found for the others"
            return lines(
                "\(Amounts.count(error.paths.count, "file has", plural: "files have")) no license",
                found.isEmpty ? error.paths.map(shown) : [nothing] + proposals(found),
                "say it with --license, in REUSE.toml, in a .license file beside each, or with an SPDX-License-Identifier tag inside\(others)"
            )
        case .withoutCopyright:
            return lines(
                "\(Amounts.count(error.paths.count, "file has", plural: "files have")) no copyright notice",
                error.paths.map(shown),
                "say it with --copyright or --creator, in REUSE.toml, or with an SPDX-FileCopyrightText tag")
        case .foundOnly(let found):
            let expressions = Set(found.map(\.expression))
            let given = expressions.count == 1 ? expressions.first.map { " \(quoted($0))" } ?? "" : ""
            return lines(
                "\(Amounts.count(found.count, "file states", plural: "files state")) no terms by tag, sidecar or annotation; found was",
                proposals(found), "take what was found with --accept-found, or say it with --license\(given)")
        case .contradictsFound(let found):
            return lines(
                "\(Amounts.count(found.count, "file contradicts", plural: "files contradict")) what is to be declared",
                found.map { "\(shown($0.path)) says \($0.found), to be declared is \($0.declared)" },
                "correct the terms, or say why they hold with --despite-found REASON")
        case .fenced(let marks):
            return lines(
                "\(Amounts.count(marks.count, "thing", plural: "things")) in the work would fence it in",
                marks.map { "\(shown($0.path)): \($0.statement)" },
                "mend that, or say why it is well with --despite-found REASON")
        case .badExpression(let expression, let error): return "\(place)\(quoted(expression)): \(text(error))"
        case .badAnnotations(let problem): return "\(place)\(shown(problem))"
        case .tooManyExpressions(let limit): return "more than \(limit) different license expressions"
        case .licenseTextsMissing(let missing):
            // A license of one's own is on no list.
            let isListed = missing.contains { !$0.identifier.contains("LicenseRef-") }
            let folders = missing.flatMap(\.searched).map { path in
                path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
            }
            let places = Set(folders).sorted().map(shown).joined(separator: ", ")
            return lines(
                "license texts that must go with the work were not found",
                missing.map { text in
                    text.identifier + (text.addresses.first.map { " (it stands at \($0))" } ?? "")
                },
                "put each at LICENSES/IDENTIFIER.txt\(isListed ? ", or run `sward license update`" : ""); looked for was in \(places)"
            )
        case .badOption(let name, let value):
            return "--\(name) takes \(wanted(by: name)), not \(quoted(value))"
        case .outputExists:
            return "\(place)is there already and was not made by packing; choose another --output"
        case .outputInsideWork: return "\(place)lies inside the work; choose an --output outside"
        case .inTheWay: return "\(place)is no torrent and is in the way; move it, or say --replace"
        case .otherWork(let magnet):
            return
                "\(place)is there already and names another work, which can no longer be served from here once this one takes its place; say --replace if that is well, or --name or --output to keep both. It is \(magnet)"
        case .metainfo(let error): return "\(place)\(text(error))"
        case .bundle(let error): return "\(place)\(text(error))"
        }
    }

    /// All that is wrong in the same way, where several are; else the one place.
    private static func listed(_ error: PackagingError, _ what: String, _ remedy: String) -> String {
        let paths = error.paths.isEmpty ? [error.path ?? ""] : error.paths
        return lines(what, paths.map(Self.place), remedy)
    }

    /// Which name is one with which; where they look alike, the marks over letters are shown as escapes.
    private static func collisions(_ paths: [String]) -> [String] {
        Dictionary(grouping: paths, by: PathRules.folded).values.map { group in
            let names = group.map { path in
                let hasTwin = group.contains { $0 == path && !$0.utf8.elementsEqual(path.utf8) }
                return hasTwin ? spelled(path) : shown(path)
            }
            return names.sorted().joined(separator: " and ")
        }.sorted()
    }

    /// Every scalar that is not ASCII as an escape.
    private static func spelled(_ text: String) -> String {
        text.unicodeScalars.map { $0.isASCII ? shown(String($0)) : "\\u{\(String($0.value, radix: 16))}" }
            .joined()
    }

    /// What the value of an option of `sward pack` must be.
    private static func wanted(by option: String) -> String {
        switch option {
        case "piece-length":
            "a power of two from 16KiB to \(Amounts.bytes(Int64(PieceLayout.maximumPieceLength)))"
        case "year": "a year from 1 to 9999"
        case "date": "seconds since 1970, to the end of the year 9999"
        case "name": "a file name of 1 to 200 bytes, without / and control characters"
        case "homepage", "corresponding-source": "a URL or a URN"
        case "source":
            "an address, an expression and a title, as in https://example.org/|CC-BY-4.0|Their Work"
        case "tracker": "the http, https or udp URL of a tracker"
        case "web-seed", "http-seed": "the URL of a web server"
        default: "text of 1 to 4096 bytes without control characters"
        }
    }

    /// What was found of the terms of files, a line for those of the same terms for the same reason.
    private static func proposals(_ found: [FoundProposal]) -> [String] {
        Dictionary(grouping: found) { [$0.source ?? "", $0.expression] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { key, group in
                let source = key[0].isEmpty ? "in words only" : "as \(shown(key[0])) says"
                return "\(key[1]), \(source): \(list(group.map { shown($0.path) }, limit: 5))"
            }
    }
}

extension Words {
    static func text(_ error: LicenseUpdateError) -> String {
        switch error {
        case .badVersion(let version):
            "\(quoted(version)) is not a release of the license list; they are named like 3.28.0"
        case .fetch(let error, let url): "\(shown(url)): \(text(error))"
        case .archive(let error): text(error)
        case .wrongDigest(let found, let expected, let source):
            "\(shown(source)) has the SHA-256 \(found), expected \(expected); nothing was installed"
        case .noTexts(let source):
            "\(shown(source)) holds no license texts (text/IDENTIFIER.txt); is it a release of license-list-data?"
        case .tooManyTexts(let limit): "more than \(limit) texts; nothing was installed"
        case .files(let error): text(error)
        case .inTheWay(let path): "\(shown(path)) was not made by sward and is in the way; move it"
        case .system(let call, let path, let code): "\(shown(path)): \(call): \(system(code))"
        }
    }
}
