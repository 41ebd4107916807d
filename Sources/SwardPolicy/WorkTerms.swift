// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of one work as its manifest declares them, or as a scan found them: all a verdict is made from.
public struct WorkTerms: Hashable, Sendable {
    /// The files of the work that are under one expression.
    public struct Part: Hashable, Sendable {
        public var expression: String
        public var fileCount: Int
        /// The first of the files, for messages.
        public var sampleFile: String
        /// Whether any of the files is a program in machine or byte code.
        public var containsObjectCode: Bool
        /// Whether any of the files is source code.
        public var containsSourceCode: Bool

        public init(
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
    public struct Source: Hashable, Sendable {
        public var title: String
        /// `nil` when the manifest does not say.
        public var expression: String?
        public var isModified: Bool

        public init(title: String, expression: String?, isModified: Bool) {
            self.title = title
            self.expression = expression
            self.isModified = isModified
        }
    }

    /// Of the work as a whole, and of every file that says nothing else.
    public var expression: String
    /// One for each expression that any file is under. License texts in `LICENSES/`, the SPDX document and its
    /// signature belong to no part: they speak about the work.
    public var parts: [Part]
    /// Identifiers of licenses and exceptions whose texts lie in the payload.
    public var texts: Set<String>
    public var copyright: [String]
    public var title: String?
    public var creators: [String]
    public var homepage: String?
    /// Where the source of object code is offered.
    public var correspondingSource: [String]
    public var sources: [Source]
    /// Whether a NOTICE file lies in the payload.
    public var hasNoticeFile: Bool

    public init(
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
public struct OperatorProfile: Hashable, Sendable {
    /// Shares without payment or advantage, as the noncommercial licenses ask.
    public var isNoncommercial: Bool
    /// Lets others use works over a network.
    public var servesOverNetwork: Bool
    /// Changes works before passing them on.
    public var modifies: Bool

    public init(isNoncommercial: Bool = false, servesOverNetwork: Bool = false, modifies: Bool = false) {
        self.isNoncommercial = isNoncommercial
        self.servesOverNetwork = servesOverNetwork
        self.modifies = modifies
    }
}
