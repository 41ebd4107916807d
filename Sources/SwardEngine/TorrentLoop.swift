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
    private let judge: Judge
    private let events: AsyncStream<TorrentEvent>.Continuation

    var core: Torrent
    private var actions = ActionQueue()
    private var isPerforming = false
    /// By ``ConnectionID/slot``.
    private var links: [PeerLink?] = []
    private var dirty: [PeerLink] = []
    private var dialling: [PeerAddress: any Channel] = [:]
    var disk: DiskQueue?
    private(set) var info: InfoDictionary?
    private(set) var judgement: Judgement?
    private(set) var isStopped = false
    private let cancellation = Cancellation()
    private var isReadingPaused = false
    /// By tier; of the metainfo or the magnet.
    let trackers: [[String]]
    var announcer: Announcer?
    var announcedHashes: InfoHashes?
    private var timer: Scheduled<Void>?
    private var timerDeadline: Torrent.Instant?
    private var progressTimer: RepeatedTask?
    /// The core has said that all is there; `complete` follows when it is recorded.
    private var isFinishing = false

    init(
        core: Torrent, loop: any EventLoop, options: TorrentOptions, trackers: [[String]],
        environment: TorrentEnvironment, logger: Logger, judge: @escaping Judge,
        events: AsyncStream<TorrentEvent>.Continuation
    ) {
        self.core = core
        self.loop = loop
        self.options = options
        self.trackers = trackers
        self.environment = environment
        self.logger = logger
        self.judge = judge
        self.events = events
    }

    func emit(_ event: TorrentEvent) { events.yield(event) }

    // MARK: Start and stop

    /// - Parameter metainfo: `nil` for a magnet.
    func start(metainfo: Metainfo?) {
        let period = TimeAmount.milliseconds(500)
        let me = NIOLoopBound(Weak(self), eventLoop: loop)
        progressTimer = loop.scheduleRepeatedTask(initialDelay: period, delay: period) { _ in
            guard let me = me.value.object, !me.isStopped else { return }
            me.emit(.progress(me.core.snapshot(at: .now)))
        }
        if let metainfo {
            // Peers come when the files are open: until then there is nothing to tell or ask them.
            accept(metainfo.info, layers: metainfo.pieceLayers.mapValues(\.bytes))
        } else {
            register(core.infoHashes)
            updateAnnouncing()
            found(options.peers, source: .user)
        }
        endOfTick()
    }

    /// Closes everything; `done` is called when nothing of this torrent is left at work.
    func stop(_ done: @escaping () -> Void) {
        guard !isStopped else { return done() }
        isStopped = true
        cancellation.cancel()
        progressTimer?.cancel()
        timer?.cancel()
        core.stop(at: .now, into: &actions)
        perform()
        for channel in dialling.values { channel.close(promise: nil) }
        dialling = [:]
        for link in dirty { link.flush() }
        environment.announceLocally(info?.infoHashes ?? core.infoHashes, false)
        let announcer = announcer
        self.announcer = nil
        let goodbye: () -> Void = { [self] in
            guard let announcer else { return finishStopping(done) }
            announcer.stop { [self] in finishStopping(done) }
        }
        guard let disk else { return goodbye() }
        disk.whenIdle { [self] in
            let payload = disk.payload
            let resume = disk.resume
            let writes = options.writes
            disk.run({
                // A clean stop is worth a flush: after it, even a power cut costs no recheck. A failure here costs
                // one, so it is not an error.
                if writes, resume != nil, (try? payload.synchronize()) != nil { try? resume?.settle() }
                payload.releaseDescriptors()
            }) { [self] in
                self.disk = nil
                goodbye()
            }
        }
    }

    private func finishStopping(_ done: () -> Void) {
        emit(.stopped)
        events.finish()
        done()
    }

    private func fail(_ problem: TorrentProblem) {
        guard !isStopped else { return }
        logger.debug("torrent failed", metadata: ["problem": "\(problem)"])
        emit(.failed(problem))
        core.stop(at: .now, into: &actions)
        perform()
    }

    // MARK: Metadata, judgement, payload

    /// Judges the work and, if any of it may move, opens its files. Until that is done no payload is asked for.
    private func accept(_ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>]) {
        self.info = info
        emit(.metadataReceived(info))
        let judge = judge
        let options = options
        let environment = environment
        let loopBound = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        let cancellation = cancellation
        let events = events
        let total = info.layout.totalLength
        let progress: @Sendable (Int64) -> Bool = { done in
            events.yield(.checking(done: done, total: total))
            return !cancellation.isCancelled
        }
        environment.pool.submit {
            let judgement = judge(info)
            let moves = judgement.permissions.download || judgement.permissions.upload
            let opened: Result<OpenedPayload, StorageError>? =
                moves
                ? Result { () throws(StorageError) in
                    try OpenedPayload(
                        info, layers: layers, options: options, descriptors: environment.descriptors,
                        shouldContinue: progress)
                } : nil
            loop.execute {
                let me = loopBound.value
                guard !me.isStopped else { return }
                me.opened(info, layers: layers, judgement, opened)
                me.endOfTick()
            }
        }
    }

    private func opened(
        _ info: InfoDictionary, layers: [Digest256: ArraySlice<UInt8>], _ judgement: Judgement,
        _ opened: Result<OpenedPayload, StorageError>?
    ) {
        self.judgement = judgement
        emit(.judged(judgement))
        var have: PieceSet?
        switch opened {
        case .failure(let error): return fail(.storage(error))
        case .success(let opened):
            have = opened.have
            attach(opened)
        case nil: break
        }
        core.setContent(Content(info, layers: layers), have: have, at: .now, into: &actions)
        core.setGate(judgement.permissions, at: .now, into: &actions)
        emit(.checked(core.snapshot(at: .now)))
        register(info.infoHashes)
        updateAnnouncing()
        found(options.peers, source: .user)
    }

    private func register(_ hashes: InfoHashes) {
        environment.register(hashes, for: NIOLoopBound(self, eventLoop: loop), on: loop)
    }

    /// The operator or a scan of the payload has come to another judgement.
    func setJudgement(_ judgement: Judgement) {
        self.judgement = judgement
        emit(.judged(judgement))
        // Without files open nothing can be served or written, whatever the gate says.
        let permissions = disk == nil ? .shut : judgement.permissions
        core.setGate(permissions, at: .now, into: &actions)
        updateAnnouncing()
        perform()
        endOfTick()
    }

    private func attach(_ opened: OpenedPayload) {
        let disk = DiskQueue(
            pool: environment.pool, loop: loop, payload: opened.payload, resume: opened.resume)
        disk.didWrite = { [weak self] in self?.wrote($0) }
        disk.didCheck = { [weak self] in self?.checked($0, $1) }
        disk.didFail = { [weak self] in self?.fail(.storage($0)) }
        self.disk = disk
    }

    // MARK: Events of connections

    func found(_ addresses: [PeerAddress], source: PeerSource) {
        core.peersFound(addresses, source: source, at: .now, into: &actions)
        perform()
    }

    func connectFailed(_ address: PeerAddress) {
        dialling[address] = nil
        core.connectFailed(address, at: .now, into: &actions)
        perform()
        endOfTick()
    }

    /// Both handshakes are through.
    ///
    /// - Returns: `nil` when the torrent does not want this connection; it is being closed then.
    func handshakeDone(_ link: PeerLink, _ handshake: Handshake, isOutgoing: Bool) -> ConnectionID? {
        dialling[link.address] = nil
        let arrival = PeerArrival(address: link.address, isOutgoing: isOutgoing, handshake: handshake)
        do throws(CloseReason) {
            let id = try core.peerConnected(arrival, at: .now, into: &actions)
            link.id = id
            while links.count <= id.slot { links.append(nil) }
            links[id.slot] = link
            emit(.peerConnected(link.address))
            logger.debug(
                "peer connected", metadata: ["peer": "\(link.address)", "outgoing": "\(isOutgoing)"])
            if isReadingPaused { setReading(link, false) }
            perform()
            endOfTick()
            return id
        } catch {
            logger.debug("peer refused", metadata: ["peer": "\(link.address)", "reason": "\(error)"])
            perform()
            link.close()
            return nil
        }
    }

    @inline(__always)
    func received(_ message: PeerMessage, from id: ConnectionID, at now: Torrent.Instant) {
        core.received(message, from: id, at: now, into: &actions)
    }

    func disconnected(_ link: PeerLink, _ id: ConnectionID, error: WireError?) {
        // Of one the core closed itself it wants to hear no more.
        guard links[id.slot] === link else { return }
        links[id.slot] = nil
        core.peerDisconnected(id, error: error, at: .now, into: &actions)
        emit(.peerClosed(link.address, error.map { .wire($0) }))
        logger.debug(
            "peer gone", metadata: ["peer": "\(link.address)", "error": "\(error.map { "\($0)" } ?? "none")"])
        perform()
        endOfTick()
    }

    // MARK: Events of the disk

    private func wrote(_ results: [BlockWriteResult]) {
        let now = ContinuousClock.now
        for result in results {
            if let error = result.error {
                fail(.storage(error))
                core.writeFailed(result.request, at: now, into: &actions)
            } else {
                core.blockWritten(result.request, leaf: result.leaf, at: now, into: &actions)
            }
        }
        perform()
        endOfTick()
    }

    private func checked(_ pieces: [PieceIndex], _ digests: [Payload.PieceDigest]) {
        let now = ContinuousClock.now
        for (piece, digest) in zip(pieces, digests) {
            core.pieceChecked(piece, sha1: try? digest.get(), at: now, into: &actions)
        }
        perform()
        endOfTick()
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
            guard let link = links[id.slot] else { return }
            link.enqueue(message)
            mark(link)
        case .sendBlock(let id, let block):
            guard let link = links[id.slot] else { return }
            link.enqueueUpload(block)
            mark(link)
        case .write(let block, let data): disk?.write(block, data)
        case .check(let piece): disk?.check(piece)
        case .readLeaves(let id, let request, let pieces): readLeaves(id, request, pieces)
        case .pieceComplete(let piece): disk?.record(piece)
        case .layerComplete(let root, let layer): emit(.layerReceived(piecesRoot: root, layer))
        case .metadataComplete(let bytes): parse(bytes)
        case .connect(let address, let handshake): dial(address, handshake)
        case .close(let id, let reason):
            guard let link = links[id.slot] else { return }
            links[id.slot] = nil
            link.close()
            emit(.peerClosed(link.address, reason))
            logger.debug("closed peer", metadata: ["peer": "\(link.address)", "reason": "\(reason)"])
        case .banned(let address, let piece): emit(.banned(address, piece))
        case .finished: finish()
        case .failed(let failure):
            // The storage error itself has been told already.
            if case .storage = failure { return }
            emit(.failed(.swarm(failure)))
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
        if !dirty.isEmpty {
            let links = dirty
            dirty.removeAll(keepingCapacity: true)
            for link in links {
                link.isDirty = false
                link.flush()
                upload(link)
            }
        }
        disk?.flush()
        balanceReading()
        armTimer()
    }

    private func armTimer() {
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
    private static let unwrittenHigh = 24 << 20, unwrittenLow = 12 << 20

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

    private func setReading(_ link: PeerLink, _ isOn: Bool) {
        // Fails only on a channel that is closed already.
        try? link.channel.syncOptions?.setOption(.autoRead, value: isOn)
    }

    // MARK: Uploads

    /// Read and handed to the socket at once, in bytes.
    private static let uploadBatch = 512 << 10

    func mayUpload(_ link: PeerLink) {
        upload(link)
    }

    private func upload(_ link: PeerLink) {
        guard let disk, link.hasUploads, !link.isReading, !link.isClosing, link.channel.isWritable,
            let id = link.id
        else { return }
        let batch = link.takeUploads(atMost: Self.uploadBatch)
        link.isReading = true
        let payload = disk.payload
        let allocator = link.channel.allocator
        disk.run({ () -> Result<ByteBuffer, StorageError> in
            Result { () throws(StorageError) in
                var buffer = allocator.buffer(capacity: 0)
                try payload.read(batch, into: &buffer, headLength: PeerMessage.pieceHeaderLength) {
                    PeerMessage.writePieceHeader($0, into: &$1)
                }
                return buffer
            }
        }) { [self] result in
            link.isReading = false
            guard !link.isClosing, links[id.slot] === link else { return }
            let now = ContinuousClock.now
            switch result {
            case .success(let buffer):
                // The next batch is read while this one goes out.
                link.channel.write(buffer, promise: nil)
                upload(link)
                link.channel.flush()
                core.blocksSent(
                    id, count: batch.count, bytes: batch.reduce(0) { $0 + $1.length }, at: now, into: &actions
                )
            case .failure(let error):
                logger.debug("cannot read", metadata: ["error": "\(error)"])
                for block in batch { core.blockUnreadable(block, for: id, at: now, into: &actions) }
            }
            perform()
            endOfTick()
        }
    }

    private func readLeaves(_ id: ConnectionID, _ request: HashRequest, _ pieces: Range<Int>) {
        guard let disk else { return }
        let payload = disk.payload
        disk.run({ try? payload.leaves(of: pieces) }) { [self] leaves in
            core.leavesRead(request, for: id, leaves: leaves, at: .now, into: &actions)
            perform()
            endOfTick()
        }
    }

    // MARK: Metadata of a magnet

    private func parse(_ bytes: [UInt8]) {
        guard info == nil else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        // Up to 32 MiB of bencode: not on the loop.
        environment.pool.submit {
            let parsed = Result { () throws(MetainfoError) in try InfoDictionary.parse(bytes) }
            loop.execute {
                let me = me.value
                guard !me.isStopped else { return }
                switch parsed {
                case .success(let info): me.accept(info, layers: [:])
                case .failure(let error): me.fail(.metadata(error))
                }
                me.endOfTick()
            }
        }
    }

    // MARK: Dialling

    private func dial(_ address: PeerAddress, _ handshake: Handshake) {
        let torrent = NIOLoopBound(self, eventLoop: loop)
        environment.connect(address, on: loop).whenComplete { result in
            let me = torrent.value
            switch result {
            case .failure: me.connectFailed(address)
            case .success(let channel):
                guard !me.isStopped else { return channel.close(promise: nil) }
                me.dialled(channel, address, handshake)
            }
        }
    }

    private func dialled(_ channel: any Channel, _ address: PeerAddress, _ handshake: Handshake) {
        let link = PeerLink(channel: channel, address: address)
        dialling[address] = channel
        do {
            try channel.pipeline.syncOperations.addHandler(PeerChannelHandler(dialledFor: self, link: link))
        } catch {
            channel.close(promise: nil)
            return connectFailed(address)
        }
        link.enqueue(handshake)
        link.flush()
        // Held back until the handler was there to read.
        try? channel.syncOptions?.setOption(.autoRead, value: true)
        channel.read()
    }

    /// An incoming connection has named this torrent; `handshake` is the peer's.
    func accept(_ channel: any Channel, _ address: PeerAddress, _ handshake: Handshake) {
        guard !isStopped else { return channel.close(promise: nil) }
        let link = PeerLink(channel: channel, address: address)
        link.enqueue(core.reply(to: handshake))
        link.flush()
        guard let id = handshakeDone(link, handshake, isOutgoing: false) else { return }
        do {
            let handler = PeerChannelHandler(openFor: self, link: link, id: id)
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            disconnected(link, id, error: nil)
        }
    }

    // MARK: Completion

    private func finish() {
        guard !isFinishing, let disk else { return }
        isFinishing = true
        // `complete` means written: it waits for every write and every resume bit.
        disk.whenIdle { [self] in
            let payload = disk.payload
            let options = options
            disk.run({ () -> StorageError? in
                do throws(StorageError) {
                    if options.writes {
                        try payload.finish()
                        if options.synchronizes { try payload.synchronize() }
                    }
                    return nil
                } catch {
                    return error
                }
            }) { [self] error in
                isFinishing = false
                guard !isStopped else { return }
                if let error { return fail(.storage(error)) }
                announcer?.completed()
                updateAnnouncing()
                emit(.complete(core.snapshot(at: .now)))
            }
        }
    }
}

/// A reference that keeps nothing alive.
private struct Weak<Object: AnyObject> {
    weak var object: Object?
    init(_ object: Object) { self.object = object }
}

/// Ends long work on other threads.
private final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
}
