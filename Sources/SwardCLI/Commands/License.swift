// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
import SwardFetch
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardSPDX

/// `sward license`: what licenses say.
struct License: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what one may, must and must not do under a license.",
        discussion: """
            The answers come from a table of clauses that is part of sward; each names the clause it rests on. A license that is \
            not in the table needs review. They are facts about licenses, not legal advice.

              sward license explain 'GPL-3.0-or-later OR MIT'
              sward license check MPL-2.0 GPL-3.0-or-later
              sward license list --category share-alike
              sward license text CC0-1.0 > LICENSES/CC0-1.0.txt
            """,
        subcommands: [Show.self, List.self, Text.self, Explain.self, Check.self, Update.self])
}

extension LicenseFacts.Category: ExpressibleByArgument {}
extension Compatibility.Use: ExpressibleByArgument {}

extension License {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one license, clause by clause.")

        @OptionGroup var output: OutputOptions
        @Argument(
            help: "An SPDX license identifier, as CC-BY-SA-4.0; with an exception in quotes.",
            completion: .licenses)
        var identifier: String

        func run() throws {
            let expression = try TypedExpression.parse(identifier)
            guard expression.terms.count == 1, let term = expression.terms.first else {
                throw Misfortune(
                    "\(Words.quoted(identifier)) names several licenses; `sward license explain` takes expressions"
                )
            }
            // Of a license that is known with an exception that is not, nothing can be said.
            if expression.terms.first?.exception != nil, let name = expression.unlisted.first {
                throw Misfortune(
                    "\(Words.quoted(name)) is not on the SPDX list; `sward license list --exceptions` shows what may stand after WITH"
                )
            }
            let report = LicenseReport(LicenseSheet(term))
            try output.show(report, text: report.write)
            if report.category == nil { throw ExitCode.findings }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the licenses of the SPDX list, those that fit.",
            discussion: "Licenses whose clauses sward knows are shown with their category.")

        @OptionGroup var output: OutputOptions
        @Argument(help: "Part of an identifier or name.") var text = ""
        @Option(help: "Only this category.") var category: LicenseFacts.Category?
        @Flag(help: "Only those the Open Source Initiative approved.") var osi = false
        @Flag(help: "Only those whose clauses sward knows.") var known = false
        @Flag(help: "Exceptions, for after WITH, in place of licenses.") var exceptions = false
        @Flag(help: "Deprecated identifiers too.") var deprecated = false

        func run() throws {
            let query = LicenseQuery(
                kind: exceptions ? .exception : .license, category: category, isOSIApproved: osi ? true : nil,
                isDeprecated: deprecated ? nil : false, isKnown: known ? true : nil, text: text)
            let entries = query.entries().map(Entry.init)
            try output.show(entries) { console in
                let width = entries.map(\.identifier.count).max() ?? 0
                for entry in entries {
                    let identifier = entry.identifier.padding(to: width)
                    let category = (entry.category ?? "").padding(to: 18)
                    console.print(
                        "\(identifier)  \(category)  \(entry.name)\(entry.replacement.map { " (now \($0))" } ?? "")"
                    )
                }
            }
            if entries.isEmpty {
                throw Misfortune("no license fits; the list is of version \(LicenseList.version)")
            }
        }

        struct Entry: Encodable {
            let identifier: String
            let name: String
            let category: String?
            let isOSIApproved: Bool
            let isDeprecated: Bool
            let replacement: String?

            init(_ entry: LicenseQuery.Entry) {
                identifier = entry.listed.identifier
                name = entry.listed.name
                category = entry.facts?.category.rawValue
                isOSIApproved = entry.listed.isOSIApproved
                isDeprecated = entry.listed.isDeprecated
                replacement = entry.listed.replacement
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a license expression: its choices, and each license in it.")

        @OptionGroup var output: OutputOptions
        @Argument(help: "An SPDX license expression, in quotes.", completion: .licenses) var expression:
            String

        func run() throws {
            let report = ExplanationReport(LicenseExplanation(try TypedExpression.parse(expression)))
            try output.show(report, text: report.write)
            if report.licenses.contains(where: { $0.category == nil }) { throw ExitCode.findings }
        }
    }
}

extension License {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether material under some licenses may go into a work under another.",
            discussion: """
                The last expression is that of the whole, all before it are parts. Of a choice one branch suffices, and is \
                named; of licenses joined by AND all must fit. The answer is yes, no, depends or needs-review, with the clauses \
                that decide. Exit code 0 says that every part may go in, 2 that one may not, or not without more.

                  sward license check Apache-2.0 GPL-2.0-only
                  sward license check MIT MPL-2.0 CC-BY-4.0 GPL-3.0-or-later
                  sward license check --use link LGPL-2.1-only MIT
                """)

