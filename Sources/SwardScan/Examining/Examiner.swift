// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardReport
internal import SwardSPDX

/// Caps on what one file may cost.
struct ExaminerLimits: Hashable, Sendable {
    /// A file up to this length is looked at whole, a longer one in windows of this length.
    var windowBytes = 2 << 20
    /// By which windows overlap: longer than any license text.
    var overlapBytes = 192 << 10
    /// Of a file that is no text, looked at from its beginning.
    var binaryBytes: Int64 = 16 << 20
    /// Of a text.
    var textBytes: Int64 = 1 << 30
    /// Of a medium or document that is read whole, where its reader cannot jump.
    var mediaBytes = 16 << 20
    /// Of a NOTICE or an unlisted license whose words are kept.
    var keptTextBytes = 64 << 10
    var annotationBytes = 1 << 20
    /// Lines around what was found, for pages that show them.
    var keepsExcerpts = false
    var archives = ArchiveScanLimits()
    var looksIntoArchives = true
}

/// Looks at one file after another: classes it, reads its words and fields, opens it if it is an archive.
///
/// One for each thread, as it keeps a buffer.
final class Examiner {
    let limits: ExaminerLimits
    private let detector = LicenseDetector()
    /// From file to file, so that little is allocated for each.
    private var workspace = LicenseDetector.Workspace()
    private var buffer: UnsafeMutableRawBufferPointer

    /// One for each archive that an archive being read lies in.
    private var portions: [UnsafeMutableRawBufferPointer] = []

    init(limits: ExaminerLimits) {
        self.limits = limits
        buffer = .allocate(byteCount: 256 << 10, alignment: 64)
    }

    deinit {
        buffer.deallocate()
        for portion in portions { portion.deallocate() }
    }

    /// - Parameters:
    ///   - path: From the root, or in its archive.
    ///   - length: In bytes; `nil` where an archive does not say.
    ///   - depth: Of archives around it.
    func examine(
        path: String, length: Int64?, source: FileBytes, depth: Int = 0,
        budget: ArchiveBudget = ArchiveBudget()
    ) -> Examination {
        switch source {
        case .memory(let bytes): return examine(path: path, whole: bytes, depth: depth, budget: budget)
        case .file(let descriptor):
            return examine(path: path, file: descriptor, length: length ?? 0, depth: depth, budget: budget)
        case .stream(let read):
            return examine(path: path, length: length, depth: depth, budget: budget, read)
        }
    }

    // MARK: In memory

    private func examine(
        path: String, whole bytes: UnsafeRawBufferPointer, depth: Int, budget: ArchiveBudget
    ) -> Examination {
        var result = begin(path, head: bytes, length: Int64(bytes.count))
        guard !bytes.isEmpty else { return result }
        var metadata: [FileMetadata] = []
        if wantsMetadata(result) { metadata = MetadataReader.read(path: path, bytes: bytes) }
        if wantsWords(result) {
            take(detect(bytes, of: path, role: result.role), metadata, into: &result, bytes)
        } else {
            take(FileDetection(), metadata, into: &result, bytes)
        }
        keepText(bytes, of: path, in: &result)
        if bytes.count <= limits.keptTextBytes, isText(bytes.prefix(2048)) {
            result.takeUnlistedText(bytes, of: path)
        }
        if result.content == .source, bytes.count <= Self.sketchedBytes {
            result.body = BodySketch(ByteView(bytes))
        }
        if limits.keepsExcerpts {
            result.excerpts = SourceExcerpt.cut(for: result.scanned(as: path), from: bytes)
        }
        if isOpened(path, result) { open(.memory(bytes), path: path, depth, budget, &result) }
        return result
    }

    // MARK: On disk

