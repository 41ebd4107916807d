// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import NIOCore
import NIOPosix
import SwardDHT
import SwardPrimitives
import SwardUTP
import SwardWire

/// The UDP sockets of a session, one of each family at most, that the DHT and uTP share; or one alone, by which everything
/// goes to a proxy's relay and comes from there, of trackers too. Belongs to one event loop.
///
/// What comes is told apart by its first byte. Where the system can, datagrams of one length to one peer go and come
/// many at a time: a hundred thousand a second would otherwise each cost a call.
final class DatagramPort {
    private let loop: any EventLoop
    private var sockets: [DHTFamily: any Channel] = [:]
    private var isClosed = false
    private var segments = System.supportsUDPSegmentationOffload
    /// The sender of the last datagram: there are often many of one.
    private var lastSender: (raw: SocketAddress, address: PeerAddress)?

    private struct Relay {
        let address: PeerAddress
        let remote: SocketAddress
        let socket: any Channel
    }

    /// Whether all goes by a relay, and nothing while there is none.
    let isRelayed: Bool
    private var relay: Relay?

    /// Of the DHT.
    var receivedMessage: (ByteBuffer, PeerAddress) -> Void = { _, _ in }
    var utp: UTPService?
    /// Of UDP trackers, by the relay.
    var receivedReply: (ByteBuffer, SOCKSEnd) -> Void = { _, _ in }
    /// Told when there is a relay, again where there was one before.
    var foundRelay: () -> Void = {}
    /// Told when the socket to the relay is gone by itself.
    var lostRelay: () -> Void = {}

    init(loop: any EventLoop, isRelayed: Bool = false) {
        self.loop = loop
        self.isRelayed = isRelayed
    }

    /// Opens a socket at each address, one of each family at most; a family whose socket cannot be opened is gone without.
    ///
    /// - Throws: The error of the last socket, when none could be opened.
    static func open(at addresses: [PeerAddress], on loop: any EventLoop, logger: Logger) async throws
        -> NIOLoopBound<DatagramPort>
    {
        let port = try await loop.submit { NIOLoopBound(DatagramPort(loop: loop), eventLoop: loop) }.get()
        var failure: (any Error)?
        var openCount = 0
        var families: Set<DHTFamily> = []
        for address in addresses where families.insert(DHTFamily(of: address)).inserted {
            do {
                try await loop.flatSubmit { port.value.open(address) }.get()
                openCount += 1
            } catch {
                logger.debug(
                    "no datagram socket", metadata: ["address": "\(address)", "error": "\(error)"])
                failure = error
            }
        }
        if openCount == 0, let failure { throw failure }
        return port
    }

    /// Where it listens.
    var addresses: [PeerAddress] {
        sockets.sorted { $0.key == .ipv4 && $1.key == .ipv6 }.compactMap {
            $0.value.localAddress.flatMap(PeerAddress.init)
        }
    }

    func has(_ family: DHTFamily) -> Bool { isRelayed ? relay != nil : sockets[family] != nil }

    /// Which the DHT may speak. What a proxy reaches beyond its own family is not known beforehand.
    var families: Set<DHTFamily> {
        isRelayed ? Set(DHTFamily.allCases) : Set(addresses.map(DHTFamily.init(of:)))
    }

    /// In bytes: how much shorter a datagram to `address` must be, as more goes with it to the relay.
    func overhead(to address: PeerAddress) -> Int {
        guard isRelayed else { return 0 }
        let isLongWay = address.isIPv4 && relay?.address.isIPv4 == false
        return SOCKSDatagram.headerLength(isIPv4: address.isIPv4) + (isLongWay ? 20 : 0)
    }

    // MARK: Relay

