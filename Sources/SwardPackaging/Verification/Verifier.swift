// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardBencode
internal import SwardBundle
internal import SwardCrypto
internal import SwardMetainfo
public import SwardPolicy
internal import SwardPrimitives
internal import SwardStorage

/// Checks a bundle on disk: every byte, every signature, every term. Writes nothing.
public struct Verifier: Sendable {
    /// Whether the digests in the SPDX document are compared too: a second reading of every file.
    public var comparesDocumentDigests = true
    /// Keys the user knows, by name.
    public var trusted: [TrustedKey]
    public var operatorProfile: OperatorProfile
    private let progress: (@Sendable (PackProgress) -> Void)?

    public init(
        trusted: [TrustedKey] = [], operatorProfile: OperatorProfile = OperatorProfile(),
        progress: (@Sendable (PackProgress) -> Void)? = nil
    ) {
        self.trusted = trusted
        self.operatorProfile = operatorProfile
        self.progress = progress
    }

    /// Checks the payload of the torrent at `torrent`.
    ///
    /// - Parameter folder: The bundle's folder, or the one it lies in; by default that of the torrent.
    /// - Throws: When the torrent cannot be read, or nothing lies where the payload should; all else is a finding.
    public func verify(torrent: String, folder: String? = nil) throws(PackagingError) -> VerificationReport {
        let metainfo = try TorrentFile.read(torrent)
        let info = metainfo.info
        let payload = try Self.payload(of: info, torrent: torrent, folder: folder)
        var report = VerificationReport(torrent: torrent, payload: payload, info: info)
        let sound = try checkFiles(metainfo, &report)
        checkTerms(info, sound: sound, &report)
        return report
    }

    /// - Parameter sound: The numbers of the files that are as the hashes say.
    func checkTerms(_ info: InfoDictionary, sound: Set<Int>, _ report: inout VerificationReport) {
        checkSignatures(info, &report)
        do throws(BundleError) {
            report.manifest = try BundleManifest.read(info)
        } catch {
            report.findings.append(.init(.badManifest(error)))
            return
        }
        if let manifest = report.manifest {
            report.verdict = Verdict.judge(manifest.workTerms(of: info), operator: operatorProfile)
            TermsCheck(info: info, manifest: manifest, payload: report.payload, sound: sound).run(
                verifier: self, into: &report)
        } else if let evidence = Self.evidenceOfTerms(in: info) {
            report.findings.append(.init(.strippedManifest, path: evidence))
        }
        scan(info, sound: sound, &report)
    }

    /// Looks at the files themselves: declared against found, or, where nothing is declared, what is found.
    private func scan(_ info: InfoDictionary, sound: Set<Int>, _ report: inout VerificationReport) {
        let scan: PayloadScan
        do throws(PackagingError) {
            scan = try PayloadScan(
                of: info, manifest: report.manifest, payload: report.payload, sound: sound,
                operator: operatorProfile)
        } catch {
            report.findings.append(.init(.unreadableTerms(error), path: error.path))
            return
        }
        if report.manifest == nil {
            report.foundVerdict = scan.judgement.verdict
            report.foundExpression = scan.expression
            return
        }
        let known = Set(report.findings.compactMap(\.path))
        for item in scan.contradictions where !known.contains(item.path) {
            report.findings.append(
                .init(.foundOtherwise(found: item.found, declared: item.declared), path: item.path))
        }
        for mark in scan.fences { report.findings.append(.init(.enclosed(mark), path: mark.path)) }
    }

    /// The name of a key, if the user knows that very key.
    func name(of key: PublicKey) -> String? { trusted.first { $0.publicKey == key }?.name }

    private static func payload(
        of info: InfoDictionary, torrent: String, folder: String?
    ) throws(PackagingError) -> String {
        let base = folder ?? SmallFile.split(torrent).folder
        var status = stat()
        let named = "\(base)/\(info.name)"
        let isThere = lstat(named, &status) == 0 && (status.st_mode & S_IFMT == S_IFREG) == info.isSingleFile
        if folder != nil, !info.isSingleFile, stat(base, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            // A work may hold a folder of its own name, as Python packages do.
            if !isThere || presentCount(of: info, in: base) > presentCount(of: info, in: named) {
                return base
            }
        }
        guard isThere else { throw PackagingError(.notFound, path: named) }
        return named
    }

    /// How many of a work's files lie in a folder; of a large work its first thousand.
    private static func presentCount(of info: InfoDictionary, in folder: String) -> Int {
        var status = stat()
        return info.files.indices.prefix(1000).count { index in
            lstat("\(folder)/\(info.files.path(of: index).joined(separator: "/"))", &status) == 0
        }
    }

    /// What shows that the payload was packed with terms.
    private static func evidenceOfTerms(in info: InfoDictionary) -> String? {
        for index in info.files.indices {
            let path = info.files.path(of: index)
            let name = path.joined(separator: "/")
            if path.count == 1, name.hasSuffix(SPDXDocument.fileSuffix) { return name }
            if path.count == 2, path[0] == "LICENSES" { return name }
        }
        return nil
    }

