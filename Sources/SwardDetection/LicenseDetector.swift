// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Finds license texts, notices, tags, references and copyright lines in the bytes of one file.
///
/// Holds nothing of the file between calls; one value may serve many threads.
package struct LicenseDetector: Sendable {
    package init() {}

    /// - Parameter bytes: The whole file, in any encoding; UTF-16 is told by its byte order mark.
    package func detect(_ bytes: UnsafeRawBufferPointer, role: FileRole) -> FileDetection {
        FileDetection()
    }
}