    /// Goes by this relay from now on.
    ///
    /// - Parameter local: from where the proxy was asked, which is whom it expects.
    func enter(_ address: PeerAddress, from local: PeerAddress?) -> EventLoopFuture<Void> {
        leaveRelay()
        let any = [UInt8](repeating: 0, count: address.isIPv4 ? 4 : 16)
        let mine =
            local.flatMap { $0.isIPv4 == address.isIPv4 ? $0.with(port: 0) : nil }
            ?? PeerAddress(ip: any, port: 0)
        guard !isClosed, let remote = SocketAddress(address), let mine else {
            return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
        }
        let me = NIOLoopBound(self, eventLoop: loop)
        return bind(mine).flatMapThrowing { socket in
            guard !me.value.isClosed else {
                socket.close(promise: nil)
                throw ChannelError.ioOnClosedChannel
            }
            me.value.relay = Relay(address: address, remote: remote, socket: socket)
            let id = ObjectIdentifier(socket)
            socket.closeFuture.whenComplete { _ in
                guard let relay = me.value.relay, ObjectIdentifier(relay.socket) == id else { return }
                me.value.leaveRelay()
                me.value.lostRelay()
            }
            me.value.foundRelay()
        }
    }

    /// Nothing goes any more. The other ends of connections knew us by the relay, and would not know us by another.
    func leaveRelay() {
        guard let old = relay else { return }
        relay = nil
        old.socket.close(promise: nil)
        utp?.endAll()
    }

    private func open(_ address: PeerAddress) -> EventLoopFuture<Void> {
        let me = NIOLoopBound(self, eventLoop: loop)
        return bind(address).map { channel in
            // With the port that the system picked.
            let bound = channel.localAddress.flatMap(PeerAddress.init) ?? address
            me.value.sockets[DHTFamily(of: bound)] = channel
            channel.closeFuture.whenComplete { _ in me.value.lost(bound) }
        }
    }