    private func examine(
        path: String, file: Int32, length: Int64, depth: Int, budget: ArchiveBudget
    ) -> Examination {
        if length <= Int64(limits.windowBytes) {
            reserve(Int(length))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(length)])
            let count = FileBytes.read(file, at: 0, into: part)
            guard count >= 0 else { return failed(path, length, .unreadable(Int32(-count))) }
            let bytes = UnsafeRawBufferPointer(rebasing: part[..<count])
            // The buffer is not touched by what an archive's members need: they have one of their own.
            var result = examine(path: path, whole: bytes, depth: depth, budget: budget)
            if count < Int(length) { result.gaps.append(.changed) }
            return result
        }
        let head = FileBytes.file(file).bytes(at: 0, count: 64 << 10)
        var result = head.withUnsafeBytes { begin(path, head: $0, length: length) }
        let hasFields = MetadataReader.wantsRandomAccess(path: path, head: head)
        if isOpened(path, result) {
            if hasFields { readMetadata(path, file, length, &result) }
            open(.file(file), path: path, depth, budget, &result)
            return result
        }
        if hasFields || result.content == .media && !isText(head) {
            if hasFields { readMetadata(path, file, length, &result) }
            return result
        }
        var offset: Int64 = 0
        let text = isText(head)
        // Of a long manifest or page the reader gets the beginning.
        let beginning = text ? FileBytes.file(file).bytes(at: 0, count: MetadataLimits().manifestBytes) : []
        let fields = beginning.withUnsafeBytes { MetadataReader.read(path: path, bytes: $0) }
        readWindows(path, isText: text, length: length, fields, &result) { buffer in
            let count = FileBytes.read(file, at: offset, into: buffer)
            offset += Int64(max(0, count))
            return count
        }
        return result
    }

    /// By a few reads, where its format says where to look.
    private func readMetadata(_ path: String, _ file: Int32, _ length: Int64, _ result: inout Examination) {
        let source = ByteSource(
            length: Int(clamping: length), budget: ByteSource.budget(forLength: Int(clamping: length))
        ) { offset, count in FileBytes.file(file).bytes(at: Int64(offset), count: count) }
        take(FileDetection(), MetadataReader.read(path: path, source: source), into: &result, nil)
    }

    // MARK: In order

    /// - Parameter heldBytes: Up to this length a member that is an archive itself is held in memory.
    func examineMember(
        path: String, length: Int64?, heldBytes: Int, depth: Int, budget: ArchiveBudget,
        _ read: @escaping (UnsafeMutableRawBufferPointer) -> Int
    ) -> Examination {
        examine(path: path, length: length, depth: depth, budget: budget, heldBytes: heldBytes, read)
    }

    private func examine(
        path: String, length: Int64?, depth: Int, budget: ArchiveBudget, heldBytes: Int = 0,
        _ read: @escaping (UnsafeMutableRawBufferPointer) -> Int
    ) -> Examination {
        let room = Int(min(length.map { max(0, $0) + 1 } ?? Int64(64 << 10), Int64(limits.windowBytes) + 1))
        var held = [UInt8]()
        held.reserveCapacity(max(1, room))
        var failure = 0
        var holds = limits.windowBytes
        let portion = portions.popLast() ?? .allocate(byteCount: 64 << 10, alignment: 64)
        defer { portions.append(portion) }
        while held.count <= holds {
            let count = read(portion)
            if count <= 0 {
                failure = count
                break
            }
            let isFirst = held.isEmpty
            held.append(contentsOf: portion[..<count])
            if isFirst,
                held.withUnsafeBytes({ FileKind.content(of: path, head: $0, length: length ?? 0) })
                    == .archive
            {
                holds = max(holds, heldBytes)
            }
        }
        let isWhole = held.count <= holds
        if isWhole {
            var result = held.withUnsafeBytes { examine(path: path, whole: $0, depth: depth, budget: budget) }
            if failure < 0 { result.gaps.append(.unreadable(Int32(-failure))) }
            return result
        }
        let estimate = length ?? Int64(held.count)
        var result = held.withUnsafeBytes { begin(path, head: $0, length: estimate) }
        let text = isText(held)
        if isOpened(path, result) {
            open(.stream(Self.joined(held, read)), path: path, depth, budget, &result)
        } else if result.content == .media {
            let more = Self.joined(held, read)
            var bytes: [UInt8] = []
            while bytes.count < limits.mediaBytes, case let count = more(portion), count > 0 {
                bytes.append(contentsOf: portion[..<count])
            }
            bytes.withUnsafeBytes {
                take(FileDetection(), MetadataReader.read(path: path, bytes: $0), into: &result, $0)
            }
            result.length = max(estimate, Int64(bytes.count))
        } else {
            readWindows(path, isText: text, length: estimate, [], &result, Self.joined(held, read))
        }
        return result
    }

    /// What was read already, and then the rest.
    private static func joined(
        _ held: [UInt8], _ read: @escaping (UnsafeMutableRawBufferPointer) -> Int
    ) -> (UnsafeMutableRawBufferPointer) -> Int {
        let rest = HeldBytes(held)
        return { buffer in rest.take(into: buffer) ?? read(buffer) }
    }

    private final class HeldBytes {
        private var bytes: [UInt8]
        private var taken = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// - Returns: How many bytes were copied; `nil` once there are none left.
        func take(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
            guard taken < bytes.count else {
                bytes = []
                taken = 0
                return nil
            }
            let count = min(buffer.count, bytes.count - taken)
            buffer.copyBytes(from: bytes[taken..<(taken + count)])
            taken += count
            return count
        }
    }

    /// Looks at a long file part by part. What is found is taken from the part in which it begins.
    private func readWindows(
        _ path: String, isText: Bool, length: Int64, _ fields: [FileMetadata], _ result: inout Examination,
        _ read: (UnsafeMutableRawBufferPointer) -> Int
    ) {
        let limit = isText ? limits.textBytes : limits.binaryBytes
        let size = limits.windowBytes
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        defer { window.deallocate() }
        var kept = 0
        var base = 0
        var line = 1
        var end = 0
        var expressions: [LicenseExpression] = []
        var whole = FileDetection()
        while true {
            var count = kept
            while count < size {
                let more = read(UnsafeMutableRawBufferPointer(rebasing: window[count...]))
                if more < 0 { result.gaps.append(.unreadable(Int32(-more))) }
                guard more > 0 else { break }
                count += more
            }
            let isLast = count < size || Int64(base) + Int64(size) >= limit
            let bytes = UnsafeRawBufferPointer(rebasing: window[..<count])
            let found = detect(bytes, of: path, role: result.role)
            let owned = isLast ? count : count - limits.overlapBytes
            let before = whole.findings.count
            whole.add(found, from: base, line: line, ownedBytes: owned, after: end)
            end = whole.findings.last?.bytes.upperBound ?? 0
            // The grants of a part are what it says as a whole, unless some of them belong to its neighbours.
            if let expression = found.expression, whole.findings.count - before == found.findings.count {
                expressions.append(expression)
            } else {
                expressions += whole.findings[before...].map(\.expression)
            }
            whole.isBinary = whole.isBinary || found.isBinary
            if isLast {
                if count == size, base + count < length { result.gaps.append(.cutShort) }
                break
            }
            for byte in bytes[..<owned] where byte == UInt8(ascii: "\n") { line += 1 }
            kept = count - owned
            window.copyMemory(from: UnsafeRawBufferPointer(rebasing: window[owned..<count]))
            base += owned
        }
        whole.expression = expressions.isEmpty ? nil : LicenseExpression.all(expressions)
        take(whole, fields, into: &result, nil)
        result.length = max(length, result.length)
    }

    /// Of a long file the workspace is not kept: it would hold many times its length.
    private func detect(
        _ bytes: UnsafeRawBufferPointer, of path: String = "", role: FileRole
    ) -> FileDetection {
        if OfficeText.isBody(path) {
            return OfficeText.plain(bytes).withUnsafeBytes { detect($0, role: role) }
        }
        let found = detector.detect(
            bytes, role: role, isHistory: FileRole.isHistory(path: path), using: &workspace)
        if bytes.count > Self.keptWorkspaceBytes { workspace = LicenseDetector.Workspace() }
        return found
    }

    private static let keptWorkspaceBytes = 256 << 10
    /// What people write by hand is shorter.
    private static let sketchedBytes = 256 << 10

    // MARK: What is made of it

    private func begin(_ path: String, head: UnsafeRawBufferPointer, length: Int64) -> Examination {
        var result = Examination()
        result.length = length
        result.role = FileRole(path: path)
        result.content = FileKind.content(of: path, head: head, length: length)
        return result
    }

    private func failed(_ path: String, _ length: Int64, _ gap: Examination.Gap) -> Examination {
        var result = Examination()
        result.length = length
        result.role = FileRole(path: path)
        result.gaps = [gap]
        return result
    }

    /// Compressed bytes have no words.
    private func wantsWords(_ result: Examination) -> Bool { result.content != .archive }

    private func wantsMetadata(_ result: Examination) -> Bool { true }

    private func take(
        _ detection: FileDetection, _ metadata: [FileMetadata], into result: inout Examination,
        _ bytes: UnsafeRawBufferPointer?
    ) {
        let joined = FoundTerms.join(detection, metadata) { detect($0, role: .notice) }
        result.findings = joined.findings
        result.copyrights = joined.copyrights
        result.residue = detection.residue
        result.evidence = detection.evidence + metadata.flatMap(\.evidence)
        result.expression = joined.expression
        if let notice = detection.pointers.first(where: { Self.isNotice($0.path) }),
            joined.expression?.licenses.contains(where: { $0.identifier == "Apache-2.0" }) == true
        {
            result.evidence.append(
                EnclosureEvidence(
                    mark: .strippedNotices, bytes: notice.bytes, lines: notice.lines, quote: notice.path))
        }
        result.packages = metadata.compactMap(\.packageFacts)
        result.declarations = metadata.flatMap(\.declarations)
        if detection.isCutShort { result.gaps.append(.cutShort) }
        if detection.isReadInPart { result.gaps.append(.readInPart) }
        if let bytes, result.expression == nil || result.isUnversioned || result.isPlainBSD(in: bytes),
            !detection.isBinary,
            result.role == .other || result.role == .readme
        {
            result.pointers = LicensePointer.all(in: bytes, isReadme: result.role == .readme)
        }
    }

    private static func isNotice(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map { $0.uppercased() } ?? ""
        return name == "NOTICE" || name == "NOTICE.TXT" || name == "NOTICE.MD"
    }

    private func keepText(_ bytes: UnsafeRawBufferPointer, of path: String, in result: inout Examination) {
        let limit = isAnnotations(path) ? limits.annotationBytes : limits.keptTextBytes
        guard bytes.count <= limit, isText(bytes.prefix(2048)) else { return }
        let name = path.split(separator: "/").last ?? ""
        let isNotice = name.hasPrefix("NOTICE") && result.role == .notice
        let isCustom = name.hasPrefix("LicenseRef-") && path.contains("LICENSES/")
        if isNotice || isCustom || isAnnotations(path) {
            result.text = String(decoding: bytes, as: UTF8.self)
        }
    }

    private func isAnnotations(_ path: String) -> Bool {
        path == ReuseAnnotations.fileName || path.hasSuffix("/" + ReuseAnnotations.fileName)
            || path.hasSuffix(Dep5.path) || path.hasSuffix(".license")
    }

    private func isText(_ head: some Collection<UInt8>) -> Bool {
        Array(head.prefix(2048)).withUnsafeBytes(FileKind.looksLikeText)
    }

    private func ending(of path: String) -> String {
        path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]).lowercased() } ?? ""
    }

    private func reserve(_ count: Int) {
        guard buffer.count < count else { return }
        buffer.deallocate()
        buffer = .allocate(byteCount: max(count, 1), alignment: 64)
    }

    // MARK: Archives

    private func isOpened(_ path: String, _ result: Examination) -> Bool {
        limits.looksIntoArchives
            && (result.content == .archive || FileKind.containerEndings.contains(ending(of: path)))
    }

    private func open(
        _ source: FileBytes, path: String, _ depth: Int, _ budget: ArchiveBudget, _ result: inout Examination
    ) {
        guard depth < limits.archives.depth else {
            result.gaps.append(.tooDeep(limit: limits.archives.depth))
            return
        }
        let inner = Examiner(limits: limits)
        ArchiveMembers(examiner: inner, limits: limits.archives, budget: budget, depth: depth).read(
            source, name: path, into: &result)
    }
}

