// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm
import SwardWire
import Synchronization

/// Drives one ``Torrent`` on one event loop: hands it what happens and does what it wants.
///
/// Everything here runs on `loop`; nothing is locked. What waits for a disk is done by ``DiskQueue``.
final class TorrentLoop {
    let loop: any EventLoop
    let options: TorrentOptions
    let environment: TorrentEnvironment
    let logger: Logger
    let judge: Judge
    let events: EventSink

    var core: Torrent
    var actions = ActionQueue()
    private var isPerforming = false
    /// By ``ConnectionID/slot``.
    var links: [PeerLink?] = []
    private var dirty: [PeerLink] = []
    var dialling: [PeerAddress: any Channel] = [:]
    var disk: DiskQueue?
    var info: InfoDictionary?
    var judgement: Judgement?
    /// Between a first judgement and the files it opens, and what was judged anew meanwhile.
    var isOpening = false
    var overruling: Judgement?
    private(set) var isStopped = false
    /// Nothing is to be had or given any more, until it is stopped.
    private(set) var isFailed = false
    let cancellation = Cancellation()
    /// Who waits for the end of a stop; `nil` before it and after.
    private var stopWaiters: [() -> Void]?
    var isMagnet = false
    /// What a magnet has learnt, kept for the next run.
    var metadata: MetadataRecord?
    /// Roots whose piece layers are known, from the metainfo or from peers.
    var knownLayers: Set<Digest256> = []
    private var bytesMoved: Int64 = 0
    private var idleTicks = 0
    var isReadingPaused = false
    /// By tier; of the metainfo or the magnet.
    let trackers: [[String]]
    /// When the DHT is next asked, and how often it was in vain.
    var dhtDueAt = NIODeadline.distantPast
    var dhtTries = 0
    /// Under way, or waiting for their turn.
    var dhtSearches = 0
    let webSeeds: [WebSeed]
    /// By ``ConnectionID/slot``.
    var webLinks: [Int: WebSeed] = [:]
    /// One of them has something to ask.
    var dirtyWebSeeds = false
    var announcer: Announcer?
    var announcedHashes: InfoHashes?
    private var timer: Scheduled<Void>?
    private var timerDeadline: Torrent.Instant?
    private var progressTimer: RepeatedTask?
    /// `nil` while it is awake.
    var rest: Rest?
    var quietTicks = 0
    /// The disk was full when last tried.
    var isHeldUp = false
    var diskPatience = DiskPatience()
    /// Its files are on their way to another folder.
    var isMoving = false
    /// They are in both, and nothing is read until they are in one.
    var isLeavingFolder = false
    /// By file: how many pieces those lack that have a partial file's name.
    var partialFiles: [Int: Int] = [:]
    /// The core has said that all is there; `complete` follows when it is recorded.
    var isFinishing = false

    init(
        core: Torrent, loop: any EventLoop, options: TorrentOptions, trackers: [[String]], webSeeds: [String],
        httpSeeds: [String],
        environment: TorrentEnvironment, logger: Logger, judge: @escaping Judge,
        events: EventSink
    ) {
        self.core = core
        self.loop = loop
        self.options = options
        self.trackers = trackers
        let named = webSeeds.map { ($0, WebSeed.Manner.files) } + httpSeeds.map { ($0, .pieces) }
        let usable = named.filter { $0.0.hasPrefix("http://") || $0.0.hasPrefix("https://") }
        self.webSeeds = usable.prefix(Self.maximumWebSeeds).enumerated().map { number, seed in
            WebSeed(url: seed.0, manner: seed.1, number: number + 1)
        }
        self.environment = environment
        self.logger = logger
        self.judge = judge
        self.events = events
    }

    func emit(_ event: TorrentEvent) { events.yield(event) }

    // MARK: Start and stop

    /// - Parameter metainfo: `nil` for a magnet.
    func start(metainfo: Metainfo?) {
        startTicking()
        if let metainfo {
            // Peers come when the files are open: until then there is nothing to tell or ask them.
            accept(metainfo.info, layers: metainfo.pieceLayers.mapValues(\.bytes))
            tellDHT(of: metainfo.nodes)
        } else {
            isMagnet = true
            recallMetadata { [self] isKnown in
                guard !isKnown else { return }
                register(core.infoHashes)
                updateAnnouncing()
                found(options.peers, source: .user)
                endOfTick()
            }
        }
    }

