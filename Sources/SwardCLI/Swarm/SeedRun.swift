// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardSwarm
import Synchronization

/// Works that are judged and checked one after the other, and served side by side until told to stop.
struct SeedRun: Sendable {
    typealias Opening = @Sendable () async throws -> (session: Session, addresses: [PeerAddress])

    /// Judged at a time.
    private static let batch = 16
    /// Being checked at a time; those that are neither waiting nor served hold all of their metadata.
    private static let maximumUnchecked = 64

    let appraiser: Appraiser
    let release: OperatorRelease?
    /// The folder that holds the works; `nil` for that of each torrent.
    let data: String?
    /// What comes to them is served too; where there are any, the run ends when it is told to.
    let folders: FollowedFolders
    let watch: WatchOptions
    let report: SwarmReport
    /// Called when the first work may be served.
    let open: Opening
    private let line = EventLine()
    private let works = ServedWorks()
    private let missed = Counter()
    private let unread = Counter()

    /// How many torrents could not be read at all.
    var unreadCount: Int { unread.value }

    init(
        appraiser: Appraiser, release: OperatorRelease?, data: String?, following folders: FollowedFolders,
        watch: WatchOptions,
        report: SwarmReport, open: @escaping Opening
    ) {
        self.appraiser = appraiser
        self.release = release
        self.data = data
        self.folders = folders
        self.watch = watch
        self.report = report
        self.open = open
    }

    private struct Work: Sendable {
        let path: String
        let metainfo: Metainfo
        let judging: Judging
        let judgement: Judgement
    }

    /// - Returns: How many works were held back, or could not be served to the end.
    func serve(
        _ paths: [String], _ configure: @escaping @Sendable (inout TorrentOptions) -> Void
    ) async throws -> Int {
        let (unchecked, served) = (Counter(), Counter())
        var opened: (session: Session, addresses: [PeerAddress])?
        do {
            return try await withTaskCancellationHandler {
                var rest = paths[...]
                var works = await judge(rest.prefix(Self.batch))
                while !rest.isEmpty, !Task.isCancelled {
                    rest = rest.dropFirst(Self.batch)
                    // The next ones are read while these are started.
                    let following = rest.prefix(Self.batch)
                    async let next = judge(following)
                    for work in works {
                        guard mayServe(work) else {
                            missed.add()
                            continue
                        }
                        if opened == nil { opened = try await open() }
                        guard let session = opened?.session else { break }
                        await unchecked.wait(untilAtMost: Self.maximumUnchecked)
                        start(work, in: session, unchecked, served, configure)
                    }
                    works = await next
                }
                if !folders.isEmpty, !Task.isCancelled {
                    served.add()
                    if opened == nil { opened = try await open() }
                }
                guard let (session, addresses) = opened else { return missed.value }
                await unchecked.wait(untilAtMost: 0)
                session.releaseMemory()
                if served.value == 0 {
                    await SwarmSession.close(session)
                    await line.drain()
                    return missed.value
                }
                if !Task.isCancelled { report.listening(addresses) }
                // All end with this run.
                async let _: Void = Watching(options: watch, session: session, report: report).run()
                async let _: Void = SwarmSession.keepLearning(from: session)
                async let _: Void = follow(session, unchecked, served, configure)
                await served.wait(untilAtMost: 0)
                await SwarmSession.close(session)
                await line.drain()
                report.stopped()
                return missed.value
            } onCancel: {
                unchecked.close()
                served.close()
            }
        } catch {
            if let opened { await SwarmSession.close(opened.session) }
            throw error
        }
    }

