// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The longest messages a connection takes in.
package struct WireLimits: Hashable, Sendable {
    /// In bytes; enough for eight million pieces. The exact size is checked where the piece count is known.
    package var bitfieldLength: Int
    /// In bytes, of a block's payload. We never ask for more than ``blockLength``.
    package var blockPayloadLength: Int
    /// In bytes, of an extended message without its two type bytes.
    package var extendedLength: Int

    package init(
        bitfieldLength: Int = 1 << 20, blockPayloadLength: Int = 16_384, extendedLength: Int = 1 << 17
    ) {
        self.bitfieldLength = bitfieldLength
        self.blockPayloadLength = blockPayloadLength
        self.extendedLength = extendedLength
    }
}
