// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore

/// Takes no connections for a second where there was no descriptor, or no memory, for one.
///
/// NIO's own handler holds back the next order to read, and so waits only where a connection was taken since the last one:
/// with the order still open the loop asks, and fails, without end.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let patience = TimeAmount.seconds(1)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError else { return context.fireErrorCaught(error) }
        let channel = context.channel
        // What closes the channel needs no pause, and takes no options.
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
