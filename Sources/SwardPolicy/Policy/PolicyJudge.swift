// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

struct PolicyJudge {
    init(_ rules: PolicyRules, view: WorkView, today: CalendarDate?) {}
    func findings(of judgement: WorkJudgement) -> [PolicyFinding] { [] }
}
