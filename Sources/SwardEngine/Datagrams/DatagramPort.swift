// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import NIOCore
import NIOPosix
import SwardDHT
import SwardPrimitives
import SwardUTP

/// The UDP sockets of a session, one of each family at most, that the DHT and uTP share. Belongs to one event loop.
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

    /// Of the DHT.
    var receivedMessage: (ByteBuffer, PeerAddress) -> Void = { _, _ in }
    var utp: UTPService?

    init(loop: any EventLoop) { self.loop = loop }

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

    func has(_ family: DHTFamily) -> Bool { sockets[family] != nil }

    private func open(_ address: PeerAddress) -> EventLoopFuture<Void> {
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
        return bootstrap.bind(to: socketAddress).map { channel in
            // With the port that the system picked.
            let bound = channel.localAddress.flatMap(PeerAddress.init) ?? address
            me.value.sockets[DHTFamily(of: bound)] = channel
            channel.closeFuture.whenComplete { _ in me.value.lost(bound) }
        }
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
        guard let channel = sockets[DHTFamily(of: address)], let remote = SocketAddress(address) else {
            return
        }
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

    func flush() { for socket in sockets.values { socket.flush() } }

    func isWritable(to address: PeerAddress) -> Bool {
        sockets[DHTFamily(of: address)]?.isWritable ?? false
    }

    func close() {
        isClosed = true
        utp?.close()
        utp = nil
        for socket in sockets.values { socket.close(promise: nil) }
        sockets = [:]
    }

    // MARK: In

    fileprivate func received(_ envelope: AddressedEnvelope<ByteBuffer>) {
        var bytes = envelope.data
        guard let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self),
            let sender = address(of: envelope.remoteAddress)
        else { return }
        let segment = envelope.metadata?.segmentSize ?? bytes.readableBytes
        guard segment > 0 else { return }
        while let one = bytes.readSlice(length: min(segment, bytes.readableBytes)), one.readableBytes > 0 {
            if UTPPacket.isLikely(first) {
                utp?.received(one, from: sender)
            } else {
                receivedMessage(one, sender)
            }
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
