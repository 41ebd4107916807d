// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardBundle
internal import SwardCrypto
public import SwardMetainfo
internal import SwardPrimitives
public import SwardScan
internal import Synchronization

/// Makes a bundle of a work: its license texts, its SPDX document, its torrent.
///
/// The same work and the same options give the same bytes everywhere: no time, order, locale, owner or mode other
/// than the owner's executable bit goes in. Source: docs/bundle-format.md, "How `sward pack` makes one".
public struct Packer {
    public typealias TextSource = (_ identifier: String) throws(PackagingError) -> LicenseTextSearch

    private let options: PackOptions
    private let cancellation: ScanCancellation
    private let findText: TextSource
    private let progress: (@Sendable (PackProgress) -> Void)?

    /// - Parameters:
    ///   - cancellation: Calls packing off, up to the instant when what was made is put in place.
    ///   - findText: Where license texts come from that do not lie in the work.
    public init(
        options: PackOptions, cancellation: ScanCancellation = ScanCancellation(),
        progress: (@Sendable (PackProgress) -> Void)? = nil, findText: @escaping TextSource
    ) {
        self.options = options
        self.cancellation = cancellation
        self.findText = findText
        self.progress = progress
    }

    /// Packs the folder, file or archive at `input`.
    ///
    /// - Throws: `.interrupted` when it was called off. In the work itself license texts and the document may be written by
    ///   then; a folder made beside it is gone.
    public func pack(_ input: String) throws(PackagingError) -> PackReport {
        try options.check()
        let placement = try Placement(input: input, options: options)
        let documentName = placement.name + SPDXDocument.fileSuffix
        guard placement.source != .inPlace, !(options.isDryRun && placement.source == .folder) else {
            if !options.isDryRun {
                SmallFile.removeLeftovers(in: placement.input)
                SmallFile.removeLeftovers(in: placement.destination)
            }
            return try pack(placement, root: placement.input, documentName: documentName) {}
        }
        let tree = placement.source == .folder ? try scan(placement.input) : nil
        let staging = try Staging(placement, documentName: documentName, isTemporary: options.isDryRun)
        do {
            progress?(.copying)
            try staging.fill(
                placement, tree: tree, copies: options.copies, cancellation: cancellation)
            var report = try pack(placement, root: staging.path, documentName: documentName) {
                () throws(PackagingError) in try staging.commit()
            }
            if options.isDryRun { staging.discard() }
            if let tree { report.excluded = tree.excluded }
            return report
        } catch {
            staging.discard()
            throw error
        }
    }

    /// The torrent that lies where that of the work at `input` goes; `nil` where none does, or it cannot be read.
    public static func former(of input: String, options: PackOptions) -> Metainfo? {
        var options = options
        // Nothing is made yet.
        options.isDryRun = true
        return try? TorrentFile.read(Placement(input: input, options: options).torrent)
    }

    private func scan(_ root: String) throws(PackagingError) -> WorkTree {
        try WorkTree.scan(root, includesHidden: options.includesHidden)
    }

    private func pack(
        _ placement: Placement, root: String, documentName: String, commit: () throws(PackagingError) -> Void
    ) throws(PackagingError) -> PackReport {
        var (report, made) = try describe(placement, root: root, documentName: documentName)
        guard !options.isDryRun else {
            report.torrents = torrents(placement).map { .init(path: $0.path, info: nil, magnet: nil) }
            return report
        }
        // What was held of single files lies between what is still in use.
        Allocation.release()
        // Both are made before either is put in place, and the folder comes first.
        let torrents = zip(torrents(placement), try assemble(made, name: placement.name))
        made = []
        if !options.replaces {
            for ((path, _), metainfo) in torrents {
                try refuseOther(at: path, than: metainfo.info.infoHashes)
            }
        }
        if cancellation.isCancelled { throw PackagingError(.interrupted) }
        try commit()
        progress?(.writing)
        for ((path, _), metainfo) in torrents {
            let file = try PendingFile(path)
            for part in metainfo.encodedParts { file.append(part) }
            _ = try file.commit()
            report.torrents.append(.init(path: path, info: metainfo.info, magnet: MagnetLink(metainfo)))
        }
        return report
    }

    /// Nobody could serve from here what an earlier torrent names, once its files are others.
    ///
    /// - Parameter hashes: `nil` where it is only known that the work is another.
    private func refuseOther(at path: String, than hashes: InfoHashes?) throws(PackagingError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard let there = try? TorrentFile.read(path).info else {
            throw PackagingError(.inTheWay, path: path)
        }
        if there.infoHashes != hashes {
            throw PackagingError(.otherWork(MagnetLink(infoHashes: there.infoHashes).description), path: path)
        }
    }

    private func torrents(_ placement: Placement) -> [(path: String, kind: InfoDictionary.Kind)] {
        let companion = options.alsoV1 && options.kind != .v1
        return [(placement.torrent, options.kind)] + (companion ? [(placement.companion, .v1)] : [])
    }

