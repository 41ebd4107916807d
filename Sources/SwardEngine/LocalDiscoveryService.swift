// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Logging
import NIOCore
import NIOPosix
import SwardPrimitives
import SwardSwarm
import SwardTracker

/// Tells the local network which torrents we have, and hears who else has them. Source: BEP 14.
///
/// Belongs to one event loop.
final class LocalDiscoveryService {
    private let loop: any EventLoop
    private let directory: TorrentDirectory
    private var discovery: LocalDiscovery
    private var sockets: [any Channel] = []
    /// One per group; either may be missing where the system has no such network.
    private var senders: [(group: LocalAnnouncement.Group, source: SocketAddress, channel: any Channel)] = []
    private var timer: Scheduled<Void>?

    init(loop: any EventLoop, port: UInt16, cookie: String, directory: TorrentDirectory) {
        self.loop = loop
        self.directory = directory
        discovery = LocalDiscovery(port: port, cookie: cookie)
    }

    /// Joins the groups of the families we listen in.
    ///
    /// - Parameter listening: Where peers reach us. What others take from a datagram is its sender's address, so it is
    ///   sent from there.
    /// - Returns: How many groups were joined.
    func open(listening: [PeerAddress], logger: Logger) -> EventLoopFuture<Int> {
        let me = NIOLoopBound(self, eventLoop: loop)
        let joined = LocalAnnouncement.Group.allCases.map { group -> EventLoopFuture<Void> in
            guard let address = SocketAddress(group.address),
                let own = listening.first(where: { $0.isIPv4 == group.address.isIPv4 }),
                let source = SocketAddress(own.with(port: 0))
            else { return loop.makeSucceededVoidFuture() }
            let receiving = DatagramBootstrap(group: loop)
                .channelOption(.socketOption(.so_reuseaddr), value: 1)
                .channelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramHandler(me))
                    }
                }
                // Bound to the group itself: datagrams sent to the port alone are not for us.
                .bind(to: address)
                .flatMap { channel -> EventLoopFuture<Void> in
                    me.value.sockets.append(channel)
                    guard let multicast = channel as? any MulticastChannel else {
                        return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
                    }
                    return multicast.joinGroup(address, device: Self.device(of: own))
                }
            return
                receiving
                .flatMap {
                    DatagramBootstrap(group: me.eventLoop).bind(to: source)
                }
                .map { channel in
                    me.value.sockets.append(channel)
                    me.value.senders.append((group, source, channel))
                }
                .flatMapErrorThrowing { error in
                    logger.debug("no local discovery", metadata: ["group": "\(group)", "error": "\(error)"])
                }
        }
        return EventLoopFuture.andAllSucceed(joined, on: loop).map { me.value.senders.count }
    }

    /// The interface that has `address`; `nil` when we listen on all of them, for the system to choose.
    private static func device(of address: PeerAddress) -> NIONetworkDevice? {
        guard let wanted = SocketAddress(address)?.ipAddress,
            let devices = try? System.enumerateDevices()
        else { return nil }
        return devices.first { $0.address?.ipAddress == wanted }
    }

    func add(_ hashes: InfoHashes) {
        discovery.add(hashes, at: .now)
        arm()
    }

    func remove(_ hashes: InfoHashes) { discovery.remove(hashes) }

    func close() {
        timer?.cancel()
        for socket in sockets { socket.close(promise: nil) }
        sockets = []
        senders = []
    }

    private func arm() {
        timer?.cancel()
        timer = nil
        guard let deadline = discovery.deadline, !senders.isEmpty else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: TimeAmount(deadline - .now)) { me.value.announce() }
    }

    private func announce() {
        if let announcement = discovery.timerFired(at: .now) {
            let me = NIOLoopBound(self, eventLoop: loop)
            for index in senders.indices {
                let (group, _, channel) = senders[index]
                guard let address = SocketAddress(group.address) else { continue }
                for datagram in announcement.datagrams(to: group) {
                    let envelope = AddressedEnvelope(
                        remoteAddress: address, data: ByteBuffer(bytes: datagram))
                    channel.writeAndFlush(envelope).whenFailure { _ in me.value.failed(index, channel) }
                }
            }
        }
        arm()
    }

    /// While there is no network NIO closes a socket that is asked to send; it is opened anew for the next time.
    private func failed(_ index: Int, _ channel: any Channel) {
        guard index < senders.count, senders[index].channel === channel else { return }
        discovery.announcementFailed()
        arm()
        guard !channel.isActive else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        sockets.removeAll { $0 === channel }
        DatagramBootstrap(group: loop).bind(to: senders[index].source).whenSuccess { fresh in
            guard index < me.value.senders.count else { return fresh.close(promise: nil) }
            me.value.sockets.append(fresh)
            me.value.senders[index].channel = fresh
        }
    }

    fileprivate func received(_ datagram: ByteBuffer, from sender: SocketAddress) {
        guard let sender = PeerAddress(sender),
            let announcement = try? LocalAnnouncement.parse(datagram.readableBytesView),
            let (hashes, peer) = discovery.received(announcement, from: sender)
        else { return }
        for hash in hashes {
            guard let entry = directory[hash] else { continue }
            entry.loop.execute {
                entry.torrent.value.found([peer], source: .localDiscovery)
                entry.torrent.value.endOfTick()
            }
        }
    }
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let service: NIOLoopBound<LocalDiscoveryService>

    init(_ service: NIOLoopBound<LocalDiscoveryService>) { self.service = service }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        service.value.received(envelope.data, from: envelope.remoteAddress)
    }

    // A datagram that could not be sent is one that was lost; the next comes in five minutes.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
