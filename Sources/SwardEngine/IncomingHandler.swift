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
    /// The torrent is waking up; what comes meanwhile is kept.
    private var isHolding = false

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
            [channel = context.channel, counters = directory.counters] in
            counters.handshakeFailed("timed out")
            channel.close(promise: nil)
        }
    }

    private func refuse(_ reason: String, _ context: ChannelHandlerContext) {
        isDone = true
        directory.counters.handshakeFailed(reason)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isDone, bytes.readableBytes > 0 { directory.counters.handshakeFailed("cut off") }
        finish()
    }

    private func finish() {
        guard !isDone else { return }
        isDone = true
        timeout?.cancel()
        admission.leave(address)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isHolding {
            bytes.writeImmutableBuffer(Self.unwrapInboundIn(data))
            return
        }
        guard !isDone else { return context.fireChannelRead(data) }
        bytes.writeImmutableBuffer(Self.unwrapInboundIn(data))
        do throws(WireError) {
            guard let handshake = try Handshake.read(from: &bytes) else { return }
            finish()
            handOver(handshake, context)
        } catch {
            directory.counters.handshakeFailed("not a handshake")
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func handOver(_ handshake: Handshake, _ context: ChannelHandlerContext) {
        guard let entry = directory[handshake.infoHash],
            let address = context.remoteAddress.flatMap({ PeerAddress($0) })
        else {
            directory.counters.handshakeFailed("unknown info-hash")
            return context.close(promise: nil)
        }
        let channel = context.channel
        if entry.loop === context.eventLoop {
            isHolding = entry.torrent.value.rest != nil
            // What has been read is all that is kept.
            if isHolding { try? channel.syncOptions?.setOption(.autoRead, value: false) }
            return entry.torrent.value.wake { [self] in
                guard channel.isActive else { return }
                if isHolding { try? channel.syncOptions?.setOption(.autoRead, value: true) }
                isHolding = false
                entry.torrent.value.accept(channel, address, handshake)
                // What came behind the handshake goes on to the handler that is now behind this one.
                if bytes.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(bytes)) }
                context.pipeline.syncOperations.removeHandler(self, promise: nil)
            }
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