    func startTicking() {
        let period = TimeAmount.milliseconds(500)
        let me = NIOLoopBound(Weak(self), eventLoop: loop)
        progressTimer = loop.scheduleRepeatedTask(initialDelay: period, delay: period) { _ in
            guard let me = me.value.object, !me.isStopped else { return }
            let snapshot = me.core.snapshot(at: .now)
            me.askDHT()
            me.askTrackersWhenAlone()
            me.closeIdleFiles(moved: snapshot.downloaded + snapshot.uploaded)
            me.emit(.progress(snapshot))
            me.restWhenQuiet()
        }
    }

    func stopTicking() {
        progressTimer?.cancel()
        progressTimer = nil
    }

    /// Closes everything; `done` is called when nothing of this torrent is left at work.
    func stop(_ done: @escaping () -> Void) {
        guard !isStopped else {
            if let stopWaiters { self.stopWaiters = stopWaiters + [done] } else { done() }
            return
        }
        isStopped = true
        stopWaiters = [done]
        cancellation.cancel()
        stopTicking()
        rest?.search?.cancel()
        timer?.cancel()
        core.stop(at: .now, into: &actions)
        perform()
        for channel in dialling.values { channel.close(promise: nil) }
        dialling = [:]
        for link in dirty { _ = link.flush() }
        environment.announceLocally(info?.infoHashes ?? core.infoHashes, false)
        let announcer = announcer
        self.announcer = nil
        let goodbye: () -> Void = { [self] in
            guard let announcer else { return finishStopping() }
            announcer.stop { [self] in finishStopping() }
        }
        guard let disk else { return goodbye() }
        disk.whenIdle { [self] in
            let payload = disk.payload
            let resume = disk.resume
            let writes = options.writes
            disk.run({
                // A clean stop is worth a flush: after it, even a power cut costs no recheck. A failure here costs
                // one, so it is not an error.
                if resume != nil, !writes || (try? payload.synchronize()) != nil { try? resume?.settle() }
                payload.releaseDescriptors()
            }) { [self] in
                self.disk = nil
                goodbye()
            }
        }
    }

    private func finishStopping() {
        emit(.stopped)
        events.finish()
        let waiters = stopWaiters ?? []
        stopWaiters = nil
        for done in waiters { done() }
    }

    func fail(_ problem: TorrentProblem) {
        guard !isStopped, !isFailed else { return }
        logger.debug("torrent failed", metadata: ["problem": "\(problem)"])
        emit(.failed(problem))
        isFailed = true
        core.stop(at: .now, into: &actions)
        perform()
        stopTicking()
        rest?.search?.cancel()
        // Held until a stop, which waits for what it says.
        announcer?.stop {}
        environment.announceLocally(info?.infoHashes ?? core.infoHashes, false)
        if let disk { disk.whenIdle { disk.payload.releaseDescriptors() } }
    }

    // MARK: Actions

    /// Does what the core wants. What comes of it later is another event; what comes of it at once is appended.
    func perform() {
        guard !isPerforming else { return }
        isPerforming = true
        while let action = actions.next() { perform(action) }
        isPerforming = false
    }

