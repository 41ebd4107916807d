// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX
import Testing

// REUSE-IgnoreStart
@Suite("Notices in running text") struct NoticeTests {
    static func detect(_ text: String, role: FileRole = .other) -> FileDetection {
        var text = text
        return text.withUTF8 { unsafe LicenseDetector().detect(UnsafeRawBufferPointer($0), role: role) }
    }

    static let gnu = "either version 2 of the License, or (at your option) any later version."

    static let grants: [(String, String)] = [
        // The GNU family and its versions.
        (
            "This program is free software; you can redistribute it and/or modify\nit under the terms of the GNU General Public License as published by\nthe Free Software Foundation; \(gnu)",
            "GPL-2.0-or-later"
        ),
        (
            "/* Foo is free software: you can redistribute it and/or modify it under the\n * terms of the GNU General Public License as published by the Free Software\n * Foundation, either version 3 of the License, or (at your option) any\n * later version. */",
            "GPL-3.0-or-later"
        ),
        (
            "# This program is free software; you may redistribute it under the terms of version 2 of the GNU General Public License.",
            "GPL-2.0-only"
        ),
        ("// Licensed under the GPL version 2 only.", "GPL-2.0-only"),
        ("This file is licensed under the GPL, version 2.", "GPL-2.0-only"),
        ("This file is distributed under the GNU GPL v2 or later.", "GPL-2.0-or-later"),
        ("Released under the GPLv2+", "GPL-2.0-or-later"),
        ("Released under the terms of the GNU GPL v2 or any later version", "GPL-2.0-or-later"),
        (
            "Licensed under the GNU General Public License version 2 or version 3.",
            "GPL-2.0-only OR GPL-3.0-only"
        ),
        (
            "This library is licensed under the GNU GPL, version 2 or 3, as you like.",
            "GPL-2.0-only OR GPL-3.0-only"
        ),
        ("This is licensed under the GNU GPL version 3 only", "GPL-3.0-only"),
        ("You can redistribute it under the terms of the GNU GPL.", "GPL-1.0-or-later"),
        ("It may be copied only under the terms of the GNU General Public License.", "GPL-1.0-or-later"),
        (
            "This code is distributed under the GNU General Public License (GPL) version 3 or higher.",
            "GPL-3.0-or-later"
        ),
        ("Distributed under the terms of the GNU General Public License v2", "GPL-2.0-only"),
        (
            "This library is free software; you can redistribute it and/or\nmodify it under the terms of the GNU Lesser General Public\nLicense as published by the Free Software Foundation; either\nversion 2.1 of the License, or (at your option) any later version.",
            "LGPL-2.1-or-later"
        ),
        (
            "modify it under the terms of the GNU Library General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.",
            "LGPL-2.0-or-later"
        ),
        ("This module is licensed under the LGPL.", "LGPL-2.0-or-later"),
        ("This file is distributed under the LGPL version 3.", "LGPL-3.0-only"),
        ("Licensed under the GNU Lesser General Public License, Version 2.1", "LGPL-2.1-only"),
        (
            "This is free software, licensed under the GNU Affero General Public License version 3 or later.",
            "AGPL-3.0-or-later"
        ),
        (
            "you can redistribute it and/or modify it under the terms of the GNU Affero General Public License, version 3, as published by the Free Software Foundation.",
            "AGPL-3.0-only"
        ),
        (
            "Permission is granted to copy, distribute and/or modify this manual under the terms of the GNU Free Documentation License, Version 1.3 or any later version; with no Invariant Sections, no Front-Cover Texts, and no Back-Cover Texts.",
            "GFDL-1.3-no-invariants-or-later"
        ),
        ("This manual is licensed under the GNU FDL, version 1.2.", "GFDL-1.2-only"),
        (
            "dnl This macro is free software, distributed under the terms of the GNU\ndnl General Public License, version 2 or (at your option) any later version.",
            "GPL-2.0-or-later"
        ),
        (
            ";;; This file is free software; you can redistribute it under GPL v3 or later.",
            "GPL-3.0-or-later"
        ),
        (
            "% This package is distributed under the GNU General Public License, either version two of the License or any later version.",
            "GPL-2.0-or-later"
        ),
        (
            ".\\\" This manual page is free software under the terms of the\n.\\\" GNU General Public License, version 2 or later.",
            "GPL-2.0-or-later"
        ),
        (
            "Permission is hereby given to use this under version 2 or later of the GNU GPL.",
            "GPL-2.0-or-later"
        ),
        (
            "This file is part of Foo, which is released under the GNU General Public License as published by the Free Software Foundation, version 2.",
            "GPL-2.0-only"
        ),
        ("It is distributed under the GPL, version 2 and no later version.", "GPL-2.0-only"),
        (
            "You may use this file under the terms of the GNU General Public License (any version).",
            "GPL-1.0-or-later"
        ),
        (
            "You should have received a copy of the GNU General Public License along with this program.",
            "GPL-1.0-or-later"
        ),
        ("Copyright 2001 A. B. This is GPLed software.", "GPL-1.0-or-later"),
        // Permissive ones by name.
        ("# Licensed under the MIT license.", "MIT"),
        ("// This code is released under the MIT License, see elsewhere.", "MIT"),
        ("Copyright (c) 2014 Jane Doe. MIT Licensed.", "MIT"),
        ("Copyright (c) 2014 Jane Doe. Licensed MIT.", "MIT"),
        ("/*! thing v1.2 | (c) 2015 Jane Doe | MIT License */", "MIT"),
        ("(c) 2012 Jane Doe, MIT license", "MIT"),
        ("Distributed under an MIT-style license.", "MIT"), ("It is licensed under the X11 license.", "X11"),
        ("This file is licensed under the Apache License, Version 2.0.", "Apache-2.0"),
        ("Licensed under the Apache 2.0 license", "Apache-2.0"),
        (
            "Licensed to Foo under one or more agreements.\nFoo licenses this file to you under the Apache License, Version 2.0 (the \"License\").",
            "Apache-2.0"
        ),
        ("Released under the BSD license", "BSD-3-Clause"),
        ("Released under the two-clause BSD license.", "BSD-2-Clause"),
        ("Released under the new BSD license", "BSD-3-Clause"),
        ("Redistributable under the 3-clause BSD licence.", "BSD-3-Clause"),
        ("available under the simplified BSD License", "BSD-2-Clause"),
        ("Distributed under the Boost Software License, Version 1.0.", "BSL-1.0"),
        ("This file is distributed under the University of Illinois Open Source License.", "NCSA"),
        ("This is licensed under the ISC license", "ISC"),
        ("This software is available under the zlib license.", "Zlib"),
        ("This code is placed under the WTFPL.", "WTFPL"), ("This is under the Unlicense.", "Unlicense"),
        ("This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.", "MPL-2.0"),
        (
            "This program and the accompanying materials are made available under the terms of the Eclipse Public License v1.0",
            "EPL-1.0"
        ),
        ("made available under the terms of the Eclipse Public License 2.0", "EPL-2.0"),
        ("The contents of this file are subject to the Mozilla Public License Version 1.1", "MPL-1.1"),
        (
            "This work may be distributed and/or modified under the conditions of the LaTeX Project Public License, version 1.2.",
            "LPPL-1.2"
        ),
        ("This font is licensed under the SIL Open Font License, Version 1.1.", "OFL-1.1"),
        ("This file is governed by the CeCILL-B license under French law.", "CECILL-B"),
        ("This software is governed by the CeCILL license under French law, version 2.1.", "CECILL-2.1"),
        ("Licensed under the EUPL, Version 1.2 or later", "EUPL-1.2+"),
        ("Released under the PostgreSQL License", "PostgreSQL"),
        ("Licensed under the Artistic License 2.0.", "Artistic-2.0"),
        ("This is free software; use it under the terms of the PHP License version 3.01", "PHP-3.01"),
        ("distributed under the terms of the Q Public License version 1.0.", "QPL-1.0"),
        ("License: MIT", "MIT"), ("@license MIT", "MIT"), (" * @license GPL-2.0+", "GPL-2.0-or-later"),
        (" * License: GPLv2 or later", "GPL-2.0-or-later"), ("__license__ = \"GPLv3\"", "GPL-3.0-only"),
        ("# License: BSD 3 clause", "BSD-3-Clause"), ("# License: BSD (3-clause)", "BSD-3-Clause"),
        (" * Licence: LGPL", "LGPL-2.0-or-later"), ("license = \"MIT\"", "MIT"),
        ("\"license\": \"Apache-2.0\"", "Apache-2.0"),
        (
            " * @license http://www.gnu.org/licenses/gpl-2.0.html GNU General Public License v2",
            "GPL-2.0-only"
        ), (" * @license   http://opensource.org/licenses/MIT", "MIT"),
        ("Plugin Name: X\nLicense: GPL2\n", "GPL-2.0-only"),
        ("The license of this file is the MIT license.", "MIT"), ("Licence: CeCILL-C", "CECILL-C"),
        ("MODULE_LICENSE(\"GPL\");", "GPL-1.0-or-later"), ("MODULE_LICENSE(\"GPL v2\");", "GPL-2.0-only"),
        ("MODULE_LICENSE(\"Dual BSD/GPL\");", "BSD-3-Clause OR GPL-1.0-or-later"),
        ("MODULE_LICENSE(\"Dual MIT/GPL\");", "MIT OR GPL-1.0-or-later"),
        ("[![License](https://img.shields.io/badge/license-MIT-blue.svg)](LICENSE)", "MIT"),
        (
            "This work is licensed under <a rel=\"license\" href=\"https://creativecommons.org/licenses/by-sa/4.0/\">a license</a>",
            "CC-BY-SA-4.0"
        ),
        (
            "This image is licensed under a Creative Commons Attribution-ShareAlike 3.0 Unported License.",
            "CC-BY-SA-3.0"
        ), ("Licensed under CC BY 4.0", "CC-BY-4.0"),
        ("Text is available under the Creative Commons Attribution-ShareAlike License 4.0", "CC-BY-SA-4.0"),
        ("Released under CC0.", "CC0-1.0"),
        ("This work is dedicated to the public domain under CC0 1.0 Universal.", "CC0-1.0"),
        ("see http://creativecommons.org/licenses/by-nc/2.5/", "CC-BY-NC-2.5"),
        // Same terms.
        (
            "This module is free software; you can redistribute it and/or modify it under the same terms as Perl itself.",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"
        ),
        (
            "This program is free software, licensed under the same terms as the Perl 5 programming language system itself.",
            "Artistic-1.0-Perl OR GPL-1.0-or-later"
        ),
        ("You may distribute this under the same license as Ruby.", "Ruby"),
        ("It comes under the same terms as Tcl.", "TCL"),
        ("Distributed under the same license as Vim itself.", "Vim"),
        // Public domain.
        ("This file is in the public domain.", "LicenseRef-public-domain"),
        ("Placed into the public domain by John Doe.", "LicenseRef-public-domain"),
        ("I hereby place this code in the public domain.", "LicenseRef-public-domain"),
        ("This code is public domain.", "LicenseRef-public-domain"),
        ("# Public domain.\n# Written by J. Doe", "LicenseRef-public-domain"),
        ("The author has dedicated the work to the public domain.", "LicenseRef-public-domain"),
        ("License: public domain", "LicenseRef-public-domain"),
        // Choices.
        ("Dual licensed under the MIT and GPL licenses.", "MIT OR GPL-1.0-or-later"),
        ("Dual licensed under the MIT or GPL Version 2 licenses.", "MIT OR GPL-2.0-only"),
        (
            "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
            "Apache-2.0 OR MIT"
        ),
        (
            "// Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or\n// http://www.apache.org/licenses/LICENSE-2.0> or the MIT license\n// <LICENSE-MIT or http://opensource.org/licenses/MIT>, at your\n// option.",
            "Apache-2.0 OR MIT"
        ),
        (
            "This file is dual licensed under the terms of the Apache License, Version 2.0, and the BSD License.",
            "Apache-2.0 OR BSD-3-Clause"
        ),
        (
            "You may use it under the terms of either the GNU LGPL version 2.1 or the MPL version 1.1.",
            "LGPL-2.1-only OR MPL-1.1"
        ),
        (
            "This program is free software; you can redistribute it and/or modify it under the terms of either: the GNU General Public License as published by the Free Software Foundation; or the Artistic License.",
            "GPL-1.0-or-later OR Artistic-1.0-Perl"
        ),
        (
            "under the terms of either:\n\n    a) the GNU General Public License as published by the Free Software\n    Foundation; either version 1, or (at your option) any later version,\n    or\n\n    b) the \"Artistic License\" which comes with this Kit.\nYou may distribute this software",
            "GPL-1.0-or-later OR Artistic-1.0-Perl"
        ),
        (
            "Licensed under the GPL version 2.\n\nAlternatively, this software may be distributed under the terms of the BSD license.",
            "GPL-2.0-only OR BSD-3-Clause"
        ),
        (
            "It may be distributed under the terms of the Artistic License or the GNU General Public License, version 2 or later.",
            "Artistic-1.0 OR GPL-2.0-or-later"
        ), ("Licensed under MIT/X11", "MIT"),
        (
            "licensed under the GPL/LGPL/MPL tri-license at your choice",
            "GPL-1.0-or-later OR LGPL-2.0-or-later OR MPL-2.0"
        ),
        (
            "under the terms of either of the following licenses:\n * The GNU General Public License, as published by the Free Software\n   Foundation, version 3 or (at your option) any later version.\n * The GNU Free Documentation License, as published by the Free\n   Software Foundation, version 1.2 or (at your option) any later version.\nYou may copy this.",
            "GPL-3.0-or-later OR GFDL-1.2-or-later"
        ),
        // AND
        ("The code is licensed under the MIT license and the BSD license.", "MIT AND BSD-3-Clause"),
        (
            "Code is released under the MIT license.\n\nThe documentation is released under CC BY 4.0.",
            "MIT AND CC-BY-4.0"
        ),
        // WITH
        (
            "This library is distributed under the LGPL version 2.1, with the special exception on linking described in LICENSE.",
            "LGPL-2.1-only"
        ),
        (
            "Licensed under the GPL version 2 with the Classpath exception.",
            "GPL-2.0-only WITH Classpath-exception-2.0"
        ),
        (
            "This program is free software under the terms of the GNU General Public License, version 2 or later.\nAs a special exception, you may link this with the OpenSSL library.",
            "GPL-2.0-or-later WITH openvpn-openssl-exception"
        ),
        (
            "Part of the LLVM Project, under the Apache License v2.0 with LLVM Exceptions.",
            "Apache-2.0 WITH LLVM-exception"
        ),
        (
            "released under GPLv3+ with GCC Runtime Library Exception",
            "GPL-3.0-or-later WITH GCC-exception-3.1"
        ),
        (
            "you can redistribute it under the terms of the GNU GPL version 3 or later.\n\nUnder Section 7 of GPL version 3, you are granted additional\npermissions described in the GCC Runtime Library Exception, version 3.1.",
            "GPL-3.0-or-later WITH GCC-exception-3.1"
        ),
        (
            "Oracle designates this particular file as subject to the \"Classpath\" exception.\nThis code is free software; you can redistribute it and/or modify it\nunder the terms of the GNU General Public License version 2 only, as\npublished by the Free Software Foundation.",
            "GPL-2.0-only WITH Classpath-exception-2.0"
        ),
        // Other languages.
        (
            "Dieses Programm ist freie Software. Sie können es unter den Bedingungen der GNU General Public License, wie von der Free Software Foundation veröffentlicht, weitergeben.",
            "GPL-1.0-or-later"
        ), ("Lizenz: GPL-3.0", "GPL-3.0-only"), ("Veröffentlicht unter der MIT-Lizenz.", "MIT"),
        ("Ce logiciel est distribué sous licence GPL version 3.", "GPL-3.0-only"),
        ("Este archivo se distribuye bajo la licencia MIT.", "MIT"),
        ("Distribuido bajo los términos de la GNU GPL versión 2.", "GPL-2.0-only"),
        ("Rilasciato sotto licenza GPL v3", "GPL-3.0-only"), ("Licenciado sob a Licença MIT.", "MIT"),
        // Marks of style, pointers.
        (
            "Use of this source code is governed by a BSD-style\nlicense that can be found in the LICENSE file.",
            "BSD-3-Clause"
        ), ("This file is governed by an MIT-style license that can be found in the LICENSE file.", "MIT"),
        // Reworded permissions.
        (
            "Redistribution and use in source and binary forms are permitted provided that this notice is retained and that sources retain it. The name of the author may not be used to endorse products.",
            "BSD-3-Clause"
        ),
        (
            "Permission to use, copy, and distribute this thing for any purpose and without fee is hereby granted, provided that this notice stays in all copies.",
            "ISC"
        ),
        ("# J. Doe, j@example.org, Public Domain\n# May 1993\n", "LicenseRef-public-domain"),
        (
            "/* @license magnet:?xt=urn:btih:cf05388f2679ee054f2beb29a391d25f4e673ac3&dn=gpl-2.0.txt GPL-v2 */",
            "GPL-2.0-only"
        ),
        ("# This file can be copied and used freely without restrictions.", "LicenseRef-permissive"),
        (
            "Foo gives unlimited permission to copy and distribute it, as long as this notice is preserved.",
            "FSFULLR"
        ),
        // Other languages, with and without blanks between words.
        ("Проект распространяется под лицензией MIT.", "MIT"), ("本项目采用MIT许可证。", "MIT"),
        ("このプログラムは Apache License 2.0 で配布されています。", "Apache-2.0"),
        ("# ライセンス: BSD-3-Clause", "BSD-3-Clause"), ("Projekt jest dostępny na licencji MIT.", "MIT"),
        ("Cette carte est dans le domaine public.", "LicenseRef-public-domain"),
        (
            "Este programa es software libre: puede redistribuirlo bajo los términos de la Licencia Pública General de GNU publicada por la Free Software Foundation, ya sea la versión 3 de la Licencia, o (a su elección) cualquier versión posterior.",
            "GPL-3.0-or-later"
        ),
        // Dates, aliases and asides between the parts.
        (
            "under the terms of the GNU General Public License as published by the Free Software Foundation; version 2 dated June, 1991, or (at your option) version 3 dated 29 June, 2007.",
            "GPL-2.0-only OR GPL-3.0-only"
        ),
        (
            "supplied under the terms of the Common Development and Distribution License (\"CDDL\"), version 1.1.",
            "CDDL-1.1"
        ),
        (
            "licensed under both the BSD-style license (found in the LICENSE file in the root directory) and the GPLv2 (found in COPYING). You may select, at your option, one of the above-listed licenses.",
            "BSD-3-Clause OR GPL-2.0-only"
        ),
        (
            "License GPLv2+: GNU GPL version 2 or later <http://gnu.org/licenses/gpl.html>.",
            "GPL-2.0-or-later"
        ),
        (
            "You may use this under the terms of the CC0, the OpenSSL Licence, or the Apache License 2.0, at your option.",
            "CC0-1.0 OR OpenSSL OR Apache-2.0"
        ),
        ("// Released under Apache 2.0.", "Apache-2.0"),
        (
            "Licensed under the EUPL, Version 1.1 or - as soon they will be approved by the European Commission - subsequent versions of the EUPL",
            "EUPL-1.1"
        ),
        (
            "This library is free software; you can redistribute it under the terms of the GNU LGPL, version 2.1, with linking exception.",
            "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"
        ),
        ("/* Public Domain 1995 J. Doe */", "LicenseRef-public-domain"),
        (
            "/* setsid - run it apart\n * J. Doe 1993\n * In the public domain.\n */",
            "LicenseRef-public-domain"
        ),
        // Headings.
        ("MIT License\n\nCopyright (c) 2020 Jane Doe", "MIT"),
        ("# GPL v3 License\n# Copyright 2019 X", "GPL-3.0-only"), ("Apache License 2.0\n", "Apache-2.0"),
        ("=head1 LICENSE\n\nArtistic License 2.0\n", "Artistic-2.0"),
    ]