    /// Serves what comes to folders and lets go of what leaves them, until the task is cancelled.
    private func follow(
        _ session: Session, _ unchecked: Counter, _ served: Counter,
        _ configure: @Sendable (inout TorrentOptions) -> Void
    ) async {
        guard !folders.isEmpty else { return }
        var folders = folders
        // Asked again and again, as no system call tells of folders on every file system; a cancellation ends the sleep.
        while (try? await Task.sleep(for: FollowedFolders.period)) != nil {
            let (gone, come) = folders.look()
            for path in gone {
                works.forget(path)
                guard let (handle, name) = works.take(path) else { continue }
                await session.remove(handle)
                report.letGo(name)
            }
            let again = Set(works.dueAgain(at: .now) + works.changed(at: .now)).sorted()
            for path in again { if let work = works.take(path) { await session.remove(work.handle) } }
            for path in again + come {
                for work in await judge([path]) {
                    // What was found of one that is tried again has been told.
                    let isKnown = again.contains(path) && work.judgement.permissions.upload
                    if isKnown || mayServe(work) {
                        start(work, in: session, unchecked, served, configure)
                    }
                }
            }
        }
    }

    /// Reads and judges torrents side by side, in the order given. One that cannot be read is told of, and the others are
    /// served: half a file in a folder of thousands is no reason to serve none.
    private func judge(_ paths: ArraySlice<String>) async -> [Work] {
        await withTaskGroup(of: (Int, Result<Work, any Error>).self) { group in
            for (index, path) in paths.enumerated() {
                group.addTask {
                    let work = Result {
                        let metainfo = try TorrentFile.read(NamedTorrent.path(path))
                        let judging = try Judging(
                            appraiser, release: release, for: metainfo.info.infoHashes)
                        let judgement = judging.judge(metainfo.info)
                        return Work(path: path, metainfo: metainfo, judging: judging, judgement: judgement)
                    }
                    return (index, work)
                }
            }
            var works: [(Int, Result<Work, any Error>)] = []
            for await work in group { works.append(work) }
            return works.sorted { $0.0 < $1.0 }.compactMap { _, work in
                switch work {
                case .success(let work): return work
                case .failure(let error):
                    report.passedOver(error)
                    missed.add()
                    unread.add()
                    return nil
                }
            }
        }
    }

    /// Shows the verdict. A work that declares nothing, or not enough, is judged by its files, if they are all here.
    private func mayServe(_ work: Work) -> Bool {
        report.judged(work.metainfo.info, work.judging.report, torrent: work.path)
        guard !work.judgement.permissions.upload, work.judgement.permissions.download else {
            return work.judgement.permissions.upload
        }
        // Its bytes are checked before they count as evidence.
        let verifier = Verifier(operatorProfile: appraiser.operator)
        let stamp = stamp(of: work)
        let found: VerificationReport
        do {
            found = try verifier.verify(torrent: work.path, folder: data)
        } catch {
            report.passedOver(error)
            if let stamp { works.notePartial(work.path, in: folder(of: work), stamp) }
            return false
        }
        let result = VerificationResult(found, gate: appraiser.gate, release: work.judging.release)
        report.examined(result, isOneOfMany: true, isDoubted: true)
        if result.release != nil { work.judging.keep(for: work.metainfo.info) }
        if !result.isWhole, let stamp { works.notePartial(work.path, in: folder(of: work), stamp) }
        guard result.isWhole, result.isAdmitted else { return false }
        work.judging.settle(result)
        return true
    }

    /// What holds the files of a work.
    private func folder(of work: Work) -> String { data ?? SmallFile.split(work.path).folder }

    /// Of its files; `nil` where what comes later is not looked for.
    private func stamp(of work: Work) -> PayloadStamp? {
        folders.isEmpty ? nil : PayloadStamp(work.metainfo.info, in: folder(of: work))
    }

