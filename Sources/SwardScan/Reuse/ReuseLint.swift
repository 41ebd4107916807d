// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
internal import SwardDetection
internal import SwardSPDX
internal import Synchronization

/// Whether a tree follows REUSE 3.3, and where it does not; the same answer as `reuse lint` 6.2, file by file.
public struct ReuseLint: Sendable {
    public var includesSubmodules = false
    public var includesMesonSubprojects = false
    /// As many as processors when `nil`.
    public var threads: Int?
    private let cancellation: ScanCancellation
    private let progress: (@Sendable (ScanProgress) -> Void)?

    public init(
        cancellation: ScanCancellation = ScanCancellation(),
        progress: (@Sendable (ScanProgress) -> Void)? = nil
    ) {
        self.cancellation = cancellation
        self.progress = progress
    }

    /// Checks the tree at `root`, a folder.
    ///
    /// - Throws: `.badAnnotations`, `.badDep5`, `.twoKindsOfAnnotations` where a declaration cannot be read at all: then no
    ///   file's terms are known.
    public func check(_ root: String) throws(ScanError) -> ReuseReport {
        progress?(ScanProgress(phase: .listing))
        let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? ScanError(.notFound, path: root) : ScanError(.system("open", errno), path: root)
        }
        defer { close(descriptor) }
        let tree = try ReuseTree(
            root, descriptor, includesSubmodules: includesSubmodules,
            includesMesonSubprojects: includesMesonSubprojects, isCancelled: { cancellation.isCancelled })
        let run = LintRun(tree, descriptor, cancellation, progress)
        let results = run.run(threads: threads ?? ProcessorCount.online)
        return report(tree, results)
    }

    private func report(_ tree: ReuseTree, _ results: [LintRun.Result?]) -> ReuseReport {
        var report = ReuseReport()
        report.readErrors = tree.unreadable
        var used: Set<String> = []
        for (file, result) in zip(tree.files, results) {
            guard case .read(let info)? = result else {
                if case .failed? = result { report.readErrors.append(file.path) }
                continue
            }
            report.files.append(info)
            for expression in info.expressions { used.formUnion(expression.names) }
            if !info.expressions.contains(where: \.isValid) { report.withoutLicense.append(file.path) }
            if info.copyrights.isEmpty { report.withoutCopyright.append(file.path) }
        }
        report.usedLicenses = used.sorted()
        report.isPartial = cancellation.isCancelled
        judge(tree.licenses, used, &report)
        return report
    }

    private func judge(_ licenses: [String: String], _ used: Set<String>, _ report: inout ReuseReport) {
        let present = Set(licenses.keys)
        report.missing = used.filter { name in
            !present.contains(name) && !(name.hasSuffix("+") && present.contains(String(name.dropLast())))
        }.sorted()
        for (identifier, path) in licenses {
            if !used.contains(identifier), !used.contains(identifier + "+") {
                report.unused.append(identifier)
            }
            if identifier.hasPrefix("LicenseRef-") { continue }
            guard let listed = Self.listed(identifier) else {
                report.bad.append(identifier)
                continue
            }
            if listed.isDeprecated { report.deprecated.append(identifier) }
            // `GPL-3.0-only` without an ending is its own name.
            if path.split(separator: "/").last == Substring(identifier) {
                report.withoutExtension.append(identifier)
            }
        }
        report.unused.sort()
        report.bad.sort()
        report.deprecated.sort()
        report.withoutExtension.sort()
    }

    /// In the list's own spelling.
    static func listed(_ identifier: String) -> ListedLicense? {
        let entry = LicenseList.license(identifier) ?? LicenseList.exception(identifier)
        return entry?.identifier == identifier ? entry : nil
    }
}

/// What `reuse lint --json` says.
public struct ReuseReport: Hashable, Sendable {
    public enum Source: String, Hashable, Sendable {
        case header = "file-header"
        case sidecar = "dot-license"
        case annotations = "reuse-toml"
        case dep5
    }

    public struct Copyright: Hashable, Sendable {
        public let text: String
        public let source: String
        public let kind: Source
    }

