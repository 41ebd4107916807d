// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of one work as its manifest declares them, or as a scan found them: all a verdict is made from.
package struct WorkTerms: Hashable, Sendable {
    /// The files of the work that are under one expression.
    package struct Part: Hashable, Sendable {
        package var expression: String
        package var fileCount: Int
        /// The first of the files, for messages.
        package var sampleFile: String
        /// Whether any of the files is a program in machine or byte code.
        package var containsObjectCode: Bool
        /// Whether any of the files is source code.
        package var containsSourceCode: Bool

        package init(
            expression: String, fileCount: Int, sampleFile: String, containsObjectCode: Bool = false,
            containsSourceCode: Bool = false
        ) {
            self.expression = expression
            self.fileCount = fileCount
            self.sampleFile = sampleFile
            self.containsObjectCode = containsObjectCode
            self.containsSourceCode = containsSourceCode
        }
    }

    /// A work this one derives from.
    package struct Source: Hashable, Sendable {
        package var title: String
        /// `nil` when the manifest does not say.
        package var expression: String?
        package var isModified: Bool

        package init(title: String, expression: String?, isModified: Bool) {
            self.title = title
            self.expression = expression
            self.isModified = isModified
        }
    }

    /// Of the work as a whole, and of every file that says nothing else.
    package var expression: String
    /// One for each expression that any file is under. License texts in `LICENSES/`, the SPDX document and its
    /// signature belong to no part: they speak about the work.
    package var parts: [Part]
    /// Identifiers of licenses and exceptions whose texts lie in the payload.
    package var texts: Set<String>
    package var copyright: [String]
    package var title: String?
    package var creators: [String]
    package var homepage: String?
    /// Where the source of object code is offered.
    package var correspondingSource: [String]
    package var sources: [Source]
    /// Whether a NOTICE file lies in the payload.
    package var hasNoticeFile: Bool

    package init(
        expression: String, parts: [Part], texts: Set<String> = [], copyright: [String] = [],
        title: String? = nil, creators: [String] = [], homepage: String? = nil,
        correspondingSource: [String] = [], sources: [Source] = [], hasNoticeFile: Bool = false
    ) {
        self.expression = expression
        self.parts = parts
        self.texts = texts
        self.copyright = copyright
        self.title = title
        self.creators = creators
        self.homepage = homepage
        self.correspondingSource = correspondingSource
        self.sources = sources
        self.hasNoticeFile = hasNoticeFile
    }
}

/// What the operator of this peer says of the use that is made of it.
package struct OperatorProfile: Hashable, Sendable {
    /// Shares without payment or advantage, as the noncommercial licenses ask.
    package var isNoncommercial: Bool
    /// Lets others use works over a network.
    package var servesOverNetwork: Bool
    /// Changes works before passing them on.
    package var modifies: Bool

    package init(isNoncommercial: Bool = false, servesOverNetwork: Bool = false, modifies: Bool = false) {
        self.isNoncommercial = isNoncommercial
        self.servesOverNetwork = servesOverNetwork
        self.modifies = modifies
    }
}