    private func bind(_ address: PeerAddress) -> EventLoopFuture<any Channel> {
        let me = NIOLoopBound(self, eventLoop: loop)
        guard let socketAddress = SocketAddress(address) else {
            return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
        }
        var bootstrap = DatagramBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
            .channelOption(.maxMessagesPerRead, value: 16)
            .channelOption(.writeBufferWaterMark, value: .init(low: 256 << 10, high: 1 << 20))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramHandler(me.value))
                }
            }
        // The system gives what it has; it is a wish.
        for option in [NIOBSDSocket.Option.so_rcvbuf, .so_sndbuf] {
            bootstrap = bootstrap.channelOption(.socketOption(option), value: Self.socketBuffer)
        }
        if !address.isIPv4 {
            // The other family has a socket of its own at the same port.
            bootstrap = bootstrap.channelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
        }
        if System.supportsUDPReceiveOffload {
            bootstrap = bootstrap.channelOption(.datagramReceiveOffload, value: true)
                .channelOption(ChannelOptions.Types.DatagramReceiveSegmentSize(), value: true)
        }
        return bootstrap.bind(to: socketAddress)
    }

    private static let pause = (first: TimeAmount.milliseconds(50), later: TimeAmount.seconds(2))

    /// NIO closes a socket for good when the system has no way to one peer, as while a network is gone: it is opened
    /// again. Connections know nothing of it; what was on its way is lost.
    private func lost(_ address: PeerAddress) {
        guard !isClosed else { return }
        sockets[DHTFamily(of: address)] = nil
        reopen(address, after: Self.pause.first)
    }

    private func reopen(_ address: PeerAddress, after pause: TimeAmount) {
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: pause) {
            guard !me.value.isClosed else { return }
            me.value.open(address).whenComplete { result in
                switch result {
                case .success where me.value.isClosed: me.value.close()
                case .success: me.value.utp?.workAll()
                case .failure: me.value.reopen(address, after: Self.pause.later)
                }
            }
        }
    }

    private static let socketBuffer: SocketOptionValue = 4 << 20

    // MARK: Out

    /// One datagram, or several of `segment` bytes and a last one of at most that.
    func write(_ bytes: ByteBuffer, to address: PeerAddress, segment: Int? = nil) {
        if isRelayed { return write(bytes, to: .address(address), segment: segment) }
        guard let channel = sockets[DHTFamily(of: address)], let remote = SocketAddress(address) else {
            return
        }
        write(bytes, to: remote, segment: segment, on: channel)
    }

    /// As ``write(_:to:segment:)``, by the relay, to an end that it may look up.
    func write(_ bytes: ByteBuffer, to end: SOCKSEnd, segment: Int? = nil) {
        guard let relay else { return }
        let header = SOCKSDatagram.header(to: end)
        let segment = segment ?? bytes.readableBytes
        var rest = bytes
        var whole = ByteBuffer()
        let count = (bytes.readableBytes + segment - 1) / max(1, segment)
        whole.reserveCapacity(bytes.readableBytes + count * header.readableBytes)
        while let one = rest.readSlice(length: min(segment, rest.readableBytes)), one.readableBytes > 0 {
            whole.writeImmutableBuffer(header)
            whole.writeImmutableBuffer(one)
        }
        write(whole, to: relay.remote, segment: segment + header.readableBytes, on: relay.socket)
    }

    private func write(
        _ bytes: ByteBuffer, to remote: SocketAddress, segment: Int?, on channel: any Channel
    ) {
        guard let segment, segment < bytes.readableBytes else {
            // A datagram that cannot be sent is one that was lost.
            return channel.write(AddressedEnvelope(remoteAddress: remote, data: bytes), promise: nil)
        }
        if segments {
            let whole = AddressedEnvelope(
                remoteAddress: remote, data: bytes,
                metadata: .init(ecnState: .transportNotCapable, packetInfo: nil, segmentSize: segment))
            let me = NIOLoopBound(self, eventLoop: loop)
            // A device that cannot cut them says so; they are lost, and those that follow go one by one.
            channel.write(whole).whenFailure { _ in me.value.segments = false }
            return
        }
        var bytes = bytes
        while bytes.readableBytes > 0 {
            guard let one = bytes.readSlice(length: min(segment, bytes.readableBytes)) else { return }
            channel.write(AddressedEnvelope(remoteAddress: remote, data: one), promise: nil)
        }
    }

    func flush() {
        relay?.socket.flush()
        for socket in sockets.values { socket.flush() }
    }

    func isWritable(to address: PeerAddress) -> Bool {
        if isRelayed { return relay?.socket.isWritable ?? false }
        return sockets[DHTFamily(of: address)]?.isWritable ?? false
    }

    func close() {
        isClosed = true
        leaveRelay()
        utp?.close()
        utp = nil
        for socket in sockets.values { socket.close(promise: nil) }
        sockets = [:]
    }

    // MARK: In

    fileprivate func received(_ envelope: AddressedEnvelope<ByteBuffer>) {
        var bytes = envelope.data
        guard let sender = address(of: envelope.remoteAddress), !isRelayed || sender == relay?.address
        else { return }
        let segment = envelope.metadata?.segmentSize ?? bytes.readableBytes
        guard segment > 0 else { return }
        while let one = bytes.readSlice(length: min(segment, bytes.readableBytes)), one.readableBytes > 0 {
            if isRelayed { unwrap(one) } else { take(one, from: sender) }
        }
    }

    private func take(_ datagram: ByteBuffer, from sender: PeerAddress) {
        let first = datagram.getInteger(at: datagram.readerIndex, as: UInt8.self)
        if let first, UTPPacket.isLikely(first) {
            utp?.received(datagram, from: sender)
        } else {
            receivedMessage(datagram, sender)
        }
    }

    private func unwrap(_ datagram: ByteBuffer) {
        guard let inner = SOCKSDatagram(datagram) else { return }
        // The answers of trackers begin with a zero.
        if inner.payload.getInteger(at: inner.payload.readerIndex, as: UInt8.self) == 0 {
            receivedReply(inner.payload, inner.end)
        } else if case .address(let sender) = inner.end {
            take(inner.payload, from: sender)
        }
    }

    private func address(of raw: SocketAddress) -> PeerAddress? {
        if let lastSender, lastSender.raw == raw { return lastSender.address }
        guard let address = PeerAddress(raw) else { return nil }
        lastSender = (raw, address)
        return address
    }

    fileprivate func readComplete() { utp?.work() }
    fileprivate func writabilityChanged() { utp?.workAll() }
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let port: DatagramPort

    init(_ port: DatagramPort) { self.port = port }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        port.received(Self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) { port.readComplete() }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { port.writabilityChanged() }
    }

    // An ICMP error tells of one datagram; the socket lives on.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// `DatagramHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension DatagramHandler: Sendable {}