    private func checkSignatures(_ info: InfoDictionary, _ report: inout VerificationReport) {
        do throws(BundleError) {
            for check in try BundleSigning.check(info) {
                let key = check.signature.key
                if let failure = check.failure {
                    report.findings.append(.init(.badSignature(key, failure)))
                } else {
                    report.signers.append(
                        .init(
                            subject: .bundle, key: key, trustedName: name(of: key),
                            trustedComment: check.signature.minisig.trustedComment.text))
                }
            }
        } catch {
            report.findings.append(.init(.malformedSignatures(error)))
        }
    }
}

// MARK: Files

extension Verifier {
    /// - Returns: The numbers of the files that are as the hashes say.
    private func checkFiles(
        _ metainfo: Metainfo, _ report: inout VerificationReport
    ) throws(PackagingError) -> Set<Int> {
        let info = metainfo.info
        var listing: [String: PayloadListing.Kind] = [:]
        if !info.isSingleFile {
            guard let found = PayloadListing(report.payload) else {
                throw PackagingError(.notFound, path: report.payload)
            }
            listing = found.items
            for (folder, reason) in found.unreadable.sorted(by: { $0.key < $1.key }) {
                report.findings.append(.init(.unreadable(reason), path: folder))
            }
        }
        // Most programs write no attributes: what says of no file that it is executable is silent about all of them.
        let tellsExecutable =
            info.extra(BundleManifest.key) != nil || info.files.contains(where: \.isExecutable)
        var bad: Set<Int> = []
        var missing: [Int] = []
        for index in info.files.indices {
            let entry = info.files[index]
            let name = entry.path.joined(separator: "/")
            let kind = info.isSingleFile ? Self.kind(of: report.payload) : listing.removeValue(forKey: name)
            guard let fault = Self.fault(of: entry, found: kind, tellsExecutable) else { continue }
            bad.insert(index)
            if fault == .missing {
                missing.append(index)
            } else {
                report.findings.append(.init(fault, path: name))
            }
        }
        // What other clients leave for the padding of hybrids.
        // And what packing leaves out of an author's own folder: hidden files, unless the bundle has any itself.
        let hasHidden = info.files.indices.contains { info.files.path(of: $0).contains { $0.hasPrefix(".") } }
        let extra = listing.keys.filter { name in
            !name.hasPrefix(".pad/") && (hasHidden || !name.hasPrefix(".") && !name.contains("/."))
        }.sorted()
        let (renamed, rest) = try findRenamed(
            missing, among: extra, listing, metainfo, payload: report.payload)
        for index in missing {
            let name = info.files.path(of: index).joined(separator: "/")
            report.findings.append(.init(renamed[index].map { .renamed(to: $0) } ?? .missing, path: name))
        }
        for name in rest { report.findings.append(.init(.extra, path: name)) }
        try checkBytes(metainfo, &bad, &report)
        report.findings.sort { ($0.path ?? "", "\($0.fault)") < ($1.path ?? "", "\($1.fault)") }
        let sound = Set(info.files.indices).subtracting(bad)
        report.checkedFiles = sound.count
        report.checkedLength = sound.reduce(0) { $0 + info.files[$1].length }
        return sound
    }

