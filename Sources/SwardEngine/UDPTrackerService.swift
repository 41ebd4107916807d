// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardPrimitives
import SwardStorage
import SwardTracker

/// Asks UDP trackers for all torrents of a session: one socket per family, opened with the first question.
///
/// Belongs to one event loop; ``ask(_:_:_:)`` may be called from any thread.
final class UDPTrackerService: @unchecked Sendable {
    // All state is touched on `loop` alone; what is called from elsewhere hops there first.
    typealias Done = @Sendable (UDPTrackerTalk.Answer) -> Void

    private let loop: any EventLoop
    private let pool: DiskPool
    /// Nothing is asked: datagrams would go around the proxy.
    private let isBarred: Bool
    private var chance: Chance
    private var sockets: [Bool: EventLoopFuture<any Channel>] = [:]
    private var talks: [Key: Talk] = [:]
    private var waiting: [Int: Done] = [:]
    private var lastID = 0
    private var isClosed = false

    private struct Key: Hashable {
        let address: PeerAddress
        let urlData: String
    }

    private struct Talk {
        var core: UDPTrackerTalk
        var timer: Scheduled<Void>?
    }

    /// Of trackers at once; an idle one beyond that is forgotten with its connection.
    private static let maximumTalks = 256

    init(loop: any EventLoop, pool: DiskPool, isBarred: Bool = false, seed: UInt64) {
        self.loop = loop
        self.isBarred = isBarred
        self.pool = pool
        chance = Chance(seed: seed)
    }

    /// - Parameter done: called once, from the loop of this service.
    func ask(_ tracker: String, _ question: UDPTrackerTalk.Question, _ done: @escaping Done) {
        guard let url = UDPTrackerURL(tracker) else { return done(.failed(.answer(.badURL(tracker)))) }
        // Before the name is looked up, which would tell of it too.
        if isBarred { return done(.failed(.unreachable("it speaks UDP, which does not go by the proxy"))) }
        // The resolver may take its time: not on a loop.
        pool.submit { [loop] in
            let host = url.host.contains(":") ? "[\(url.host)]" : url.host
            let address = HostAndPort("\(host):\(url.port)")?.resolve()
            loop.execute {
                guard let address else {
                    return done(.failed(.unreachable("\(url.host) has no address")))
                }
                self.ask(url, address, question, done)
            }
        }
    }

    private func ask(
        _ url: UDPTrackerURL, _ address: PeerAddress, _ question: UDPTrackerTalk.Question,
        _ done: @escaping Done
    ) {
        guard !isClosed else { return done(.failed(.unreachable("stopped"))) }
        let key = Key(address: address, urlData: url.urlData)
        if talks[key] == nil {
            if talks.count >= Self.maximumTalks, let idle = talks.first(where: { $0.value.core.isIdle }) {
                talks[idle.key] = nil
            }
            talks[key] = Talk(
                core: UDPTrackerTalk(isIPv6: !address.isIPv4, urlData: url.urlData, seed: chance.next()))
        }
        lastID += 1
        waiting[lastID] = done
        perform(key) { [lastID] in $0.ask(question, id: lastID, at: .now) }
    }

    private func perform(_ key: Key, _ body: (inout UDPTrackerTalk) -> [UDPTrackerTalk.Action]) {
        guard var talk = talks[key] else { return }
        let actions = body(&talk.core)
        talks[key] = talk
        for action in actions {
            switch action {
            case .send(let datagram): send(datagram, to: key.address)
            case .answer(let id, let answer): waiting.removeValue(forKey: id)?(answer)
            }
        }
        arm(key)
    }

    private func arm(_ key: Key) {
        talks[key]?.timer?.cancel()
        guard let deadline = talks[key]?.core.deadline else { return }
        talks[key]?.timer = loop.assumeIsolated().scheduleTask(in: TimeAmount(deadline - .now)) {
            [weak self] in
            self?.perform(key) { $0.timerFired(at: .now) }
        }
    }

    // MARK: Sockets

    private func send(_ datagram: [UInt8], to address: PeerAddress) {
        guard let remote = SocketAddress(address) else { return }
        // What cannot be sent is not answered, and ends with the patience of its question.
        socket(isIPv4: address.isIPv4).whenSuccess { channel in
            let envelope = AddressedEnvelope(remoteAddress: remote, data: ByteBuffer(bytes: datagram))
            channel.writeAndFlush(envelope, promise: nil)
        }
    }

    private func socket(isIPv4: Bool) -> EventLoopFuture<any Channel> {
        if let socket = sockets[isIPv4] { return socket }
        let opened = DatagramBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        DatagramHandler { [weak self] in
                            self?.received($0, from: $1)
                        })
                }
            }
            .bind(host: isIPv4 ? "0.0.0.0" : "::", port: 0)
        sockets[isIPv4] = opened
        // Where the system has no way to a tracker, NIO closes the socket, of all trackers.
        let me = NIOLoopBound(self, eventLoop: loop)
        opened.whenComplete { result in
            switch result {
            case .success(let channel):
                channel.closeFuture.whenComplete { _ in me.value.sockets[isIPv4] = nil }
            case .failure: me.value.sockets[isIPv4] = nil
            }
        }
        return opened
    }

    private func received(_ datagram: ByteBuffer, from remote: SocketAddress) {
        guard let address = PeerAddress(remote) else { return }
        let bytes = Array(datagram.readableBytesView)
        for key in talks.keys where key.address == address {
            perform(key) { $0.received(bytes, at: .now) }
        }
    }

    func close() {
        loop.execute { [self] in
            isClosed = true
            for talk in talks.values { talk.timer?.cancel() }
            talks = [:]
            for (_, done) in waiting { done(.failed(.unreachable("stopped"))) }
            waiting = [:]
            for socket in sockets.values { socket.whenSuccess { $0.close(promise: nil) } }
        }
    }
}

/// Hands every datagram to a function.
private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let received: (ByteBuffer, SocketAddress) -> Void

    init(_ received: @escaping (ByteBuffer, SocketAddress) -> Void) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        received(envelope.data, envelope.remoteAddress)
    }

    // A host that is not there says so by ICMP; the question ends by its own patience.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// `DatagramHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension DatagramHandler: Sendable {}
