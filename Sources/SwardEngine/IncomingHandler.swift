// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import NIOPosix
import SwardPrimitives
import SwardSwarm
import SwardWire

/// Reads the handshake of an incoming connection, finds the torrent it names and hands the connection over.
///
/// A torrent lives on one loop. When the connection was accepted on another, its socket is duplicated and registered
/// there, and the first registration closed: NIO moves no channels.
final class IncomingHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let directory: TorrentDirectory
    private let admission: PendingHandshakes
    private var address: PeerAddress?
    private var bytes = ByteBuffer()
    private var timeout: Scheduled<Void>?
    private var isDone = false
    /// The torrent that is waking up; what comes meanwhile is kept.
    private var waking: TorrentDirectory.Entry?

    init(directory: TorrentDirectory, admission: PendingHandshakes) {
        self.directory = directory
        self.admission = admission
    }

    func channelActive(context: ChannelHandlerContext) {
        // Before a byte is read of who floods, is dropped and comes back.
        address = context.remoteAddress.flatMap { PeerAddress($0) }
        if let address, directory.penalties.remaining(of: address, nil, at: .now) != nil {
            return refuse(CloseReason.keptOut.name, context)
        }
        guard admission.enter(address) else { return refuse("too many at once", context) }
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: PeerChannelHandler.patience) {
            [self, channel = context.channel] in
            finish("timed out")
            channel.close(promise: nil)
        }
    }

    private func refuse(_ reason: String, _ context: ChannelHandlerContext) {
        isDone = true
        directory.counters.handshakeFailed(reason)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let encryption = try? context.pipeline.syncOperations.handler(type: EncryptionHandler.self)
        let hasSpoken = bytes.readableBytes > 0 || waking != nil || encryption?.isMidway ?? false
        finish(hasSpoken ? "cut off" : nil)
    }

    /// It waits no more; only the first call counts.
    ///
    /// - Parameter failure: Why it comes to nothing.
    private func finish(_ failure: String? = nil) {
        guard !isDone else { return }
        isDone = true
        timeout?.cancel()
        admission.leave(address)
        if let failure { directory.counters.handshakeFailed(failure) }
        guard let waking else { return }
        self.waking = nil
        let me = ObjectIdentifier(self)
        waking.loop.execute { waking.torrent.value.forget(waiter: me) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if waking != nil {
            bytes.writeImmutableBuffer(Self.unwrapInboundIn(data))
            return
        }
        guard !isDone else { return context.fireChannelRead(data) }
        bytes.writeImmutableBuffer(Self.unwrapInboundIn(data))
        do throws(WireError) {
            guard let handshake = try Handshake.read(from: &bytes) else { return }
            arrived(handshake, context)
        } catch {
            fail(error, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? WireError { return fail(error, context) }
        context.close(promise: nil)
    }

    private func fail(_ error: WireError, _ context: ChannelHandlerContext) {
        switch error {
        case .encryption(.unknownTorrent): finish(Self.unknownTorrent)
        case .encryption(.notEncrypted): finish("not encrypted")
        default: finish("not a handshake")
        }
        context.close(promise: nil)
    }

    private static let unknownTorrent = "unknown info-hash"

    private func arrived(_ handshake: Handshake, _ context: ChannelHandlerContext) {
        guard let entry = directory[handshake.infoHash],
            let address = context.remoteAddress.flatMap({ PeerAddress($0) })
        else {
            finish(Self.unknownTorrent)
            return context.close(promise: nil)
        }
        let loop = context.eventLoop
        if entry.loop === loop, entry.torrent.value.rest == nil {
            finish()
            return handOver(handshake, entry, address, context)
        }
        // What has been read is all that is kept. Until the torrent is awake this is one of the connections that wait for
        // a handshake, within their bounds: to wake may take as long as the files are large.
        waking = entry
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        let me = ObjectIdentifier(self)
        let awake = NIOLoopBound(
            { [self] in
                guard waking != nil else { return }
                finish()
                if entry.loop === loop { try? context.channel.syncOptions?.setOption(.autoRead, value: true) }
                handOver(handshake, entry, address, context)
            }, eventLoop: loop)
        entry.loop.execute {
            entry.torrent.value.wake(for: me) {
                if loop.inEventLoop { awake.value() } else { loop.execute { awake.value() } }
            }
        }
    }

    private func handOver(
        _ handshake: Handshake, _ entry: TorrentDirectory.Entry, _ address: PeerAddress,
        _ context: ChannelHandlerContext
    ) {
        let channel = context.channel
        if entry.loop === context.eventLoop {
            entry.torrent.value.accept(channel, address, handshake)
            // What came behind the handshake goes on to the handler that is now behind this one.
            if bytes.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(bytes)) }
            return context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
        let rest = bytes
        let ciphers = (try? context.pipeline.syncOperations.handler(type: EncryptionHandler.self))?.ciphers
        let duplicate = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self, { fcntl($0, F_DUPFD_CLOEXEC, 0) })
        context.close(promise: nil)
        guard let duplicate, duplicate >= 0 else { return }
        let torrent = entry.torrent
        let directory = directory
        ClientBootstrap(group: entry.loop)
            .peerChannelOptions()
            .channelOption(.autoRead, value: false)
            .withConnectedSocket(duplicate)
            .whenSuccess { channel in
                // What was read on the other loop was deciphered there, and enters behind the handler that deciphers.
                let entrance = ReadEntrance()
                let handlers: [any ChannelHandler] =
                    (ciphers.map { [EncryptionHandler(continuing: $0, directory: directory)] } ?? []) + [
                        entrance
                    ]
                // Fails only on a channel that is closed already.
                try? channel.pipeline.syncOperations.addHandlers(handlers)
                torrent.value.wake {
                    torrent.value.accept(channel, address, handshake)
                    entrance.enter(rest)
                    channel.setOption(.autoRead, value: true).whenSuccess { channel.read() }
                }
            }
    }
}

/// Lets bytes into a pipeline behind its first handler.
private final class ReadEntrance: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Once; it takes itself out then.
    func enter(_ bytes: ByteBuffer) {
        guard let context else { return }
        if bytes.readableBytes > 0 {
            context.fireChannelRead(Self.wrapInboundOut(bytes))
            context.fireChannelReadComplete()
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}

/// `IncomingHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension IncomingHandler: Sendable {}

extension ChannelPipeline.SynchronousOperations {
    /// Makes a fresh channel one that a peer has opened.
    func addPeerHandlers(
        _ encryption: EncryptionPolicy, _ directory: TorrentDirectory, _ admission: PendingHandshakes
    ) throws {
        if encryption != .off {
            try addHandler(EncryptionHandler(accepting: encryption, directory: directory))
        }
        try addHandler(IncomingHandler(directory: directory, admission: admission))
    }
}
