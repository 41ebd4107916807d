// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardHash
import SwardPrimitives
import SwardStorage
import SwardTracker
import SwardWire

/// Asks UDP trackers for all torrents of a session: by one socket per family, opened with the first question, or by the
/// proxy's relay.
///
/// Belongs to one event loop; ``ask(_:_:_:)`` may be called from any thread.
final class UDPTrackerService: @unchecked Sendable {
    // All state is touched on `loop` alone; what is called from elsewhere hops there first.
    typealias Done = @Sendable (UDPTrackerTalk.Answer) -> Void

    let loop: any EventLoop
    private let pool: DiskPool
    /// Nothing goes around the proxy: what is asked goes by ``passage``, and nowhere while there is none.
    private let isProxied: Bool
    private var passage: DatagramPassage?
    private var sockets: [Bool: EventLoopFuture<any Channel>] = [:]
    private var talks: [Key: Talk] = [:]
    private var waiting: [Int: Done] = [:]
    private var lastID = 0
    private var isClosed = false

    private struct Key: Hashable {
        let end: SOCKSEnd
        let urlData: String

        /// Whether it may be this tracker that says something. Where the proxy looked its name up, only its port tells, and
        /// then the number in what it says.
        func mayBe(_ sender: SOCKSEnd) -> Bool {
            switch (end, sender) {
            case (.name(_, let port), .address(let address)): address.port == port
            default: end == sender
            }
        }
    }

    private struct Talk {
        var core: UDPTrackerTalk
        var timer: Scheduled<Void>?
    }

    /// Of trackers at once; an idle one beyond that is forgotten with its connection.
    private static let maximumTalks = 256

    init(loop: any EventLoop, pool: DiskPool, isProxied: Bool = false) {
        self.loop = loop
        self.isProxied = isProxied
        self.pool = pool
    }

    /// From now on trackers are asked by this way through the proxy. On the loop of this service.
    func go(by passage: DatagramPassage) {
        self.passage = passage
        passage.port.receivedReply = { [weak self] in self?.received($0, from: $1) }
    }

    /// - Parameter done: called once, from the loop of this service.
    func ask(_ tracker: String, _ question: UDPTrackerTalk.Question, _ done: @escaping Done) {
        guard let url = UDPTrackerURL(tracker) else { return done(.failed(.answer(.badURL(tracker)))) }
        // Before the name is looked up, which would tell of it too.
        if isProxied { return loop.execute { self.askByProxy(url, question, done) } }
        // The resolver may take its time: not on a loop.
        pool.submit { [loop] in
            let host = url.host.contains(":") ? "[\(url.host)]" : url.host
            let address = HostAndPort("\(host):\(url.port)")?.resolve()
            loop.execute {
                guard let address else {
                    return done(.failed(.unreachable("\(url.host) has no address")))
                }
                self.ask(url, .address(address), question, done)
            }
        }
    }

    private func askByProxy(_ url: UDPTrackerURL, _ question: UDPTrackerTalk.Question, _ done: @escaping Done)
    {
        guard let passage, passage.isOpen else {
            return done(.failed(.unreachable("it speaks UDP, which does not go by the proxy")))
        }
        let literal = IPText.bytes(url.host).flatMap { PeerAddress(ip: $0, port: url.port) }
        ask(url, literal.map { .address($0) } ?? .name(url.host, port: url.port), question, done)
    }

    private func ask(
        _ url: UDPTrackerURL, _ end: SOCKSEnd, _ question: UDPTrackerTalk.Question,
        _ done: @escaping Done
    ) {
        guard !isClosed else { return done(.failed(.unreachable("stopped"))) }
        let key = Key(end: end, urlData: url.urlData)
        if talks[key] == nil {
            if talks.count >= Self.maximumTalks, let idle = talks.first(where: { $0.value.core.isIdle }) {
                talks[idle.key] = nil
            }
            let isIPv6 = if case .address(let address) = end { !address.isIPv4 } else { false }
            talks[key] = Talk(
                core: UDPTrackerTalk(isIPv6: isIPv6, urlData: url.urlData, chance: SecretChance()))
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
            case .send(let datagram): send(datagram, to: key.end)
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

    private func send(_ datagram: [UInt8], to end: SOCKSEnd) {
        if isProxied {
            passage?.port.write(ByteBuffer(bytes: datagram), to: end)
            passage?.port.flush()
            return
        }
        guard case .address(let address) = end, let remote = SocketAddress(address) else { return }
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
        received(datagram, from: .address(address))
    }

    private func received(_ datagram: ByteBuffer, from sender: SOCKSEnd) {
        let bytes = Array(datagram.readableBytesView)
        for key in talks.keys where key.mayBe(sender) {
            perform(key) {
                if case .name = key.end, case .address(let address) = sender { $0.isIPv6 = !address.isIPv4 }
                return $0.received(bytes, at: .now)
            }
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