    private func start(
        _ work: Work, in session: Session, _ unchecked: Counter, _ served: Counter,
        _ configure: (inout TorrentOptions) -> Void
    ) {
        let info = work.metainfo.info
        if let other = works.first(info.infoHashes, before: work.path) {
            return report.passedOver(
                Misfortune("\(Words.shown(work.path)): the same work as \(Words.shown(other)), served once"))
        }
        let isExamined = work.judging.settledJudgement != nil || ExaminedWorks.contains(info.infoHashes)
        var options = TorrentOptions(folder: folder(of: work))
        options.resumePath = SwarmSession.resumePath(info.infoHashes, payload: options.folder)
        options.torrentPath = work.path
        configure(&options)
        if !isExamined || options.rechecks { options.examine = examination(of: work) }
        let judgement = work.judging.settledJudgement ?? work.judgement
        let (report, works, missed, name, path, data) = (report, works, missed, info.name, work.path, data)
        let (folder, stamp) = (options.folder, stamp(of: work))
        unchecked.add()
        served.add()
        let (isChecked, isOut) = (Latch(), Latch())
        // What this holds is held for as long as the work is served: no metadata.
        let show: @Sendable (TorrentEvent) -> Void = { event in
            switch event {
            // What the judge says is known and has been told.
            case .judged(let judgement) where !judgement.permissions.upload:
                guard !isOut.raise() else { break }
                if let stamp { works.notePartial(path, in: folder, stamp) }
                missed.add()
                served.subtract()
                // Last: whoever waits for it counts those that are served.
                if !isChecked.raise() { unchecked.subtract() }
            case .checked where isOut.isRaised: break
            case .checked(let snapshot):
                if snapshot.isWhole {
                    if works.noteWhole(path) { report.nowWhole(name) }
                } else {
                    if let stamp { works.notePartial(path, in: folder, stamp) }
                    report.incomplete(name, snapshot, torrent: path, folder: data)
                }
                report.resumed(snapshot, of: name)
                if !isChecked.raise() { unchecked.subtract() }
            case .failed(let problem):
                if works.failed(path, problem, at: .now) { report.failed(name, problem) }
                // One that is held is counted no more, and may fail yet, when a peer asks for it.
                guard !isOut.raise() else { break }
                missed.add()
                served.subtract()
                if !isChecked.raise() { unchecked.subtract() }
            default: report.show(event, of: name)
            }
        }
        let handle = session.add(.metainfo(work.metainfo), options: options, judge: { _ in judgement }) {
            [line] event in
            line.pass(event, to: show)
        }
        works.add(handle, path, name)
    }
}

extension SeedRun {
    /// Holds what is there of a work against what it declares, before any of it is passed on.
    ///
    /// What this holds is held for as long as the work is served: no metadata.
    private func examination(of work: Work) -> @Sendable (InfoDictionary, Set<Int>) -> Judgement? {
        let (path, folder, release) = (work.path, folder(of: work), work.judging.release)
        return { [appraiser, report] info, files in
            var verifier = Verifier(operatorProfile: appraiser.operator)
            // Every byte was checked just now.
            verifier.comparesDocumentDigests = false
            let found = verifier.checkTerms(
                of: info, torrent: path, payload: "\(folder)/\(info.name)", files: files)
            let result = VerificationResult(found, gate: appraiser.gate, release: release)
            if result.isSound {
                if files.count == info.files.count { ExaminedWorks.record(info.infoHashes) }
                return nil
            }
            report.examined(result, isOneOfMany: true, isDoubted: true)
            return result.judgement
        }
    }
}

/// A number that goes up and down, and those who wait until it is low enough.
final class Counter: Sendable {
    private struct State {
        var value = 0
        var isClosed = false
        var waiting: [(limit: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var value: Int { state.withLock { $0.value } }

    func add() { state.withLock { $0.value += 1 } }

    func subtract() { resume { $0.value -= 1 } }

    /// From now on nobody waits.
    func close() { resume { $0.isClosed = true } }

    func wait(untilAtMost limit: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.isClosed || state.value <= limit { return true }
                state.waiting.append((limit, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }

    private func resume(after change: (inout State) -> Void) {
        let due = state.withLock { state in
            change(&state)
            let (value, isClosed) = (state.value, state.isClosed)
            let due = state.waiting.filter { isClosed || value <= $0.limit }
            state.waiting.removeAll { isClosed || value <= $0.limit }
            return due.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}
