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
    package func detect(_ bytes: UnsafeRawBufferPointer, role: FileRole) -> FileDetection {
        var workspace = Workspace()
        return unsafe detect(bytes, role: role, using: &workspace)
    }

    /// - Parameter bytes: The whole file, in any encoding; UTF-16 is told by its byte order mark.
    package func detect(
        _ bytes: UnsafeRawBufferPointer, role: FileRole, using workspace: inout Workspace
    ) -> FileDetection {
        var result = FileDetection()
        result.isBinary = unsafe Self.isBinary(bytes)
        let index = workspace.matcher.index
        unsafe workspace.words.read(
            bytes, role: role, limits: Words.Limits(), isKnown: { index.word($0) != 0 })
        result.isCutShort = workspace.words.isCutShort
        guard workspace.words.hasLicenseWords else { return result }
        let texts = result.isBinary ? [] : workspace.matcher.matches(in: workspace.words)
        if !result.isBinary { result.work += workspace.matcher.work }
        FileReading(words: workspace.words, role: role, texts: texts).write(into: &result)
        return result
    }

    private static func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 1 else { return false }
        let first = unsafe (bytes[0], bytes[1])
        if first == (0xFF, 0xFE) || first == (0xFE, 0xFF) { return false }
        for offset in 0..<min(bytes.count, 4096) where unsafe bytes[offset] == 0 { return true }
        return false
    }
}