    public struct Expression: Hashable, Sendable {
        public let text: String
        public let isValid: Bool
        public let source: String
        public let kind: Source
        let names: [String]
    }

    public struct File: Hashable, Sendable {
        public let path: String
        public var copyrights: [Copyright] = []
        public var expressions: [Expression] = []
    }

    /// Covered files that could be read, by path.
    public internal(set) var files: [File] = []
    public internal(set) var usedLicenses: [String] = []
    public internal(set) var bad: [String] = []
    public internal(set) var deprecated: [String] = []
    public internal(set) var withoutExtension: [String] = []
    public internal(set) var missing: [String] = []
    public internal(set) var unused: [String] = []
    public internal(set) var readErrors: [String] = []
    public internal(set) var withoutCopyright: [String] = []
    public internal(set) var withoutLicense: [String] = []
    /// Broken off.
    public internal(set) var isPartial = false

    public var isCompliant: Bool {
        [bad, deprecated, withoutExtension, missing, unused, readErrors, withoutCopyright, withoutLicense]
            .allSatisfy(
                \.isEmpty) && files.allSatisfy { $0.expressions.allSatisfy(\.isValid) }
    }

    public var filesWithCopyright: Int { files.count - withoutCopyright.count }
    public var filesWithLicense: Int { files.count - withoutLicense.count }
    /// Expressions that cannot be read, with the files that have them.
    public var invalidExpressions: [(path: String, text: String)] {
        files.flatMap { file in file.expressions.filter { !$0.isValid }.map { (file.path, $0.text) } }
    }
}

/// Which files REUSE covers, and what lies beside them.
struct ReuseTree: Sendable {
    private(set) var files: [TreeFile] = []
    /// Identifier to path.
    private(set) var licenses: [String: String] = [:]
    private(set) var annotations: [ReuseAnnotations] = []
    private(set) var dep5: Dep5?
    /// Folders that could not be read.
    let unreadable: [String]

    init(
        _ root: String, _ descriptor: Int32, includesSubmodules: Bool, includesMesonSubprojects: Bool,
        isCancelled: @escaping () -> Bool
    ) throws(ScanError) {
        var filter = TreeWalk.Filter()
        filter.versionControl = [".git", ".hg", ".sl"]
        if let git = try? GitTree(folder: root) {
            filter.excluded = Set(try git.ignoredPaths().map { String(decoding: $0, as: UTF8.self) })
            if !includesSubmodules {
                filter.excluded.formUnion(try git.submodules().map { String(decoding: $0, as: UTF8.self) })
            }
        }
        let walk = TreeWalk(descriptor, filter: filter, isCancelled: isCancelled)
        unreadable = walk.unreadable.map(\.path)
        var opener = BeneathOpener(root: descriptor)
        func text(_ file: TreeFile) -> String? {
            let found = opener.open(file.rawPath ?? Array(file.path.utf8))
            guard found >= 0 else { return nil }
            defer { close(found) }
            let bytes = FileBytes.file(found).bytes(at: 0, count: ReuseAnnotations.maximumBytes)
            return String(validating: bytes, as: UTF8.self)
        }
        for file in walk.files {
            let path = file.path.split(separator: "/").map(String.init)
            if path.first == "LICENSES" { continue }
            if path.last == ReuseAnnotations.fileName, file.length > 0,
                !path.dropLast().contains(where: { ["LICENSES", ".reuse"].contains($0) }),
                includesMesonSubprojects || !CoveredFiles.isInSubproject(path)
            {
                guard let text = text(file) else {
                    throw ScanError(.badAnnotations("it is no UTF-8"), path: file.path)
                }
                annotations.append(try ReuseAnnotations(text, folder: path.dropLast(), mode: .lint))
            }
            if file.path == Dep5.path, let text = text(file) { dep5 = try Dep5(text) }
            if CoveredFiles.covers(
                path, length: file.length, isSymlink: false,
                includesMesonSubprojects: includesMesonSubprojects)
            {
                files.append(file)
            }
        }
        if dep5 != nil, let first = annotations.first {
            throw ScanError(.twoKindsOfAnnotations(first.name), path: Dep5.path)
        }
        findLicenses(descriptor)
    }