    /// Reads the work, writes what is generated, and makes the info dictionaries; with it everything that is held of
    /// single files goes.
    private func describe(
        _ placement: Placement, root: String, documentName: String
    ) throws(PackagingError) -> (PackReport, [TorrentMaker.Made]) {
        var tree = try scan(root)
        let signatureName = documentName + Minisig.fileSuffix
        let documentPath = "\(root)/\(documentName)"
        func isAtTop(_ name: String, _ entry: WorkTree.Entry) -> Bool {
            entry.path.count == 1 && entry.path[0] == name
        }
        if tree.entries.contains(where: { isAtTop(documentName, $0) }),
            !GeneratedFiles.isDocument(documentPath)
        {
            throw PackagingError(.outputExists, path: documentName)
        }
        let isSigned =
            (!options.keys.isEmpty || options.isDryRun && options.wouldSign) && !options.omitsDocument
        let hasSignature = tree.entries.contains { isAtTop(signatureName, $0) }
        let stale = tree.entries.filter { entry in
            (isAtTop(documentName, entry) && options.omitsDocument)
                || (isAtTop(signatureName, entry) && !isSigned)
        }.map(\.name)
        tree.entries.removeAll { isAtTop(documentName, $0) || isAtTop(signatureName, $0) }
        guard tree.entries.contains(where: { $0.length > 0 }) else {
            throw PackagingError(.nothingToPack, path: placement.input)
        }

        let reading = try read(tree, root: root)
        var work = try WorkDescription.make(
            tree, reading: reading, root: root, options: options,
            signatureName: isSigned ? signatureName : nil,
            findText: findText)
        let small = reading.small
        var document: PendingFile?
        if !options.omitsDocument {
            let pending = try PendingFile(documentPath, isDryRun: options.isDryRun)
            var prehash = PrehashStream()
            work.document(
                name: placement.name, options: options, excluded: [documentName, signatureName]
            ).write { bytes in
                pending.append(bytes)
                if isSigned { bytes.withUnsafeBytes { prehash.update($0) } }
            }
            try pending.finish()
            work.addDocument(documentName, length: pending.length)
            let hash = prehash.finish()
            if isSigned, let key = options.keys.first {
                work.addSignature(signatureName, try Self.signature(of: hash, named: documentName, key))
            }
            document = pending
        }

        var report = PackReport(name: placement.name, folder: placement.folder)
        report.excluded = tree.excluded
        report.warnings = work.warnings
        report.signers = options.keys.map(\.publicKey)
        let entries = work.bundleEntries
        report.expressions = work.counts(of: entries)
        report.manifest = work.manifest
        report.terms = work.manifest.workTerms(
            of: entries.lazy.filter { $0.symlinkTarget == nil }.map { ($0.path, $0.expression) })
        report.fileCount = entries.count
        report.length = entries.reduce(0) { $0 + $1.length }
        report.warnings += Self.unportable(entries)
        report.removed = stale
        if placement.source == .inPlace, !options.replaces {
            // What is to be written here makes another work of it than a torrent of before names.
            let isDocumentNew = try document?.isChange() ?? false
            if isDocumentNew || !stale.isEmpty || work.changes(root: root) {
                for (path, _) in torrents(placement) { try refuseOther(at: path, than: nil) }
            }
        }
        report.written = try write(work, document, root: root)
        // What it will be is not known before the key is unlocked, but that it is made.
        if isSigned, options.keys.isEmpty, !hasSignature || report.written.contains(documentName) {
            report.written.append(signatureName)
            report.written.sort()
        }

        guard !options.isDryRun else { return (report, []) }
        for name in stale { unlink("\(root)/\(name)") }
        var made: [TorrentMaker.Made] = []
        for (_, kind) in torrents(placement) {
            made.append(try hash(entries, as: kind, placement.name, work, small, root: root))
        }
        return (report, made)
    }

    private func read(_ tree: WorkTree, root: String) throws(PackagingError) -> WorkReading {
        let total = tree.entries.reduce(Int64(0)) { $0 + $1.length }
        var show: (@Sendable (Int64) -> Void)?
        if let progress { show = { progress(.surveying($0, of: total)) } }
        let counter = ByteCounter(total: total, report: show)
        // With what packing adds; where it comes to another length all the same, those digests are made again.
        var lengths = tree.entries.map(\.length)
        if !options.omitsDocument {
            lengths.append(SPDXDocument.estimatedLength(of: tree.entries.lazy.map(\.path)))
        }
        let expected =
            options.pieceLength ?? InfoDictionaryBuilder.pieceLength(for: lengths, kind: options.kind)
        return try WorkReading(
            tree, root: root, digests: !options.omitsDocument,
            pieceLength: options.kind == .hybrid && !options.isDryRun ? expected : nil,
            cancellation: cancellation,
            progress: { counter.add($0) })
    }