    private static func kind(of path: String) -> PayloadListing.Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { return .other }
        return .file(length: Int64(status.st_size), isExecutable: status.st_mode & S_IXUSR != 0)
    }

    /// What can be told without reading the file.
    private static func fault(
        of entry: FileEntry, found: PayloadListing.Kind?, _ tellsExecutable: Bool
    ) -> VerificationReport.Fault? {
        guard let found else { return .missing }
        if let target = entry.symlinkTarget {
            let expected = LinkTarget.relative(from: entry.path, to: target)
            guard case .symlink(let text) = found else { return .symlink(found: nil, expected: expected) }
            return LinkTarget.fromRoot(linkAt: entry.path, target: text) == target
                ? nil : .symlink(found: text, expected: expected)
        }
        guard case .file(let length, let isExecutable) = found else { return .notAFile }
        if length != entry.length { return .length(found: length, expected: entry.length) }
        return isExecutable == entry.isExecutable || !tellsExecutable
            ? nil : .executable(expected: entry.isExecutable)
    }

    private func checkBytes(
        _ metainfo: Metainfo, _ bad: inout Set<Int>, _ report: inout VerificationReport
    ) throws(PackagingError) {
        let info = metainfo.info
        let numbers = info.files.indices.filter { !info.files[$0].isSymlink }
        let paths = numbers.map {
            info.isSingleFile
                ? report.payload : report.payload + "/" + info.files.path(of: $0).joined(separator: "/")
        }
        let layout = HashLayout(kind: .init(info.kind), layout: info.layout, numbers: numbers, paths: paths)
        let expected = HashedFiles(
            trees: numbers.map { number in
                let entry = info.files[number]
                let layer =
                    entry.length > Int64(info.pieceLength)
                    ? entry.piecesRoot.flatMap { metainfo.pieceLayers[$0] } : nil
                return .init(root: entry.piecesRoot, pieceLayer: layer.map { Array($0.bytes) } ?? [])
            },
            pieces: info.kind == .v2 ? [] : info.extra("pieces")?.string.map { Array($0) } ?? [])
        let total = info.layout.totalLength
        let result: HashVerification
        do throws(FileHashError) {
            result = try FileHasher(layout).verify(against: expected) { done in
                progress?(.hashing(done, of: total))
                return true
            }
        } catch {
            throw PackagingError(.system("hash", 0), path: report.payload)
        }
        var absent: Set<Int> = []
        for problem in result.problems {
            let number = numbers[problem.file]
            absent.insert(number)
            // The rest is known from the listing.
            if case .unreadable(let code) = problem.reason {
                report.findings.append(
                    .init(.unreadable(code), path: info.files.path(of: number).joined(separator: "/")))
            }
            bad.insert(number)
        }
        let failing = FailingPieces(info: info, absent: absent)
        for (number, fault) in failing.faults(v1: result.piecesFailingV1, v2: result.piecesFailingV2) {
            bad.insert(number)
            report.findings.append(.init(fault, path: info.files.path(of: number).joined(separator: "/")))
        }
    }

    /// Missing files that lie there under another name: by their length, then by their hashes.
    private func findRenamed(
        _ missing: [Int], among extra: [String], _ listing: [String: PayloadListing.Kind],
        _ metainfo: Metainfo,
        payload: String
    ) throws(PackagingError) -> (renamed: [Int: String], rest: [String]) {
        let info = metainfo.info
        var renamed: [Int: String] = [:]
        var rest = extra
        for index in missing {
            let entry = info.files[index]
            let candidates = rest.filter { name in
                guard case .file(let length, _)? = listing[name] else { return false }
                return length == entry.length && entry.length > 0
            }
            guard let root = entry.piecesRoot else {
                // v1 has no hash of one file: the length and the last part of the name must do.
                let same = candidates.first {
                    $0.split(separator: "/").last.map(String.init) == entry.path.last
                }
                if let same = same ?? (candidates.count == 1 ? candidates[0] : nil), Self.isAlone(index, info)
                {
                    renamed[index] = same
                    rest.removeAll { $0 == same }
                }
                continue
            }
            for name in candidates {
                let layout = HashLayout(
                    kind: .v2, pieceLength: info.pieceLength, files: [("\(payload)/\(name)", entry.length)])
                guard let hashed = try? FileHasher(layout).run(), hashed.trees.first?.root == root else {
                    continue
                }
                renamed[index] = name
                rest.removeAll { $0 == name }
                break
            }
        }
        return (renamed, rest)
    }

    /// Whether no other file has this length, so that the length may stand for the file.
    private static func isAlone(_ index: Int, _ info: InfoDictionary) -> Bool {
        let length = info.files[index].length
        return info.files.indices.allSatisfy { $0 == index || info.files[$0].length != length }
    }
}

/// Turns failing pieces into faults of files.
private struct FailingPieces {
    let info: InfoDictionary
    /// Files that are not there in their length.
    let absent: Set<Int>

    /// In the order of the files.
    func faults(v1: [PieceIndex], v2: [PieceIndex]) -> [(file: Int, fault: VerificationReport.Fault)] {
        var ranges: [Int: [VerificationReport.ByteRange]] = [:]
        var differing: [Int: [VerificationReport.ByteRange]] = [:]
        var unchecked: Set<Int> = []
        let failingV2 = Set(v2)
        for piece in info.kind == .v1 ? v1 : v2 {
            let parts = parts(of: piece)
            let isExcused = parts.contains { absent.contains($0.file) }
            for part in parts where !absent.contains(part.file) {
                if isExcused {
                    unchecked.insert(part.file)
                } else {
                    ranges[part.file, default: []].append(part.range)
                }
            }
        }
        if info.kind == .hybrid {
            for piece in v1 where !failingV2.contains(piece) {
                for part in parts(of: piece) where !absent.contains(part.file) {
                    differing[part.file, default: []].append(part.range)
                }
            }
        }
        var faults: [(Int, VerificationReport.Fault)] = ranges.map {
            ($0.key, .changed(Self.merged($0.value)))
        }
        faults += differing.filter { ranges[$0.key] == nil }.map {
            ($0.key, .viewsDiffer(Self.merged($0.value)))
        }
        faults += unchecked.filter { ranges[$0] == nil }.map { ($0, .unchecked) }
        return faults.sorted { $0.0 < $1.0 }
    }

    private func parts(of piece: PieceIndex) -> [(file: Int, range: VerificationReport.ByteRange)] {
        info.layout.segments(of: piece, begin: 0, length: info.layout.length(of: piece)).compactMap {
            segment in
            guard let file = segment.file, segment.length > 0 else { return nil }
            return (file, .init(start: segment.fileOffset, end: segment.fileOffset + Int64(segment.length)))
        }
    }

    private static func merged(_ ranges: [VerificationReport.ByteRange]) -> [VerificationReport.ByteRange] {
        var result: [VerificationReport.ByteRange] = []
        for range in ranges {
            if let last = result.last, last.end == range.start {
                result[result.count - 1] = .init(start: last.start, end: range.end)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