    /// What is ignored counts here, as the tool has it.
    private mutating func findLicenses(_ root: Int32) {
        let folder = openat(root, "LICENSES", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        var filter = TreeWalk.Filter()
        filter.versionControl = []
        let walk = TreeWalk(folder, filter: filter)
        // A link in LICENSES/ counts as what it leads to.
        for path in (walk.files.map(\.path) + walk.links).sorted() {
            guard let name = path.split(separator: "/").last, !name.hasPrefix("."),
                !name.hasSuffix(".license")
            else { continue }
            let identifier = Self.identifier(of: String(name))
            if licenses[identifier] == nil { licenses[identifier] = "LICENSES/\(path)" }
        }
    }

    private static func identifier(of name: String) -> String {
        if ReuseLint.listed(name) != nil { return name }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
            name.index(after: dot) != name.endIndex
        else { return name }
        return String(name[..<dot])
    }
}

/// The reading of all covered files by several threads.
private final class LintRun: Sendable {
    enum Result: Sendable { case read(ReuseReport.File), failed }

    private let tree: ReuseTree
    private let root: Int32
    private let cancellation: ScanCancellation
    private let progress: (@Sendable (ScanProgress) -> Void)?
    private let precedence: ReusePrecedence
    private let next = Atomic<Int>(0)
    private let state: Mutex<(results: [Result?], progress: ScanProgress)>

    init(
        _ tree: ReuseTree, _ root: Int32, _ cancellation: ScanCancellation,
        _ progress: (@Sendable (ScanProgress) -> Void)?
    ) {
        self.tree = tree
        self.root = root
        self.cancellation = cancellation
        self.progress = progress
        precedence = ReusePrecedence(tree.annotations)
        var start = ScanProgress(phase: .reading)
        start.allFiles = tree.files.count
        start.allBytes = tree.files.reduce(0) { $0 + $1.length }
        state = Mutex(([Result?](repeating: nil, count: tree.files.count), start))
    }

    func run(threads: Int) -> [Result?] {
        let threads = max(1, min(threads, (tree.files.count + 63) / 64))
        if threads == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
        }
        return state.withLock { $0.results }
    }

    private func work() {
        var opener = BeneathOpener(root: root)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { buffer.deallocate() }
        while !cancellation.isCancelled {
            let first = next.add(32, ordering: .relaxed).oldValue
            guard first < tree.files.count else { return }
            let range = first..<min(first + 32, tree.files.count)
            let found = range.map { check(tree.files[$0], &opener, buffer) }
            let report = state.withLock { state in
                for (index, result) in zip(range, found) {
                    state.results[index] = result
                    state.progress.files += 1
                    state.progress.bytes += tree.files[index].length
                }
                return state.progress
            }
            progress?(report)
        }
    }

    private func check(
        _ file: TreeFile, _ opener: inout BeneathOpener, _ buffer: UnsafeMutableRawBufferPointer
    ) -> Result {
        let path = file.path.split(separator: "/").map(String.init)
        var info = ReuseReport.File(path: file.path)
        if let paragraph = tree.dep5?.paragraph(for: file.path) {
            take(paragraph.copyrights, [paragraph.license].filter { !$0.isEmpty }, Dep5.path, .dep5, &info)
        }
        let ruling = precedence.ruling(for: path)
        var own = StatedTerms()
        var source = file.path
        var kind = ReuseReport.Source.header
        if ruling.readsFile {
            var raw = file.rawPath ?? Array(file.path.utf8)
            let sidecar = raw + Array(".license".utf8)
            if opener.status(of: sidecar) != nil {
                source += ".license"
                kind = .sidecar
                raw = sidecar
            }
            guard let tags = read(raw, isSidecar: kind == .sidecar, &opener, buffer) else { return .failed }
            own.add(
                licenses: tags.licenses.map { .init(text: $0.text, source: source, line: $0.line) },
                copyrights: tags.copyrights.map { .init(text: $0.text, source: source, line: $0.line) })
        }
        let stated = precedence.stated(ruling, own: own)
        for part in stated.annotated {
            // The tool cannot go on with a file for which a REUSE.toml has an expression that is none.
            if part.licenses.contains(where: { LooseExpression($0.text).canonical == nil }) { return .failed }
            for notice in part.copyrights { take([notice.text], [], notice.source, .annotations, &info) }
            for license in part.licenses { take([], [license.text], license.source, .annotations, &info) }
        }
        take(stated.own.copyrights.map(\.text), stated.own.licenses.map(\.text), source, kind, &info)
        return .read(info)
    }