        @OptionGroup var output: OutputOptions
        @Option(
            help: ArgumentHelp(
                "How the parts go in: combine (one work: code copied in, an adaptation), link (a library or font of its own), collect (side by side)."
            ))
        var use = Compatibility.Use.combine
        @Argument(
            help: "SPDX license expressions, in quotes: the parts, then the whole.", completion: .licenses)
        var expressions: [String]

        func validate() throws {
            if expressions.count < 2 { throw ValidationError("name at least one part, and the whole") }
        }

        func run() throws {
            let terms = try expressions.map { try TypedExpression.parse($0, isListed: true) }
            let report = CompatibilityReport(terms.dropLast(), in: terms[terms.count - 1], use: use)
            try output.show(report, text: report.write)
            if report.answer != Compatibility.Answer.yes.rawValue { throw ExitCode.findings }
        }
    }
}

extension License {
    struct Text: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the text of a license, as it was found on this machine.",
            discussion: """
                Looked for in what `sward license update` brought, in shared folders of sward, and in /usr/share/common-licenses.
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "An SPDX license or exception identifier.", completion: .licensesAndExceptions)
        var identifier: String

        func run() throws {
            let search = LicenseTexts().search(for: identifier)
            guard let found = search.found else {
                let places = Words.list(search.searched.map(Words.shown))
                let listed = LicenseList.license(identifier) ?? LicenseList.exception(identifier)
                guard let listed else { throw TypedExpression.unlisted(identifier) }
                throw Misfortune(
                    "the text of \(listed.identifier) was not found in \(places); run `sward license update`"
                        + (listed.addresses.first.map { ", or get it from \($0)" } ?? ""))
            }
            switch output.format {
            case .text: output.console.write(found.bytes)
            case .json:
                let text = String(decoding: found.bytes, as: UTF8.self)
                try output.show(Found(identifier: identifier, path: found.path, text: text)) { _ in }
            }
        }

        struct Found: Encodable {
            let identifier: String
            let path: String
            let text: String
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the license texts of the SPDX list to this machine.",
            discussion: """
                Downloads the official release, or takes an archive you have, and keeps the texts for `pack`. The archive's SHA-256 \
                is always shown and recorded; give the one you expect with --sha256 to have it checked.
                """)

        @OptionGroup var output: OutputOptions
        @Option(
            help: ArgumentHelp(
                "An archive or a URL in place of the official release.", valueName: "file or url"))
        var from: String?
        @Option(help: "Which release; that of the list in this sward if not given.") var release = LicenseList
            .version
        @Option(help: ArgumentHelp("What the archive must have.", valueName: "digest")) var sha256: String?
        @OptionGroup var route: ProxyOptions

        func run() async throws {
            var expected: Digest256?
            if let sha256 {
                guard let digest = Digest256(hex: sha256) else {
                    throw ValidationError("--sha256 takes 64 hexadecimal digits")
                }
                expected = digest
            }
            let source: LicenseUpdate.Source =
                from.map { $0.contains("://") ? .url($0) : .file($0) } ?? .release(release)
            let folder = Folders.live.licenses
            let proxy = try route.proxy(Configuration.load())
            let (report, _) = try await Interruption.guarding { [expected] in
                try await LicenseUpdate(folder: folder).run(
                    from: source, expected: expected, client: FetchClient(proxy: proxy))
            }
            let result = Result(
                source: report.source, sha256: report.digest.hex, bytes: report.length, texts: report.count,
                folder: report.folder)
            try output.show(result) { console in
                console.print("\(Amounts.count(result.texts, "text")) in \(Words.shown(result.folder))")
                console.print("from    \(Words.shown(result.source))")
                console.print("sha256  \(result.sha256)")
            }
        }

        struct Result: Encodable {
            let source: String
            let sha256: String
            let bytes: Int64
            let texts: Int
            let folder: String
        }
    }
}

extension String {
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
