// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import NIOPosix
import SwardPrimitives
import SwardStorage
import SwardSwarm
import SwardWire
import Synchronization

/// What the torrents of one session share.
final class TorrentEnvironment: Sendable {
    let pool: DiskPool
    let descriptors: DescriptorCache
    /// `nil` where no tracker is to be asked.
    let transport: TrackerTransport?
    let datagrams: UDPTrackerService
    /// `nil` where no web seed is to be asked.
    let web: WebTransport?
    /// Told of DHT nodes that peers run.
    let foundNode: @Sendable (PeerAddress) -> Void
    /// By which trackers know us when our address changes.
    let trackerKey: UInt32
    /// To and from peers of all torrents.
    let connections: Admission
    let directory: TorrentDirectory
    /// `nil` where peers are dialled directly.
    let proxy: ProxyDialler?
    private let node = Mutex<DHTService?>(nil)
    private let utp = Mutex<NIOLoopBound<UTPService>?>(nil)
    /// Set once at start, when local discovery is wanted.
    private let discovery = Mutex<NIOLoopBound<LocalDiscoveryService>?>(nil)

    init(
        pool: DiskPool, descriptors: DescriptorCache, directory: TorrentDirectory,
        transport: TrackerTransport?,
        datagrams: UDPTrackerService, web: WebTransport?, trackerKey: UInt32, connections: Admission,
        proxy: ProxyDialler?, foundNode: @escaping @Sendable (PeerAddress) -> Void
    ) {
        self.datagrams = datagrams
        self.web = web
        self.foundNode = foundNode
        self.connections = connections
        self.proxy = proxy
        self.pool = pool
        self.descriptors = descriptors
        self.directory = directory
        self.transport = transport
        self.trackerKey = trackerKey
    }

    /// `nil` where the DHT is not to be asked.
    var dht: DHTService? { node.withLock { $0 } }
    func setDHT(_ service: DHTService?) { node.withLock { $0 = service } }

    func setUTP(_ service: NIOLoopBound<UTPService>?) { utp.withLock { $0 = service } }

    func setDiscovery(_ service: NIOLoopBound<LocalDiscoveryService>?) { discovery.withLock { $0 = service } }

    /// Begins or ends announcing a torrent on the local network.
    func announceLocally(_ hashes: InfoHashes, _ isOn: Bool) {
        guard let service = discovery.withLock({ $0 }) else { return }
        service.eventLoop.execute {
            if isOn { service.value.add(hashes) } else { service.value.remove(hashes) }
        }
    }

    var counters: SessionCounters { directory.counters }

    /// Makes more names of a torrent known to the listener, once its metadata has told them.
    func register(_ hashes: InfoHashes, for torrent: NIOLoopBound<TorrentLoop>, on loop: any EventLoop) {
        directory.insert(hashes.swarms, .init(loop: loop, torrent: torrent))
    }

    /// Opens a connection that reads nothing until it is told to.
    func connect(
        _ address: PeerAddress, by transport: DialWay.Transport, on loop: any EventLoop
    ) -> EventLoopFuture<any Channel> {
        guard connections.enter() else { return loop.makeFailedFuture(ChannelError.connectPending) }
        let connections = connections
        let connecting =
            switch transport {
            case .utp: dialUTP(address, on: loop)
            case .tcp: proxy?.dial(address, on: loop) ?? dialTCP(address, on: loop)
            }
        connecting.whenComplete { result in
            switch result {
            case .success(let channel): channel.closeFuture.whenComplete { _ in connections.leave() }
            case .failure: connections.leave()
            }
        }
        return connecting
    }
}

extension TorrentEnvironment {
    private func dialTCP(_ address: PeerAddress, on loop: any EventLoop) -> EventLoopFuture<any Channel> {
        guard let socketAddress = SocketAddress(address) else {
            return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
        }
        return ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .peerChannelOptions()
            .channelOption(.autoRead, value: false)
            .connect(to: socketAddress)
    }

    /// A torrent on another loop than the one that the port is on goes without uTP.
    private func dialUTP(_ address: PeerAddress, on loop: any EventLoop) -> EventLoopFuture<any Channel> {
        guard let service = utp.withLock({ $0 }), service.eventLoop === loop else {
            return loop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        return service.value.dial(address)
    }
}

/// Which torrent an incoming handshake names.
final class TorrentDirectory: Sendable {
    struct Entry: Sendable {
        let loop: any EventLoop
        let torrent: NIOLoopBound<TorrentLoop>
    }

    private struct State {
        var entries: [Digest160: Entry] = [:]
        /// By what an encrypted handshake shows of an info-hash.
        var obfuscated: [Digest160: Digest160] = [:]
    }

    let counters = SessionCounters()
    let penalties = PenaltyBox()

    private let state = Mutex(State())

    subscript(hash: Digest160) -> Entry? { state.withLock { $0.entries[hash] } }

    func infoHash(_ obfuscated: Digest160) -> Digest160? { state.withLock { $0.obfuscated[obfuscated] } }

    func insert(_ hashes: [Digest160], _ entry: Entry) {
        let names = hashes.map { (EncryptionHandshake.obfuscated($0), $0) }
        state.withLock { state in
            for hash in hashes { state.entries[hash] = entry }
            for (name, hash) in names { state.obfuscated[name] = hash }
        }
    }

    func remove(_ hashes: [Digest160]) {
        let names = hashes.map { EncryptionHandshake.obfuscated($0) }
        state.withLock { state in
            for hash in hashes { state.entries[hash] = nil }
            for name in names { state.obfuscated[name] = nil }
        }
    }
}

extension ClientBootstrap {
    func peerChannelOptions() -> ClientBootstrap {
        channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: PeerChannelOptions.receiveAllocator)
            .channelOption(.maxMessagesPerRead, value: PeerChannelOptions.readsPerTick)
            .channelOption(.writeBufferWaterMark, value: PeerChannelOptions.writeWaterMark)
    }
}

extension ServerBootstrap {
    func peerChannelOptions() -> ServerBootstrap {
        childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.recvAllocator, value: PeerChannelOptions.receiveAllocator)
            .childChannelOption(.maxMessagesPerRead, value: PeerChannelOptions.readsPerTick)
            .childChannelOption(.writeBufferWaterMark, value: PeerChannelOptions.writeWaterMark)
    }
}

/// How every peer's socket is set up.
enum PeerChannelOptions {
    /// An idle peer costs little; a fast one soon gets reads of 256 KiB, in which sixteen blocks fit: one call and one
    /// buffer for all of them. Buffers go back to the channel when the last block in them is written.
    static var receiveAllocator: any RecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 16 * 1024, maximum: 256 * 1024)
    }
    static let readsPerTick: UInt = 4
    /// In bytes not yet taken by the kernel: above the first nothing more is read from disk for this peer.
    static let writeWaterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 256 << 10, high: 1 << 20)
}

extension SocketAddress {
    init?(_ address: PeerAddress) {
        let ip = address.ip
        guard let made = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: ip), port: Int(address.port))
        else {
            return nil
        }
        self = made
    }
}

extension PeerAddress {
    init?(_ address: SocketAddress) {
        switch address {
        case .v4, .v6:
            guard let port = address.port.flatMap({ UInt16(exactly: $0) }), let text = address.ipAddress
            else { return nil }
            // A scope such as `%eth0` is not part of the sixteen bytes.
            guard let packed = Self.packed(String(text.prefix { $0 != "%" })) else { return nil }
            self.init(ip: packed, port: port)
        case .unixDomainSocket: return nil
        }
    }

    /// - Returns: Four or sixteen bytes; `nil` unless `text` is an IP address.
    private static func packed(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}
