// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardStorage

/// What one torrent has at the disk: writes gathered into batches, checks run side by side, and how much is under way.
///
/// Belongs to one event loop; its results come back there, in no promised order.
final class DiskQueue {
    /// A worker takes this many blocks at a time at most, so that results come back in good time.
    private static let batchLimit = 128
    /// In bytes; so many are likely still in the processor's cache when they are read back.
    private static let worthwhileCheck = 16 << 20
    /// How long a piece waits for company: sixteen are hashed in the time of four.
    private static let checkPatience = TimeAmount.milliseconds(40)

    private let pool: DiskPool
    private let loop: any EventLoop
    private(set) var payload: Payload
    private(set) var resume: ResumeFile?

    private var writes: [BlockWrite] = []
    private var checks: [PieceIndex] = []
    private var records: [PieceIndex] = []
    /// Set while a piece waits to be checked.
    private var patience: Scheduled<Void>?
    /// Whether blocks are on their way, and with them more pieces to check.
    var isMoreComing: () -> Bool = { false }
    private var isWriting = false
    private var isChecking = false
    private var isRecording = false
    /// Handed to the disk threads and not yet done.
    private(set) var jobs = 0
    /// Those of them that only read for peers.
    private var reads = 0
    private var whenIdle: [() -> Void] = []
    private var whenWritten: [() -> Void] = []
    /// In bytes: handed in and not yet written.
    private(set) var unwritten = 0

    var didWrite: ([BlockWriteResult]) -> Void = { _ in }
    var didCheck: ([PieceIndex], [Payload.PieceDigest]) -> Void = { _, _ in }
    var didFail: (StorageError) -> Void = { _ in }

    init(pool: DiskPool, loop: any EventLoop, payload: Payload, resume: ResumeFile?) {
        self.pool = pool
        self.loop = loop
        self.payload = payload
        self.resume = resume
    }

    var isIdle: Bool { jobs == 0 && isWritten }

    /// Nothing of our own is waiting or under way; peers may have it read.
    private var isWritten: Bool { jobs == reads && writes.isEmpty && checks.isEmpty && records.isEmpty }

    /// The files lie elsewhere from now on; what was begun goes on where they lay.
    func move(to payload: Payload, _ resume: ResumeFile?) {
        self.payload = payload
        self.resume = resume
    }

    // MARK: Orders

    func write(_ block: BlockRequest, _ data: ByteBuffer) {
        writes.append(BlockWrite(request: block, data: data))
        unwritten += block.length
    }

    func check(_ piece: PieceIndex) {
        checks.append(piece)
        guard patience == nil else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        patience = loop.assumeIsolated().scheduleTask(in: Self.checkPatience) {
            me.value.patience = nil
            me.value.flush()
        }
    }

    func record(_ piece: PieceIndex) { if resume != nil { records.append(piece) } }

    /// A piece that was recorded is there no more.
    func forget(_ piece: PieceIndex) {
        guard let resume else { return }
        run({ try? resume.clear(piece) }) { _ in }
    }

    /// Runs `work` on a disk thread and `done` with its result back here.
    ///
    /// - Parameter isForPeer: It only reads what a peer has asked for.
    func run<Value: Sendable>(
        isForPeer: Bool = false, _ work: @escaping @Sendable () -> Value, then done: @escaping (Value) -> Void
    ) {
        jobs += 1
        if isForPeer { reads += 1 }
        // Only ever called back on this loop.
        let done = NIOLoopBound(done, eventLoop: loop)
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        pool.submit {
            let value = work()
            loop.execute {
                me.value.jobs -= 1
                if isForPeer { me.value.reads -= 1 }
                done.value(value)
                me.value.flush()
                me.value.reportIdle()
            }
        }
    }

    /// Calls `body` once nothing is waiting or under way.
    func whenIdle(_ body: @escaping () -> Void) {
        whenIdle.append(body)
        flush()
        reportIdle()
    }

    /// Calls `body` once nothing of our own is waiting or under way. Peers cannot put that off: who asks and asks keeps
    /// the disk from ever being idle.
    func whenWritten(_ body: @escaping () -> Void) {
        whenWritten.append(body)
        flush()
        reportIdle()
    }

    private func reportIdle() {
        if isWritten, !whenWritten.isEmpty {
            let waiting = whenWritten
            whenWritten = []
            for body in waiting { body() }
        }
        guard isIdle, !whenIdle.isEmpty else { return }
        let waiting = whenIdle
        whenIdle = []
        for body in waiting { body() }
    }

    // MARK: Batches

    /// Hands gathered work to the pool; called once per tick of the loop.
    func flush() {
        // One at a time: two writers of one file spin on its lock in the kernel, and blocks that come in meanwhile make
        // a bigger batch, which is hashed and written cheaper.
        if !writes.isEmpty, !isWriting { submitWrites() }
        if !checks.isEmpty, !isChecking, isWorthChecking { submitChecks() }
        if !records.isEmpty, !isRecording { submitRecords() }
    }

    private func submitWrites() {
        let batch: [BlockWrite]
        if writes.count <= Self.batchLimit {
            batch = writes
            writes = []
            writes.reserveCapacity(batch.count)
        } else {
            batch = Array(writes.prefix(Self.batchLimit))
            writes.removeFirst(Self.batchLimit)
        }
        isWriting = true
        let payload = payload
        let bytes = batch.reduce(0) { $0 + $1.request.length }
        run({ payload.write(batch) }) { [self] results in
            isWriting = false
            unwritten -= bytes
            didWrite(results)
        }
    }

    /// While blocks are being written or on their way a few pieces wait for company, to be hashed side by side; when
    /// none are they are checked at once.
    private var isWorthChecking: Bool {
        let isResting = !isWriting && writes.isEmpty && !isMoreComing()
        return isResting || patience == nil || checks.count >= Payload.checkLanes
            || checks.count * payload.layout.pieceLength >= Self.worthwhileCheck
    }

    private func submitChecks() {
        let batch = Array(checks.prefix(Payload.checkLanes))
        checks.removeFirst(batch.count)
        isChecking = true
        let payload = payload
        run({ payload.sha1(of: batch) }) { [self] digests in
            isChecking = false
            didCheck(batch, digests)
        }
    }

    private func submitRecords() {
        guard let resume else { return }
        let batch = records
        records = []
        isRecording = true
        run({ () -> StorageError? in
            do throws(StorageError) {
                for piece in batch { try resume.record(piece) }
                return nil
            } catch {
                return error
            }
        }) { [self] error in
            isRecording = false
            if let error { didFail(error) }
        }
    }
}