    private func perform(_ action: TorrentAction) {
        switch action {
        case .send(let id, let message):
            guard id.slot < links.count, let link = links[id.slot] else {
                if let seed = webLinks[id.slot], seed.id == id { tell(seed, message) }
                return
            }
            link.enqueue(message)
            mark(link)
        case .sendBlock(let id, let block):
            guard id.slot < links.count, let link = links[id.slot] else { return }
            link.enqueueUpload(block)
            mark(link)
        case .write(let block, let data): disk?.write(block, data)
        case .check(let piece): disk?.check(piece)
        case .digest(let piece): digest(piece)
        case .readLeaves(let id, let request, let pieces): readLeaves(id, request, pieces)
        case .pieceComplete(let piece): pieceCompleted(piece)
        case .layerComplete(let root, let layer): layerCompleted(root, layer)
        case .metadataComplete(let bytes): parse(bytes)
        case .connect(let address, let handshake, let way): dial(address, handshake, way)
        case .close(let id, let reason):
            guard id.slot < links.count, let link = links[id.slot] else {
                if let seed = webLinks[id.slot], seed.id == id {
                    webLinks[id.slot] = nil
                    seed.disconnected()
                    if reason != .stopped { retry(seed, after: Self.webSeedPatience) }
                }
                return
            }
            links[id.slot] = nil
            link.close()
            emit(.peerClosed(link.address, reason))
            logger.debug("closed peer", metadata: ["peer": "\(link.address)", "reason": "\(reason)"])
        case .foundNode(let address):
            environment.dht?.heard(of: address)
            environment.foundNode(address)
        case .banned(let address, let piece): emit(.banned(address, piece))
        case .keptOut(let address, let reason, let time): emit(.keptOut(address, reason, time))
        case .unreached(let address, let failure): emit(.unreached(address, failure))
        case .finished: finish()
        case .failed(let failure):
            // The storage error itself has been told already.
            if case .storage = failure { return }
            fail(.swarm(failure))
        }
    }

    private func mark(_ link: PeerLink) {
        guard !link.isDirty else { return }
        link.isDirty = true
        dirty.append(link)
    }

    /// Sends what was gathered, hands the disk its batches, and sets the timer: once per tick, however many messages
    /// came in it.
    func endOfTick() {
        guard !isStopped else { return }
        // Sending may make the core want more sent.
        while !dirty.isEmpty {
            let links = dirty
            dirty.removeAll(keepingCapacity: true)
            for link in links {
                link.isDirty = false
                flush(link)
            }
        }
        pumpWebSeeds()
        disk?.flush()
        balanceReading()
        armTimer()
    }

    /// After a minute in which nothing moved the torrent holds no file open.
    private func closeIdleFiles(moved: Int64) {
        idleTicks = moved == bytesMoved ? idleTicks + 1 : 0
        bytesMoved = moved
        if idleTicks == 120, let disk, disk.isIdle { disk.payload.releaseDescriptors() }
    }

    func armTimer() {
        let deadline = core.deadline
        guard deadline != timerDeadline || timer == nil else { return }
        // A timer that fires early only finds nothing to do; setting it anew for every later deadline would cost more.
        if let deadline, let set = timerDeadline, timer != nil, set <= deadline { return }
        timer?.cancel()
        timer = nil
        timerDeadline = deadline
        guard let deadline else { return }
        timer = loop.assumeIsolated().scheduleTask(in: TimeAmount(deadline - .now)) { [weak self] in
            guard let self, !self.isStopped else { return }
            self.timer = nil
            self.core.timerFired(at: .now, into: &self.actions)
            self.perform()
            self.endOfTick()
        }
    }

    // MARK: Back-pressure

    /// In bytes handed to the disk and not yet written: above the first we stop reading from peers, below the second
    /// we go on.
    ///
    /// What waits is most of what a fetch holds, and what waits long is written from memory and no more from the processor's
    /// cache. It is two batches of the disk's: one is written while the other comes in.
    private static let unwrittenHigh = 4 << 20, unwrittenLow = 3 << 20

    private func balanceReading() {
        guard let disk else { return }
        if !isReadingPaused, disk.unwritten > Self.unwrittenHigh {
            isReadingPaused = true
            for link in links { if let link { setReading(link, false) } }
        } else if isReadingPaused, disk.unwritten < Self.unwrittenLow {
            isReadingPaused = false
            for link in links { if let link { setReading(link, true) } }
        }
    }

    func setReading(_ link: PeerLink, _ isOn: Bool) {
        // Fails only on a channel that is closed already.
        try? link.channel.syncOptions?.setOption(.autoRead, value: isOn)
    }
}

/// A reference that keeps nothing alive.
private struct Weak<Object: AnyObject> {
    weak var object: Object?
    init(_ object: Object) { self.object = object }
}

/// Ends long work on other threads.
final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
}
