// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import FoundationEssentials
import Glibc
import SwardDetection
import SwardPackaging
import SwardPolicy
import SwardReport
import SwardScan

/// `sward scan`: every license of a tree, every conflict, every missing duty.
struct Scan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the license of every file, what clashes, and what is missing.",
        discussion: """
            Scans a folder, a file, an archive (what is in it, too) or a git repository: there the files that git tracks. Nothing is \
            sent anywhere, nothing in the tree is run, and nothing is written but a cache.

            Ends with 0 when nothing is wrong, with 2 when something is (see --fail-on), with 1 when it could not scan or was \
            interrupted: the report then covers what was done by then, and says so.

              sward scan .
              sward scan --policy commons --format sarif --output sward.sarif .
              sward scan --reuse
              sward scan --staged --quiet
              sward scan release.tar.gz --explain
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text, json
        case spdx = "spdx-json"
        case spdxTagValue = "spdx"
        case spdx3 = "spdx3-json"
        case cyclonedx, sarif
        case debianCopyright = "debian-copyright"
        case notice, html

        var report: ReportFormat? { ReportFormat(rawValue: rawValue) }
    }

    @Argument(help: "The folder, file or archive to scan.", completion: .file()) var path = "."

    @Option(name: .long, help: "How to write the report.") var format: Form = .text
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"),
        completion: .file())
    var output: String?
    @Flag(help: "Say of every file what was found in it and where, and of every duty its clause.")
    var explain = false
    @Flag(name: .shortAndLong, help: "No progress, no remarks; results and errors only.") var quiet = false

    @OptionGroup(title: "What to scan") var selection: SelectionOptions
    @OptionGroup(title: "Policy") var policy: ScanPolicyOptions

    @Flag(help: "Check the tree against REUSE 3.3 instead, as `reuse lint` does.") var reuse = false
    @Option(help: ArgumentHelp("How many threads; one for each processor if not given.", valueName: "count"))
    var threads: Int?
    @Flag(inversion: .prefixedNo, help: "Remember what was found in files, by their content.") var cache =
        true

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes 1 to 1024") }
        if reuse, ![.text, .json].contains(format) {
            throw ValidationError("--reuse is written as text or json")
        }
        if reuse, selection.isPartial {
            throw ValidationError(
                "--reuse checks the tree as it lies there; leave out --rev, --since and --staged")
        }
        if [selection.rev != nil, selection.since != nil, selection.staged].filter({ $0 }).count > 1 {
            throw ValidationError("--rev, --since and --staged exclude each other")
        }
    }

    func run() async throws {
        if path.hasSuffix(".torrent"), (try? TorrentFile.read(path)) != nil {
            throw Misfortune(
                "\(Words.shown(path)): a torrent, which names a work and holds none of it; `sward inspect` shows its terms, and the work's folder can be scanned"
            )
        }
        if reuse { return try await checkReuse() }
        let (options, rules) = try options()
        let cancellation = ScanCancellation()
        let line = ProgressLine("scanning", isQuiet: quiet)
        let work = path
        let (report, wasInterrupted) = try await Interruption.guarding {
            try await withTaskCancellationHandler {
                defer { line.finish() }
                return try Scanner(options, cancellation: cancellation, progress: { line.show($0) }).scan(
                    work)
            } onCancel: {
                cancellation.cancel()
            }
        }
        let reasons = policy.reasons(report.judgement, rules)
        try write(report, ScanResult(report, explains: explain, reasons: reasons))
        if let path = policy.writeBaseline {
            guard !wasInterrupted else { throw interrupted }
            let text = PolicyBaseline(report.judgement.policyFindings).text
            try SmallFile.writeOutput(Array(text.utf8), to: path)
            return
        }
        if wasInterrupted { throw interrupted }
        if let first = report.unread.first {
            let more = report.unread.count > 1 ? " and \(report.unread.count - 1) more" : ""
            throw Misfortune("\(Words.shown(first))\(more) could not be read; the report is not whole")
        }
        if !reasons.isEmpty { throw ExitCode.findings }
    }

    private var interrupted: Misfortune { Misfortune("stopped before the end; the report is not whole") }

    private func options() throws -> (ScanOptions, PolicyRules) {
        let configuration = try Configuration.load()
        var (rules, name) = try policy.rules(configuration)
        // The command line before the policy, the policy before the configuration.
        if let said = policy.noncommercial { rules.profile.isNoncommercial = said }
        var options = ScanOptions()
        options.selection = selection.selection
        options.includesSubmodules = selection.includeSubmodules
        options.looksIntoArchives = selection.archives
        options.threads = threads
        options.cachePath = cache ? Folders.live.scanCache : nil
        options.engineVersion = Sward.buildIdentity
        options.operatorProfile = OperatorProfile(
            isNoncommercial: policy.noncommercial ?? configuration.operator?.noncommercial ?? false)
        options.policy = rules
        options.policyName = name
        options.toolVersion = Sward.version
        let now = try Self.sourceDateEpoch() ?? Int64(time(nil))
        options.createdAt = now
        options.today = CalendarDate(daysSince1970: now / 86400)
        options.prepare(for: [format.report].compactMap { $0 })
        options.baseline = try policy.baselineRead()
        return (options, rules)
    }

    private func write(_ report: ScanReport, _ result: ScanResult) throws {
        guard let form = format.report else {
            guard let output else { return result.write(to: .live) }
            try SmallFile.writeOutput(
                Array((result.lines(isPlain: true).joined(separator: "\n") + "\n").utf8), to: output)
            return
        }
        if let output {
            var bytes: [UInt8] = []
            form.render(report) { bytes += $0 }
            try SmallFile.writeOutput(bytes, to: output)
        } else {
            form.render(report) { Console.live.write($0) }
        }
    }

    private func checkReuse() async throws {
        let cancellation = ScanCancellation()
        let line = ProgressLine("checking", isQuiet: quiet)
        var lint = ReuseLint(cancellation: cancellation, progress: { line.show($0) })
        lint.includesSubmodules = selection.includeSubmodules
        lint.includesMesonSubprojects = selection.includeMesonSubprojects
        lint.threads = threads
        let (check, root) = (lint, path)
        let (report, wasInterrupted) = try await Interruption.guarding {
            try await withTaskCancellationHandler {
                defer { line.finish() }
                return try check.check(root)
            } onCancel: {
                cancellation.cancel()
            }
        }
        let result = ReuseResult(report)
        let text =
            format == .json ? try result.json() : Array((result.lines.joined(separator: "\n") + "\n").utf8)
        if let output { try SmallFile.writeOutput(text, to: output) } else { Console.live.write(text) }
        if wasInterrupted { throw interrupted }
        if !report.isCompliant { throw ExitCode.findings }
    }

    private static func sourceDateEpoch() throws -> Int64? {
        guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else { return nil }
        guard let seconds = Int64(text), seconds >= 0, seconds < 253_402_300_800 else {
            throw Misfortune(
                "SOURCE_DATE_EPOCH is \(Words.quoted(text)), not a number of seconds; unset or correct it")
        }
        return seconds
    }
}

/// Which files are meant.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The files of a commit, as they were.", valueName: "revision")) var rev:
        String?
    @Option(
        help: ArgumentHelp(
            "Only files that differ from a commit, in the index or on disk.", valueName: "revision"))
    var since: String?
    @Flag(help: "Only what is staged, with its staged content: for a hook.") var staged = false
    @Flag(help: "In a repository also files that git does not track, but for those it ignores.")
    var allFiles = false
    @Flag(help: "Go into submodules, too.") var includeSubmodules = false
    @Flag(help: "With --reuse, go into Meson subprojects, too.") var includeMesonSubprojects = false
    @Flag(inversion: .prefixedNo, help: "Look into archives.") var archives = true

    var isPartial: Bool { rev != nil || since != nil || staged }

    var selection: ScanOptions.Selection {
        if let rev { return .revision(rev) }
        if let since { return .since(since) }
        if staged { return .staged }
        return allFiles ? .all : .tracked
    }
}

/// What may pass, for whom, and what makes the command fail.
struct ScanPolicyOptions: ParsableArguments {
    enum Threshold: String, ExpressibleByArgument, CaseIterable {
        case hint, clashes, forbids, note, warning, error, never
    }

    @Option(
        help: ArgumentHelp(
            "A policy file, or redistributable, commons or protected.",
            discussion: "The configuration may set another default than redistributable.", valueName: "policy"
        ),
        completion: .policies)
    var policy: String?
    @Flag(
        inversion: .prefixedNo,
        help: "Whether you share without payment and commercial ends, as CC BY-NC and its like ask.")
    var noncommercial: Bool?
    @Option(
        help: ArgumentHelp(
            "From what weight on findings end with 2: of marks hint, clashes or forbids, of all findings note, warning or error.",
            discussion: "If not given, errors by the policy and marks that clash.", valueName: "weight"))
    var failOn: Threshold?
    @Option(
        help: ArgumentHelp("Findings listed in this file are old and do not count.", valueName: "file"),
        completion: .file())
    var baseline: String?
    @Option(
        help: ArgumentHelp("Write what is found into this file as old, and end with 0.", valueName: "file"),
        completion: .file())
    var writeBaseline: String?

    /// - Returns: The rules, and what they are called.
    func rules(_ configuration: Configuration) throws -> (PolicyRules, String) {
        let name = policy ?? configuration.operator?.policy ?? Gate.Policy.redistributable.rawValue
        if let preset = Gate.Policy(rawValue: name) { return (PolicyRules(preset: preset), name) }
        guard let bytes = try SmallFile.read(name, limit: 256 << 10) else {
            throw Misfortune(
                "\(Words.quoted(name)) is neither a policy file nor one of \(Words.list(Gate.Policy.allCases.map(\.rawValue)))"
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Misfortune("\(Words.shown(name)): no UTF-8 text; correct it")
        }
        do throws(PolicyError) { return (try PolicyRules.parse(toml: text), name) } catch {
            throw Misfortune(
                "\(Words.shown(name))\(error.line.map { ":\($0)" } ?? ""): \(Words.policyProblem(error))")
        }
    }

    func baselineRead() throws -> PolicyBaseline? {
        guard let baseline else { return nil }
        guard let bytes = try SmallFile.read(baseline, limit: 64 << 20) else {
            throw Misfortune("\(Words.shown(baseline)): not found; write it with --write-baseline")
        }
        guard let found = PolicyBaseline(text: String(decoding: bytes, as: UTF8.self)) else {
            throw Misfortune(
                "\(Words.shown(baseline)): no baseline, which begins with \(Words.quoted(PolicyBaseline.mark)); write it with --write-baseline"
            )
        }
        return found
    }

    /// The findings that make the command end with 2.
    func reasons(_ judgement: WorkJudgement, _ rules: PolicyRules) -> [PolicyFinding] {
        let findings = judgement.policyFindings
        return switch failOn {
        case nil: findings.standing(from: rules.threshold) + judgement.standing(from: .clashes)
        case .never: []
        case .note: findings.standing(from: .note)
        case .warning: findings.standing(from: .warning)
        case .error: findings.standing(from: .error)
        case .hint: judgement.standing(from: .hint)
        case .clashes: judgement.standing(from: .clashes)
        case .forbids: judgement.standing(from: .forbids)
        }
    }
}

extension ProgressLine {
    func show(_ progress: ScanProgress) {
        switch progress.phase {
        case .listing: say("looking for files")
        case .reading:
            show(
                Progress(
                    done: progress.bytes, total: progress.allBytes,
                    remark: "\(progress.files) of \(progress.allFiles) files"))
        case .judging: say("judging")
        }
    }
}
