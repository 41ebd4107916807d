// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds license texts, notices, tags, references and copyright lines in the bytes of one file.
///
/// Holds nothing of the file between calls; one value may serve many threads, each with a ``Workspace`` of its own.
package struct LicenseDetector: Sendable {
    /// Scratch that one thread keeps from file to file.
    package struct Workspace: Sendable {
        var words = Words()
        var matcher = TextMatcher()
        package init() {}
    }

    package init() {}

    /// - Parameter bytes: The whole file, in any encoding; UTF-16 is told by its byte order mark.
    package func detect(
        _ bytes: UnsafeRawBufferPointer, role: FileRole, isHistory: Bool = false
    ) -> FileDetection {
        var workspace = Workspace()
        return unsafe detect(bytes, role: role, isHistory: isHistory, using: &workspace)
    }

    /// - Parameters:
    ///   - bytes: The whole file, in any encoding; UTF-16 is told by its byte order mark.
    ///   - isHistory: Whether it is a change log (``FileRole/isHistory(path:)``).
    package func detect(
        _ bytes: UnsafeRawBufferPointer, role: FileRole, isHistory: Bool = false,
        using workspace: inout Workspace
    ) -> FileDetection {
        var result = FileDetection()
        result.isBinary = unsafe Self.isBinary(bytes)
        // Of what is no text only tags count, so that most of it need not be looked at closer.
        if result.isBinary, unsafe !Self.mayHoldTag(bytes) {
            result.isCutShort = bytes.count > Words.Limits().scannedBytes
            return result
        }
        let index = workspace.matcher.index
        unsafe workspace.words.read(
            bytes, role: role, limits: Words.Limits(), isKnown: { index.word($0) != 0 })
        result.isCutShort = workspace.words.isCutShort
        guard workspace.words.hasLicenseWords else { return result }
        let texts = result.isBinary ? [] : workspace.matcher.matches(in: workspace.words)
        if !result.isBinary { result.work += workspace.matcher.work }
        FileReading(words: workspace.words, role: role, isHistory: isHistory, texts: texts).write(
            into: &result)
        return result
    }

    /// Whether `spdx` stands somewhere, in any case.
    private static func mayHoldTag(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (d, x, fold) = (UInt64(0x64) &* ones, UInt64(0x78) &* ones, UInt64(0x20) &* ones)
        func isTag(_ place: Int) -> Bool {
            unsafe place >= 2 && bytes[place - 2] | 0x20 == 0x73 && bytes[place - 1] | 0x20 == 0x70
                && bytes[place] | 0x20 == 0x64 && bytes[place + 1] | 0x20 == 0x78
        }
        var offset = 0
        // Eight pairs `dx` at once; the test for a byte that is zero never misses one.
        while offset + 9 <= bytes.count {
            let first = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let second = unsafe bytes.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self)
            let miss = ((first | fold) ^ d) | ((second | fold) ^ x)
            if (miss &- ones) & ~miss & (ones << 7) != 0,
                (offset..<(offset + 8)).contains(where: isTag)
            {
                return true
            }
            offset += 8
        }
        while offset + 1 < bytes.count {
            if isTag(offset) { return true }
            offset += 1
        }
        return false
    }

    private static func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 1 else { return false }
        let first = unsafe (bytes[0], bytes[1])
        if first == (0xFF, 0xFE) || first == (0xFE, 0xFF) { return false }
        for offset in 0..<min(bytes.count, 4096) where unsafe bytes[offset] == 0 { return true }
        return false
    }
}
