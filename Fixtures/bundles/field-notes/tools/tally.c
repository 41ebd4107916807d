// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The same as the script beside it, for machines without awk: reads the table on its standard input.
#include <stdio.h>
#include <string.h>

struct sum {
    char animal[64];
    long count;
};

int main(void) {
    static struct sum sums[256];
    size_t used = 0;
    char line[256], animal[64];
    long morning, count;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%ld,%63[^,],%ld", &morning, animal, &count) != 3) continue;
        size_t at = 0;
        while (at < used && strcmp(sums[at].animal, animal) != 0) at++;
        if (at == used) {
            if (used == sizeof sums / sizeof *sums) return 1;
            strcpy(sums[used++].animal, animal);
        }
        sums[at].count += count;
    }
    for (size_t at = 0; at < used; at++) printf("%s %ld\n", sums[at].animal, sums[at].count);
    return 0;
}