    /// Writes what was generated into the folder, in a dry run only says what.
    ///
    /// - Returns: What changed, or would.
    private func write(
        _ work: WorkDescription, _ document: PendingFile?, root: String
    ) throws(PackagingError) -> [String] {
        var written: [String] = []
        if let document, try document.commit() { written.append(SmallFile.split(document.path).name) }
        for (name, bytes) in work.generated.sorted(by: { $0.key < $1.key }) {
            let path = "\(root)/\(name)"
            if options.isDryRun {
                if (try? SmallFile.read(path, limit: bytes.count)) != bytes { written.append(name) }
                continue
            }
            if name.contains("/") { try SmallFile.makeFolder(SmallFile.split(path).folder) }
            if try SmallFile.write(bytes, to: path) { written.append(name) }
        }
        return written.sorted()
    }

    private static func signature(
        of document: Prehash, named name: String, _ key: SecretKey
    ) throws(PackagingError) -> [UInt8] {
        do throws(CryptoError) {
            let minisig = key.sign(document, trustedComment: try TrustedComment("file:\(name)\thashed"))
            return Array(try minisig.fileText().utf8)
        } catch {
            throw PackagingError(.badOption(name: "name", value: name))
        }
    }

    private func hash(
        _ entries: [WorkDescription.BundleEntry], as kind: InfoDictionary.Kind, _ name: String,
        _ work: WorkDescription, _ small: SmallFiles, root: String
    ) throws(PackagingError) -> TorrentMaker.Made {
        let total = entries.reduce(Int64(0)) { $0 + $1.length }
        let progress = self.progress
        let pieceLength =
            options.pieceLength
            ?? InfoDictionaryBuilder.pieceLength(for: entries.lazy.map(\.length), kind: kind)
        let maker = TorrentMaker(
            kind: kind, name: name, pieceLength: pieceLength, root: root, cancellation: cancellation)
        return try maker.make(
            entries, manifest: work.manifest, isPrivate: options.isPrivate,
            known: { index in
                options.omitsDocument ? nil : work.knownDigests(index, small, pieceLength: pieceLength)
            },
            progress: { done in progress?(.hashing(done, of: total)) })
    }

    private func assemble(
        _ made: consuming [TorrentMaker.Made], name: String
    ) throws(PackagingError) -> [Metainfo] {
        var torrents: [Metainfo] = []
        do throws(MetainfoError) {
            for one in made {
                var info = try InfoDictionary.parse(one.info)
                for key in options.keys {
                    let comment = options.trustedComment ?? "sward bundle \(name)"
                    info = try InfoDictionary.parse(try Self.sign(info, key, comment))
                }
                torrents.append(
                    try Metainfo(
                        info: info, pieceLayers: one.pieceLayers, announceTiers: options.trackers,
                        webSeeds: options.webSeeds, httpSeeds: options.httpSeeds,
                        comment: options.comment, createdBy: "sward"))
            }
        } catch {
            throw PackagingError(.metainfo(error), path: error.file ?? name)
        }
        // Nothing leaves here that a reader would refuse.
        do throws(BundleError) {
            for torrent in torrents { _ = try BundleManifest.read(torrent.info) }
        } catch {
            throw PackagingError(.bundle(error), path: name)
        }
        return torrents
    }

    private static func sign(
        _ info: InfoDictionary, _ key: SecretKey, _ comment: String
    ) throws(MetainfoError) -> [UInt8] {
        // Of the two things that can fail, the comment was checked with the options.
        guard let comment = try? TrustedComment(comment),
            let signed = try? BundleSigning.sign(info, with: key, trustedComment: comment)
        else { throw MetainfoError(.invalid, key: BundleSigning.key) }
        return signed
    }

    private static func unportable(_ entries: [WorkDescription.BundleEntry]) -> [PackReport.Warning] {
        entries.compactMap { entry in
            entry.path.lazy.compactMap(PathWarning.reason(against:)).first.map {
                .unportableName(entry.name, $0)
            }
        }
    }
}

/// Adds up bytes from several threads.
private final class ByteCounter: Sendable {
    private let total: Int64
    private let report: (@Sendable (Int64) -> Void)?
    private let done: Mutex<(bytes: Int64, shown: Int64)> = Mutex((0, 0))

    init(total: Int64, report: (@Sendable (Int64) -> Void)?) {
        self.total = total
        self.report = report
    }

    /// Reports about two hundred times in all.
    func add(_ count: Int) {
        guard let report else { return }
        let bytes = done.withLock { state -> Int64? in
            state.bytes += Int64(count)
            guard state.bytes - state.shown >= total / 200 else { return nil }
            state.shown = state.bytes
            return state.bytes
        }
        if let bytes { report(bytes) }
    }
}