    private func take(
        _ copyrights: [String], _ licenses: [String], _ source: String, _ kind: ReuseReport.Source,
        _ info: inout ReuseReport.File
    ) {
        for text in copyrights {
            let copyright = ReuseReport.Copyright(text: text, source: source, kind: kind)
            if !info.copyrights.contains(copyright) { info.copyrights.append(copyright) }
        }
        for text in licenses {
            let loose = LooseExpression(text)
            let expression = ReuseReport.Expression(
                text: loose.canonical ?? text, isValid: loose.canonical != nil, source: source, kind: kind,
                names: loose.names)
            if !info.expressions.contains(expression) { info.expressions.append(expression) }
        }
    }

    /// - Returns: `nil` for what cannot be read.
    private func read(
        _ path: [UInt8], isSidecar: Bool, _ opener: inout BeneathOpener,
        _ buffer: UnsafeMutableRawBufferPointer
    ) -> FileTags? {
        // A sidecar may be a link: the tool reads what it leads to. Only inside the tree, for us.
        var descriptor = opener.open(path)
        if isSidecar, descriptor == -ELOOP, let target = LinkedSidecar.target(of: path, in: root, &opener) {
            descriptor = opener.open(target.path)
        }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var scanner = TagScanner()
        var transcoder: WideText?
        var offset: Int64 = 0
        while scanner.wantsMore, !cancellation.isCancelled {
            let count = FileBytes.read(descriptor, at: offset, into: buffer)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if offset == 0 { transcoder = WideText(bytes) }
            offset += Int64(count)
            if transcoder != nil {
                let text = transcoder?.utf8(of: bytes) ?? []
                scanner.read(text.span)
            } else {
                scanner.read(bytes.bindMemory(to: UInt8.self).span)
            }
            if count < buffer.count { break }
        }
        return scanner.finish()
    }
}

/// Text that is neither UTF-8 nor UTF-16: UTF-32 with its byte order mark, and what was written before either.
private struct WideText {
    private enum Kind { case utf32(isBigEndian: Bool), latin1 }

    private let kind: Kind
    private var held: [UInt8] = []

    init?(_ head: UnsafeRawBufferPointer) {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) {
            kind = .utf32(isBigEndian: false)
        } else if head.starts(with: [0, 0, 0xFE, 0xFF]) {
            kind = .utf32(isBigEndian: true)
        } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) || Self.isUTF8(head) {
            return nil
        } else {
            // Which of the old encodings it is matters little: the sign © is the same in most of them.
            kind = .latin1
        }
    }

    /// Whether it is UTF-8 so far; the last character may be cut.
    private static func isUTF8(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.contains(where: { $0 >= 0x80 }) else { return true }
        var end = head.count
        while end > 0, head.count - end < 3, head[end - 1] & 0xC0 == 0x80 { end -= 1 }
        if end > 0, head[end - 1] >= 0xC0 { end -= 1 } else { end = head.count }
        return String(validating: head[..<end], as: UTF8.self) != nil
            && (end == head.count || String(validating: head, as: UTF8.self) != nil
                || head.count >= 256 << 10)
    }

    mutating func utf8(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard case .utf32(let isBigEndian) = kind else {
            return bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
        }
        held.append(contentsOf: bytes)
        var text = ""
        var place = 0
        while place + 4 <= held.count {
            let word = held[place..<(place + 4)]
            let value = (isBigEndian ? Array(word) : word.reversed()).reduce(UInt32(0)) {
                $0 << 8 | UInt32($1)
            }
            place += 4
            if value == 0xFEFF { continue }
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        held.removeFirst(place)
        return Array(text.utf8)
    }
}
