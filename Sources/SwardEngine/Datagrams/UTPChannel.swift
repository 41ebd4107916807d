// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardUTP

/// A connection of uTP as a channel, so that what speaks over TCP speaks over it unchanged.
///
/// `@unchecked Sendable` because `Channel` wants it: all state is touched on `eventLoop` alone, where whoever holds a
/// peer's channel runs; what NIO calls from elsewhere hops there first, in its pipeline.
final class UTPChannel: Channel, ChannelCore, @unchecked Sendable {
    private enum State { case opening, open, closed }

    let peer: PeerAddress
    let receiveID: UInt16
    let eventLoop: any EventLoop
    private let isDialled: Bool
    private let service: UTPService
    private var core: UTPConnection
    private var state = State.opening
    private var timer: Scheduled<Void>?
    private var armed: Int?
    var isDirty = false
    private var isOver = false
    /// Called once: when the connection is there, or when it will not be.
    var whenOpen: ((Result<Void, any Error>) -> Void)?

    private var readsAlways = true
    private var mayRead = false
    /// Written and not flushed.
    private var written: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private(set) var isWritable = true

    private let closePromise: EventLoopPromise<Void>
    private var pipelineOfSelf: ChannelPipeline?

    init(_ core: UTPConnection, peer: PeerAddress, isDialled: Bool, service: UTPService) {
        self.core = core
        self.isDialled = isDialled
        self.peer = peer
        self.service = service
        receiveID = core.receiveID
        eventLoop = service.loop
        closePromise = eventLoop.makePromise()
        pipelineOfSelf = ChannelPipeline(channel: self)
    }

    // MARK: Channel

    var pipeline: ChannelPipeline {
        guard let pipelineOfSelf else { preconditionFailure("made in init") }
        return pipelineOfSelf
    }
    let allocator = ByteBufferAllocator()
    var closeFuture: EventLoopFuture<Void> { closePromise.futureResult }
    var localAddress: SocketAddress? { nil }
    var remoteAddress: SocketAddress? { SocketAddress(peer) }
    var parent: (any Channel)? { nil }
    var isActive: Bool { state == .open }
    var _channelCore: any ChannelCore { self }
    var syncOptions: (any NIOSynchronousChannelOptions)? { Options(channel: self) }