extension Examination {
    /// A field such as "@license GPL" says no version; the license file that is named beside it may.
    fileprivate var isUnversioned: Bool {
        guard let name = expression?.description, name == "GPL-1.0-or-later" || name == "LGPL-2.0-or-later"
        else { return false }
        return findings.allSatisfy { $0.rule == "notice:field" || $0.expression.description != name }
    }

    /// As reports have it, without what is declared elsewhere.
    func scanned(as path: String) -> ScannedFile {
        var file = ScannedFile(path: path, length: length, content: content, role: role)
        file.findings = findings
        file.copyrights = copyrights
        // Its name says that all of it is one license, of the author's own.
        let isOwnLicense =
            !residue.isEmpty
            && path.split { $0 == "/" || $0 == "!" }.last?.hasPrefix("LicenseRef-") == true
        file.residue = isOwnLicense ? [] : residue
        file.evidence = evidence
        file.expression = expression
        file.body = body
        return file
    }
}

extension FileDetection {
    /// Copyright notices kept of one file that is read in parts.
    private static let maximumNotices = 10_000

    /// Adds what was found in a part of the file that begins at `base`, in line `line`.
    fileprivate mutating func add(
        _ part: FileDetection, from base: Int, line: Int, ownedBytes owned: Int, after end: Int
    ) {
        func moved(_ bytes: Range<Int>) -> Range<Int> {
            (bytes.lowerBound + base)..<(bytes.upperBound + base)
        }
        func moved(_ lines: ClosedRange<Int>) -> ClosedRange<Int> {
            (lines.lowerBound + line - 1)...(lines.upperBound + line - 1)
        }
        for var finding in part.findings where finding.bytes.lowerBound < owned {
            finding.bytes = moved(finding.bytes)
            finding.lines = moved(finding.lines)
            // The tail of what the part before had whole.
            guard finding.bytes.upperBound > end else { continue }
            for index in finding.differences.indices {
                finding.differences[index].bytes = moved(finding.differences[index].bytes)
            }
            findings.append(finding)
        }
        for var notice in part.copyrights
        where notice.bytes.lowerBound < owned && copyrights.count < Self.maximumNotices {
            notice.bytes = moved(notice.bytes)
            notice.lines = moved(notice.lines)
            copyrights.append(notice)
        }
        for var rest in part.residue where rest.bytes.lowerBound < owned {
            rest.bytes = moved(rest.bytes)
            rest.lines = moved(rest.lines)
            residue.append(rest)
        }
        for var fact in part.evidence where (fact.bytes?.lowerBound ?? 0) < owned {
            fact.bytes = fact.bytes.map(moved)
            fact.lines = fact.lines.map(moved)
            evidence.append(fact)
        }
        isCutShort = isCutShort || part.isCutShort
        isReadInPart = isReadInPart || part.isReadInPart
    }
}