    @Test("a grant is read with its version, choice and exception", arguments: grants)
    func reads(_ row: (text: String, expression: String)) {
        #expect(Self.detect(row.text).expression?.description == row.expression, "\(row.text)")
    }

    static let tags: [(String, String?)] = [
        ("// SPDX-License-Identifier: MIT", "MIT"),
        ("/* SPDX-License-Identifier: GPL-2.0 */", "GPL-2.0-only"),
        (
            "# SPDX-License-Identifier: GPL-2.0-or-later WITH Classpath-exception-2.0",
            "GPL-2.0-or-later WITH Classpath-exception-2.0"
        ),
        ("<!-- SPDX-License-Identifier: CC-BY-4.0 -->", "CC-BY-4.0"),
        (".\\\" SPDX-License-Identifier: CC0-1.0", "CC0-1.0"), ("' SPDX-License-Identifier: MIT", "MIT"),
        ("// SPDX-License-Identifier: MIT\n//    OR GPL-3.0-only", "MIT OR GPL-3.0-only"),
        ("<!-- REUSE-IgnoreStart -->\nSPDX-License-Identifier: MIT\n<!-- REUSE-IgnoreEnd -->", nil),
        ("Write this:\n\n```\nSPDX-License-Identifier: MIT\n```\n", nil),
        (
            "/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-2-Clause) */",
            "GPL-2.0-only WITH Linux-syscall-note OR BSD-2-Clause"
        ),
        (
            "; SPDX-License-Identifier: (MIT OR Apache-2.0) AND Unicode-DFS-2016",
            "(MIT OR Apache-2.0) AND Unicode-DFS-2016"
        ), ("SPDX-License-Identifier: LicenseRef-Foo-1.0", "LicenseRef-Foo-1.0"),
        ("# SPDX-License-Identifier: DocumentRef-x:LicenseRef-y", "DocumentRef-x:LicenseRef-y"),
        ("# SPDX-License-Identifier: GPL-2.0+", "GPL-2.0-or-later"),
        ("dnl SPDX-License-Identifier: FSFAP", "FSFAP"), ("{\"SPDX-License-Identifier\": \"MIT\"}", "MIT"),
        ("\"_comment\": \"SPDX-License-Identifier: BSD-3-Clause\",", "BSD-3-Clause"),
        ("package a // SPDX-License-Identifier: ISC", "ISC"),
        ("-- SPDX-License-Identifier: mit or apache-2.0", "MIT OR Apache-2.0"),
        ("/* SPDX-License-Identifier: GPL-2.0 OR\n * MIT */", "GPL-2.0-only OR MIT"),
        ("# SPDX-License-Identifier: MIT.", "MIT"),
        ("% SPDX-License-Identifier: LPPL-1.3c", "LPPL-1.3c"), ("REM SPDX-License-Identifier: 0BSD", "0BSD"),
        (
            "(* SPDX-License-Identifier: LGPL-2.1-only WITH OCaml-LGPL-linking-exception *)",
            "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"
        ), (".. SPDX-License-Identifier: CC0-1.0", "CC0-1.0"),
        ("SPDX-License-Identifier: Apache-2.0\nSPDX-License-Identifier: MIT", "Apache-2.0 AND MIT"),
        ("// Copyright 2020 Foo SPDX-License-Identifier: MIT", "MIT"),
        (
            "// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note",
            "GPL-2.0-only WITH Linux-syscall-note"
        ), ("//SPDX-License-Identifier:MIT", "MIT"),
        // Not the file's own.
        ("if (line.contains(\"SPDX-License-Identifier:\")) {", nil),
        ("re.search(r'SPDX-License-Identifier: (.*)', text)", nil),
        ("Add a line such as `SPDX-License-Identifier: MIT` to each file.", nil),
        ("print(\"SPDX-License-Identifier: MIT\")", nil),
        ("const HEADER = \"// SPDX-License-Identifier: MIT\\n\";", nil),
        ("// SPDX-License-Identifier: <license>", nil), ("# SPDX-License-Identifier: ${LICENSE}", nil),
        ("assert_eq!(parse(\"SPDX-License-Identifier: MIT\"), x);", nil),
        ("SPDX-License-Identifier: %s", nil), ("# SPDX-License-Identifier:", nil),
        ("See SPDX-License-Identifier for details.", nil),
        ("strncmp(s, \"SPDX-License-Identifier\", 23)", nil),
    ]