    func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) -> EventLoopFuture<Void> {
        eventLoop.submit { try Options(channel: self).setOption(option, value: value) }
    }

    func getOption<Option: ChannelOption>(_ option: Option) -> EventLoopFuture<Option.Value> {
        eventLoop.submit { try Options(channel: self).getOption(option) }
    }

    private struct Options: NIOSynchronousChannelOptions {
        let channel: UTPChannel

        func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) throws {
            guard option is ChannelOptions.Types.AutoReadOption, let isOn = value as? Bool else {
                throw ChannelError.operationUnsupported
            }
            channel.readsAlways = isOn
            if isOn { channel.service.mark(channel) }
        }

        func getOption<Option: ChannelOption>(_ option: Option) throws -> Option.Value {
            guard option is ChannelOptions.Types.AutoReadOption,
                let value = channel.readsAlways as? Option.Value
            else { throw ChannelError.operationUnsupported }
            return value
        }
    }

    // MARK: ChannelCore

    func localAddress0() throws -> SocketAddress { throw ChannelError.unknownLocalAddress }
    func remoteAddress0() throws -> SocketAddress {
        guard let remoteAddress else { throw ChannelError.unknownLocalAddress }
        return remoteAddress
    }
    func register0(promise: EventLoopPromise<Void>?) { promise?.fail(ChannelError.operationUnsupported) }
    func registerAlreadyConfigured0(promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }
    func bind0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }
    func connect0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }
    func triggerUserOutboundEvent0(_ event: Any, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }
    func channelRead0(_ data: NIOAny) {}
    func errorCaught0(error: any Error) {}

    func write0(_ data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state != .closed else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        written.append((unwrapData(data, as: ByteBuffer.self), promise))
    }

    func flush0() {
        guard !written.isEmpty else { return }
        let writes = written
        written.removeAll(keepingCapacity: true)
        for (bytes, promise) in writes {
            core.write(bytes)
            promise?.succeed()
        }
        if core.unsent > Self.waterMark.high + core.congestionWindow { isWritable = false }
        // Here and now; what else there may be to do could come back to whoever is writing.
        guard state == .open else { return }
        send()
        arm()
        service.flush()
    }

    /// In bytes given and not yet acknowledged, beyond what may be on its way: above the first no more is read from
    /// disk for this peer.
    private static let waterMark = (high: 512 << 10, low: 256 << 10)

    /// In bytes that the windows are wider than every connection's.
    var borrowed: Int { core.borrowed }

    /// - Returns: how many bytes of that are not needed any more.
    func giveBack() -> Int {
        let before = core.borrowed
        core.giveBack(at: UTPService.now)
        return before - core.borrowed
    }

    func read0() {
        mayRead = true
        service.mark(self)
    }

    func close0(error: any Error, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard state != .closed else {
            promise?.fail(ChannelError.alreadyClosed)
            return
        }
        core.close(at: UTPService.now)
        becomeClosed(error)
        promise?.succeed()
        service.mark(self)
    }

    // MARK: Work

    func received(_ packet: UTPPacket) {
        core.received(packet, at: UTPService.now)
        service.note(self)
    }

    /// Sees to all that may have changed.
    func work() {
        guard !isOver else { return }
        if state == .opening, core.isConnected { becomeOpen() }
        if state == .open, readsAlways || mayRead, let bytes = core.read() {
            mayRead = false
            pipeline.syncOperations.fireChannelRead(NIOAny(bytes))
            pipeline.syncOperations.fireChannelReadComplete()
        }
        if state == .open, core.isReadClosed, core.isDrained { core.close(at: UTPService.now) }
        if core.wantsWidening, service.lend(core.receiveLimit, to: self) { core.widen(at: UTPService.now) }
        if core.wantsToSendMore, service.lend(core.sendLimit, to: self) {
            core.sendMore(at: UTPService.now)
        }
        send()
        if let ending = core.ending {
            becomeClosed(ending == .finished ? ChannelError.eof : ChannelError.ioOnClosedChannel)
            timer?.cancel()
            service.forget(self)
            return
        }
        if state == .open, core.isReadClosed, core.isDrained { becomeClosed(ChannelError.eof) }
        if state == .open, !isWritable, core.unsent < Self.waterMark.low + core.congestionWindow {
            isWritable = true
            pipeline.syncOperations.fireChannelWritabilityChanged()
        }
        arm()
    }

    /// At most so many datagrams at once, and bytes, go to the system in one call.
    private static let batch = (count: 60, bytes: 64_000)

    private func send() {
        while service.port.isWritable(to: peer) {
            var bytes = ByteBuffer()
            var segment = 0
            var count = 0
            var isLast = false
            while count < Self.batch.count, bytes.readableBytes + segment <= Self.batch.bytes {
                let start = bytes.writerIndex
                guard let length = core.nextDatagram(at: UTPService.now, into: &bytes) else {
                    isLast = true
                    break
                }
                if segment == 0 {
                    segment = length
                    // Most of the time there is a batch; one small answer needs no room for it.
                    if length > 1000 { bytes.reserveCapacity(Self.batch.bytes + 2000) }
                }
                count += 1
                guard length <= segment else {
                    // All but the last of a batch have one length.
                    if let longer = bytes.getSlice(at: start, length: length) {
                        bytes.moveWriterIndex(to: start)
                        service.port.write(bytes, to: peer, segment: segment)
                        bytes = ByteBuffer(bytes: longer.readableBytesView)
                        (segment, count) = (length, 1)
                    }
                    continue
                }
                if length < segment { break }
            }
            if count > 0 { service.port.write(bytes, to: peer, segment: segment) }
            if isLast { return }
        }
    }

    private func arm() {
        guard let deadline = core.deadline, deadline != .max else { return }
        if let armed, armed <= deadline { return }
        timer?.cancel()
        armed = deadline
        let me = NIOLoopBound(self, eventLoop: eventLoop)
        timer = eventLoop.scheduleTask(in: .microseconds(Int64(max(0, deadline - UTPService.now)))) {
            me.value.armed = nil
            me.value.core.timerFired(at: UTPService.now)
            me.value.service.mark(me.value)
        }
    }

    private func becomeOpen() {
        state = .open
        // Who dialled adds its handlers when told, and only then is anything read.
        readsAlways = !isDialled
        whenOpen?(.success(()))
        whenOpen = nil
        guard state == .open else { return }
        pipeline.syncOperations.fireChannelRegistered()
        pipeline.syncOperations.fireChannelActive()
    }

    private func becomeClosed(_ error: any Error) {
        guard state != .closed else { return }
        let wasOpen = state == .open
        state = .closed
        isWritable = false
        for (_, promise) in written { promise?.fail(error) }
        written = []
        whenOpen?(.failure(error))
        whenOpen = nil
        if wasOpen {
            pipeline.syncOperations.fireChannelInactive()
            pipeline.syncOperations.fireChannelUnregistered()
        }
        closePromise.succeed()
        let me = NIOLoopBound(self, eventLoop: eventLoop)
        // Whoever closed it may be in one of its handlers.
        eventLoop.execute { me.value.removeHandlers(pipeline: me.value.pipeline) }
    }

    /// At once, and without a word.
    func end() {
        isOver = true
        timer?.cancel()
        becomeClosed(ChannelError.ioOnClosedChannel)
    }
}
