// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support

extension TemporaryFolder {
    /// The path of something in here.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
