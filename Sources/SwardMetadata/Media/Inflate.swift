// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CBrotli
internal import CLZMA
internal import CZlib

/// Unpacks deflate, zlib, gzip, brotli and LZMA, never more than is asked for.
enum Inflate {
    enum Wrapper: Int32, Sendable {
        /// As in ZIP.
        case none = -15
        /// zlib or gzip, whichever it is.
        case any = 47
    }

    /// - Returns: What could be unpacked, up to `limit` bytes; less where the stream is broken or breaks off.
    static func unpack(_ packed: [UInt8], _ wrapper: Wrapper = .any, limit: Int) -> [UInt8] {
        guard !packed.isEmpty, limit > 0 else { return [] }
        var stream = unsafe z_stream()
        guard
            unsafe inflateInit2_(&stream, wrapper.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
                == Z_OK
        else { return [] }
        defer { unsafe inflateEnd(&stream) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(limit, max(4096, min(packed.count * 4, 1 << 18))))
        unsafe packed.withUnsafeBufferPointer { input in
            // zlib does not write to its input; its interface is older than `const`.
            unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.avail_in = UInt32(clamping: input.count)
            var status = Z_OK
            while status == Z_OK, result.count < limit {
                let room = min(block.count, limit - result.count)
                let made = unsafe block.withUnsafeMutableBufferPointer { output in
                    unsafe stream.next_out = output.baseAddress
                    unsafe stream.avail_out = UInt32(room)
                    status = unsafe inflate(&stream, Z_NO_FLUSH)
                    return unsafe room - Int(stream.avail_out)
                }
                result.append(contentsOf: block[..<made])
                if made == 0 { break }
            }
        }
        return result
    }

    /// - Returns: What could be unpacked, up to `limit` bytes. Source: RFC 7932.
    static func brotli(_ packed: [UInt8], limit: Int) -> [UInt8] {
        guard !packed.isEmpty, limit > 0, let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else {
            return []
        }
        defer { unsafe BrotliDecoderDestroyInstance(state) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        unsafe packed.withUnsafeBufferPointer { input in
            var available = input.count
            var next = input.baseAddress
            while result.count < limit {
                var room = min(block.count, limit - result.count)
                let asked = room
                let status = unsafe block.withUnsafeMutableBufferPointer { output in
                    var out = output.baseAddress
                    return unsafe BrotliDecoderDecompressStream(state, &available, &next, &room, &out, nil)
                }
                result.append(contentsOf: block[..<(asked - room)])
                if status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT { break }
            }
        }
        return result
    }

    /// Raw LZMA or LZMA2 as 7z stores it, without the header of a file.
    ///
    /// - Parameter length: Of what comes out, which the caller has capped.
    /// - Returns: `nil` where the stream is not that, breaks off, or would cost more memory than its length calls for.
    static func lzma(
        _ packed: [UInt8], _ coder: SevenZipLock.LZMACoder, properties: [UInt8], length: Int
    ) -> [UInt8]? {
        let end = unsafe lzma_filter(id: sward_filter_end, options: nil)
        var filters = unsafe [
            lzma_filter(id: coder == .lzma1 ? sward_filter_lzma1 : sward_filter_lzma2, options: nil), end,
        ]
        guard unsafe lzma_properties_decode(&filters[0], nil, properties, properties.count) == LZMA_OK,
            let options = unsafe filters[0].options?.assumingMemoryBound(to: lzma_options_lzma.self)
        else { return nil }
        // It was allocated by the call above, which leaves freeing it to its caller.
        defer { unsafe sward_lzma_free(options) }
        // Nothing lies further back than the output is long, whatever dictionary a hostile header claims.
        unsafe options.pointee.dict_size = min(options.pointee.dict_size, UInt32(clamping: max(length, 4096)))
        var stream = unsafe lzma_stream()
        guard unsafe lzma_raw_decoder(&stream, filters) == LZMA_OK else { return nil }
        defer { unsafe lzma_end(&stream) }
        var result = [UInt8](repeating: 0, count: length)
        let left = unsafe packed.withUnsafeBufferPointer { input in
            unsafe result.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = input.count
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = output.count
                var status = LZMA_OK
                while status == LZMA_OK, unsafe stream.avail_out > 0 {
                    status = unsafe lzma_code(&stream, LZMA_RUN)
                }
                return unsafe stream.avail_out
            }
        }
        return left == 0 ? result : nil
    }
}