    @Test("a tag is read whole, and only where it is the file's own", arguments: tags)
    func tag(_ row: (text: String, expression: String?)) {
        #expect(Self.detect(row.text).expression?.description == row.expression, "\(row.text)")
    }

    static let negatives: [String] = [
        "This software is not licensed under the GNU General Public License.", "This is not GPL software.",
        "The result is incompatible with the GPL.", "Foo is neither under the GPL nor under the LGPL.",
        "This file may not be distributed under the GPL.",
        "The code is not available under the MIT license.", "Unlike the MIT license, ours asks for a notice.",
        "If you release your plugin under the GPL, tell us.",
        "If you want to license your work under the MIT license, add the text.",
        "const LICENSES = [\"MIT\", \"Apache-2.0\", \"GPL-3.0\", \"BSD-3-Clause\"];",
        "enum License { case mit, gpl, bsd }", "int gpl = 3;", "bool is_gpl(const char *license);",
        "license_types = ['MIT', 'BSD']", "if license == \"MIT\":", "if (pkg.license === 'MIT') {",
        "return license.name", "class License(models.Model):",
        "let mit = Institute(\"MIT\")", "I studied at MIT and at Stanford.",
        "The kernel runs under FreeBSD and NetBSD.", "This works under Apache and nginx.",
        "Run it under Python 3 or Ruby 2.", "compiled under BSD and Linux", "We use the Eclipse IDE.",
        "Mozilla Firefox 2.0 or later is required.", "Requires Perl 5 or later.", "Requires PHP 7 or newer.",
        "The public domain registry is at example.org.", "public Domain getDomain() { return domain; }",
        "getPublicDomain()", "a public domain name such as example.com",
        "Many old books are not in the public domain.",
        "Choose a license:\n  MIT License\n  Apache License 2.0\n  GNU GPL v3\n  BSD 3-Clause License\n",
        "Q: Which license should I choose? A: It depends.",
        "What is the difference between the GPL and the LGPL?", "The GPL is a copyleft license.",
        "Changelog: switched the build to cmake.", "2010-02-03 the license field is now required",
        "Previously licensed under the GPL.", "This package was formerly distributed under the QPL.",
        "e.g. under the MIT License", "for example, under the GPL",
        "License key: ABCD", "License server: host:27000", "license: Option<String>,",
        "let license = metadata.license", "def license(self): return self._license", "<license-expression>",
        "LicenseType type = LicenseType.UNKNOWN", "The driver's license is required.",
        "licensed professional engineer", "He has a licence to fly.", "The apache web server",
        "apache2ctl restart", "sudo apt install apache2", "import org.apache.commons.io.IOUtils;",
        "import org.eclipse.jetty.server.Server;",
        "mpl = matplotlib", "import matplotlib as mpl", "The EPL is a football league.", "BSL-1 laboratory",
        "ISC bind is a name server", "zlib 1.2.11 is required", "libpng 1.6 or later",
        "curl https://example.org | sh", "OpenSSL 1.1 or later", "uses openssl for TLS", "The MIT Media Lab",
        "mit freundlichen Grüßen", "mit dem Programm", "arbeiten Sie mit Apache",
        "Das ist unter Linux getestet", "sous Linux et BSD",
        "ccby = 1", "cc by hand", "cc -o foo foo.c", "CC = gcc", "cc0 register", "the w3c validator",
        "See the GNU coding standards.", "GNU Emacs 27 or later", "gnu make 3.81", "GNU/Linux",
        "This program uses GNU readline.", "artistic freedom", "the artistic director", "Boost 1.66 or later",
        "boost::optional", "#include <boost/any.hpp>", "unlicensed use", "sublicense", "licensee",
        "Python 2.0 is old",
        "Do not copy this text.", "All tests passed.", "warranty void", "See the file README for details.",
        "terms of the series", "in terms of speed", "under the hood", "under the terms we agreed",
        "under development", "by the way", "subject to change", "subject: GPL", "Subject to the above",
        "according to Apache", "with respect to the MIT lecture", "the same terms as above",
        "vim: set ts=4:", "php: 7.4", "ruby: 2.7", "perl -w", "\"perl\": true", "json: {}",
        "The json license field", "Fair use applies.", "glide ratio", "doc/", "The beer is free.",
        "Zed is an editor", "cube root", "Text-to-speech under Windows XP",
        "This is a GPL-incompatible change", "a GPL-compatible license is needed", "GPL compatibility",
        "is_gpl_compatible(license)", "EXPORT_SYMBOL_GPL(foo);", "#define GPL 1",
        "pump uses libwell, which is licensed under the LGPL.", "allowed:\n  - MIT\n  - Apache-2.0\n",
        "| License | Copyleft |\n|---|---|\n| GPL-3.0 | yes |\n", "zoo\npublic\ndomain\nzebra\n",
        "die unless $text =~ /Licensed under the Apache License/;", "icolor #cc0 \"while\"",
        "*.php \\\n*.php3 \\\n",
    ]

    @Test("what only speaks of licenses grants nothing", arguments: negatives)
    func ignores(_ text: String) {
        let found = Self.detect(text)
        #expect(found.expression == nil, "\(text)")
    }

    static let pointers: [(String, [String])] = [
        ("This file is part of Foo; see the file COPYING for terms.", ["COPYING"]),
        ("See LICENSE.txt for details", ["LICENSE.txt"]),
        ("license that can be found in the LICENSE file.", ["LICENSE"]),
        ("// see ../COPYING.LIB", ["../COPYING.LIB"]), ("please see the copying rules", []),
        ("copying files is slow", []), ("see license", []),
    ]

    @Test("a file that only names another is a pointer", arguments: pointers)
    func points(_ row: (text: String, paths: [String])) {
        #expect(Self.detect(row.text).pointers.map(\.path) == row.paths, "\(row.text)")
    }
}
// REUSE-IgnoreEnd
