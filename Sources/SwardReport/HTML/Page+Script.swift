// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Page {
    /// Shows the tree of files. Everything of the report goes into the page as text, never as markup: no `innerHTML`, no styles or
    /// addresses made of data.
    static let script = #"""
        'use strict';
        (() => {
        const data = JSON.parse(document.getElementById('data').textContent);
        const at = id => document.getElementById(id);
        const make = (tag, style, text) => { const e = document.createElement(tag); if (style) e.className = style; if (text !== undefined) e.textContent = text; return e; };
        // Places in a file's list; HTMLData.file writes them in this order.
        const PARENT = 0, PATH = 1, CONCLUDED = 2, FOUND = 3, DECLARED = 4, DECLARED_IN = 5, CONTENT = 6, ROLE = 7, LENGTH = 8, SUM = 9, FINDINGS = 10, NOTICES = 11, MARKS = 12, EXCERPTS = 13, CONTRADICTION = 14, RESIDUE = 15;
        const weights = { hint: 1, clashes: 2, forbids: 3 }, names = ['', 'hint', 'clashes', 'forbids'], signs = ['', 'i', '!', '\u00d7'];
        const files = data.files;
        const terms = index => index < 0 ? null : data.expressions[index][0];
        const weight = file => file[MARKS].reduce((most, m) => Math.max(most, weights[data.marks[m][2]]), 0);
        const path = index => { const f = files[index]; return f[PARENT] < 0 ? f[PATH] : path(f[PARENT]) + '!' + f[PATH]; };

        // The tree: folders, files, and archives, which are both.
        const top = { name: '', children: new Map(), up: null, file: -1, depth: -1, open: true, count: 0, weight: 0 };
        const nodes = new Array(files.length);
        files.forEach((file, index) => {
            let node = file[PARENT] < 0 ? top : nodes[file[PARENT]];
            for (const part of file[PATH].split('/')) {
                let next = node.children.get(part);
                if (!next) { next = { name: part, children: new Map(), up: node, file: -1, depth: node.depth + 1, open: false, count: 0, weight: 0 }; node.children.set(part, next); }
                node = next;
            }
            node.file = index;
            nodes[index] = node;
        });
        const order = node => {
            if (!node.sorted) {
                node.sorted = [...node.children.values()].sort((a, b) => (b.children.size > 0) - (a.children.size > 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
            }
            return node.sorted;
        };

        // Filters.
        const shown = new Uint8Array(files.length).fill(1);
        const filters = { find: at('find'), license: at('by-license'), mark: at('by-mark'), severity: at('by-severity'), state: at('by-state') };
        const words = [];
        const haystack = index => words[index] ??= [path(index), terms(files[index][CONCLUDED]) ?? '', ...files[index][NOTICES].map(n => data.strings[n[0]])].join('\n').toLowerCase();
        const states = {
            none: f => f[CONCLUDED] < 0, found: f => f[FOUND] >= 0, declared: f => f[DECLARED] >= 0, contradicted: f => f[CONTRADICTION] >= 0,
            differs: f => f[FINDINGS].some(x => x[5] > 0), residue: f => f[RESIDUE].length > 0,
        };
        const option = (select, value, text) => { const o = make('option', '', text); o.value = value; select.append(o); };
        data.terms.map((name, index) => [name, index]).sort((a, b) => a[0] < b[0] ? -1 : 1).forEach(([name, index]) => option(filters.license, index, name));
        [...new Map(data.marks.map(m => [m[0], m[1]]))].sort((a, b) => a[1] < b[1] ? -1 : 1).forEach(([name, title]) => option(filters.mark, name, title));
        let filtered = false;
        const filter = () => {
            const wanted = filters.find.value.toLowerCase().split(/\s+/).filter(Boolean);
            const license = filters.license.value === '' ? -1 : +filters.license.value, mark = filters.mark.value, severity = filters.severity.value, state = states[filters.state.value];
            filtered = wanted.length > 0 || license >= 0 || mark !== '' || severity !== '' || state !== undefined;
            let count = 0;
            files.forEach((file, index) => {
                const fits = (license < 0 || file[CONCLUDED] >= 0 && data.expressions[file[CONCLUDED]].indexOf(license, 1) > 0)
                    && (mark === '' || file[MARKS].some(m => data.marks[m][0] === mark))
                    && (severity === '' || file[MARKS].some(m => data.marks[m][2] === severity))
                    && (!state || state(file))
                    && wanted.every(word => haystack(index).includes(word));
                shown[index] = fits ? 1 : 0;
                if (fits) count += 1;
            });
            tally();
            if (filtered) unfold(top, 400);
            at('shown').textContent = filtered ? count + ' of ' + files.length + ' files' : files.length + (files.length === 1 ? ' file' : ' files');
            cursor = 0;
            layout();
        };
        // How many files show below each folder, and the heaviest mark there.
        const tally = () => {
            const clear = node => { const open = [node]; while (open.length) { const n = open.pop(); n.count = 0; n.weight = 0; for (const c of n.children.values()) open.push(c); } };
            clear(top);
            files.forEach((file, index) => {
                if (!shown[index]) return;
                const own = weight(file);
                for (let node = nodes[index]; node; node = node.up) { node.count += 1; if (own > node.weight) node.weight = own; }
            });
        };
        // Opens level by level while few rows come of it.
        const unfold = (from, limit) => {
            let level = [from], rows = 0;
            while (level.length) {
                const next = level.flatMap(n => order(n).filter(c => c.count > 0));
                rows += next.length;
                if (rows > limit && level[0] !== from) break;
                level.forEach(n => { n.open = true; });
                level = next.filter(n => n.children.size > 0);
                if (rows > limit) break;
            }
        };

        // Rows: only those in sight are in the page.
        const height = 30, tree = at('tree'), box = at('rows');
        let rows = [], cursor = 0, chosen = -1;
        const layout = () => {
            rows = [];
            const open = order(top).slice().reverse();
            while (open.length) {
                const node = open.pop();
                if (node.count === 0) continue;
                rows.push(node);
                if (node.open) for (const child of order(node).slice().reverse()) open.push(child);
            }
            box.style.height = rows.length * height + 'px';
            draw();
        };
        const draw = () => {
            const first = Math.max(0, Math.floor(tree.scrollTop / height) - 8), last = Math.min(rows.length, first + Math.ceil(tree.clientHeight / height) + 16);
            const list = document.createDocumentFragment();
            for (let i = first; i < last; i += 1) list.append(row(rows[i], i));
            if (rows.length === 0) list.append(make('p', 'quiet more', 'No file fits.'));
            box.replaceChildren(list);
            const active = rows.length > 0 ? 'r' + cursor : '';
            if (active) tree.setAttribute('aria-activedescendant', active); else tree.removeAttribute('aria-activedescendant');
        };
        const row = (node, index) => {
            const element = make('div', 'row' + (index === cursor ? ' at' : '') + (node.file >= 0 && node.file === chosen ? ' chosen' : ''));
            const isFolder = node.children.size > 0;
            element.id = 'r' + index;
            element.dataset.row = index;
            element.style.top = index * height + 'px';
            element.style.paddingLeft = .5 + node.depth * 1.1 + 'rem';
            element.setAttribute('role', 'treeitem');
            element.setAttribute('aria-level', node.depth + 1);
            element.setAttribute('aria-selected', node.file >= 0 && node.file === chosen);
            if (isFolder) element.setAttribute('aria-expanded', node.open);
            element.append(make('span', 'fold', isFolder ? (node.open ? '\u25be' : '\u25b8') : ''));
            const label = make('span', isFolder ? 'label folder' : 'label', visible(node.name) + (isFolder && node.file < 0 ? '/' : ''));
            label.title = node.name;
            element.append(label);
            if (node.file >= 0 && !isFolder) {
                const text = terms(files[node.file][CONCLUDED]);
                element.append(make('span', text ? 'terms' : 'terms none', text ?? 'no terms'));
            } else {
                element.append(make('span', 'terms', node.count - (node.file >= 0 && shown[node.file] ? 1 : 0) + ''));
            }
            if (node.weight > 0) { const sign = make('span', 'sign ' + names[node.weight], signs[node.weight]); sign.title = names[node.weight]; sign.setAttribute('aria-label', names[node.weight]); element.append(sign); }
            return element;
        };
        // What would move the cursor, or turn the reading order, is shown as a sign.
        const visible = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, c => c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\ufffd');
        const move = index => {
            cursor = Math.max(0, Math.min(rows.length - 1, index));
            const y = cursor * height;
            if (y < tree.scrollTop) tree.scrollTop = y;
            else if (y + height > tree.scrollTop + tree.clientHeight) tree.scrollTop = y + height - tree.clientHeight;
            draw();
        };
        const act = node => {
            if (node.children.size > 0) { node.open = !node.open; layout(); }
            if (node.file >= 0) choose(node.file);
        };
        tree.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
        tree.addEventListener('click', event => {
            const hit = event.target.closest('.row');
            if (!hit) return;
            cursor = +hit.dataset.row;
            act(rows[cursor]);
        });
        tree.addEventListener('keydown', event => {
            const node = rows[cursor];
            if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
            const page = Math.max(1, Math.floor(tree.clientHeight / height) - 1);
            switch (event.key) {
            case 'ArrowDown': move(cursor + 1); break;
            case 'ArrowUp': move(cursor - 1); break;
            case 'PageDown': move(cursor + page); break;
            case 'PageUp': move(cursor - page); break;
            case 'Home': move(0); break;
            case 'End': move(rows.length - 1); break;
            case 'ArrowRight':
                if (node.children.size > 0 && !node.open) { node.open = true; layout(); } else move(cursor + 1);
                break;
            case 'ArrowLeft':
                if (node.children.size > 0 && node.open) { node.open = false; layout(); } else if (node.up !== top) move(rows.indexOf(node.up));
                break;
            case 'Enter': case ' ': act(node); break;
            default: return;
            }
            event.preventDefault();
        });

        // One file.
        const kindStyle = bits => bits & 2 ? 'k2' : bits & 4 ? 'k4' : bits & 8 ? 'k8' : 'k1';
        const piece = (bits, text) => {
            if (bits === 32) return make('del', '', text);
            if (bits === 0) return document.createTextNode(text);
            let element = bits & 16 ? make('ins', '', text) : make('mark', kindStyle(bits), text);
            if (bits & 16 && bits & 15) { const around = make('mark', kindStyle(bits)); around.append(element); element = around; }
            return element;
        };
        const source = excerpt => {
            const block = make('pre', 'source');
            block.tabIndex = 0;
            let number = excerpt[0], line, text;
            const start = () => {
                line = make('span', 'line');
                line.dataset.line = number;
                line.append(make('span', 'n', number));
                text = make('span', 't');
                line.append(text);
                block.append(line);
            };
            start();
            for (let i = 1; i < excerpt.length; i += 2) {
                excerpt[i + 1].split('\n').forEach((part, index) => {
                    if (index > 0) { number += 1; start(); }
                    if (part !== '') text.append(piece(excerpt[i], part));
                });
            }
            return block;
        };
        const light = number => {
            const line = at('detail').querySelector('[data-line="' + number + '"]');
            at('detail').querySelectorAll('.lit').forEach(e => e.classList.remove('lit'));
            if (!line) return;
            line.classList.add('lit');
            line.scrollIntoView({ block: 'center' });
        };
        const toLine = (first, last) => {
            const button = make('button', '', first === last ? 'line ' + first : 'lines ' + first + '\u2013' + last);
            button.type = 'button';
            button.addEventListener('click', () => light(first));
            return button;
        };
        // Each press one further, around.
        const toDifference = () => {
            const all = [...at('detail').querySelectorAll('pre ins, pre del')];
            if (!all.length) return;
            const next = all[(all.findIndex(e => e.classList.contains('here')) + 1) % all.length];
            all.forEach(e => e.classList.toggle('here', e === next));
            next.scrollIntoView({ block: 'center' });
        };
        const sizes = bytes => bytes < 1000 ? bytes + ' bytes' : bytes < 1 << 20 ? (bytes / 1024).toFixed(1) + ' KiB' : bytes < 1 << 30 ? (bytes / (1 << 20)).toFixed(1) + ' MiB' : (bytes / (1 << 30)).toFixed(1) + ' GiB';
        const roles = { licenseText: 'license text', notice: 'notice', readme: 'read-me' };
        const contents = { source: 'source code', objectCode: 'object code', text: 'text', media: 'media', data: 'data', archive: 'archive', minified: 'minified code', other: '' };
        const detail = index => {
            const file = files[index], box = at('detail'), found = terms(file[FOUND]), declared = terms(file[DECLARED]), concluded = terms(file[CONCLUDED]);
            box.replaceChildren(make('h3', '', visible(path(index))));
            box.append(make('p', 'terms-line', concluded ?? 'No terms known'));
            const why = [];
            if (found) why.push(found === concluded ? 'stated in the file' : 'the file states ' + found);
            if (declared) why.push((declared === concluded ? 'declared' : 'declared as ' + declared) + (file[DECLARED_IN] ? ' in ' + visible(file[DECLARED_IN]) : ''));
            box.append(make('p', 'quiet', why.length ? why.join('; ') : 'Nothing is said of it, in it or elsewhere.'));
            const facts = make('p', 'facts');
            [contents[data.strings[file[CONTENT]]], roles[data.strings[file[ROLE]]], sizes(file[LENGTH])].filter(Boolean).forEach(t => facts.append(make('span', '', t)));
            if (file[SUM]) facts.append(make('span', 'sum', 'SHA-256 ' + file[SUM]));
            box.append(facts);
            if (file[CONTRADICTION] >= 0) box.append(make('p', 'warning', sentence(data.contradictions[file[CONTRADICTION]])));
            file[MARKS].forEach(number => {
                const [name, title, severity, statement, clause, cure, quotes] = data.marks[number];
                const card = make('article', 'card ' + severity), head = make('header');
                head.append(make('h3', '', title), make('span', 'badge ' + severity, severity), make('code', '', name));
                const said = make('p', 'statement', sentence(statement) + ' ');
                if (clause) said.append(make('cite', '', clause));
                card.append(head, said);
                if (!file[EXCERPTS].length) quotes.forEach(q => { const f = make('figure', 'quote'); f.append(make('blockquote', '', visible(q))); card.append(f); });
                if (cure) { const p = make('p', 'cure'); p.append(make('span', 'label', 'Cure'), ' ' + sentence(cure)); card.append(p); }
                box.append(card);
            });
            if (file[FINDINGS].length) box.append(make('h4', '', 'What was found'));
            file[FINDINGS].slice(0, 100).forEach(([kind, expression, score, first, last, differences]) => {
                const line = make('div', 'finding');
                line.append(make('b', '', terms(expression)), make('span', 'quiet', data.kinds[kind] + (score < 100 ? ', score ' + score + ' of 100' : '') + (differences ? ', ' + differences + (differences === 1 ? ' difference' : ' differences') : '')), toLine(first, last));
                if (differences) { const next = make('button', '', 'next difference'); next.type = 'button'; next.addEventListener('click', toDifference); line.append(next); }
                box.append(line);
            });
            if (file[FINDINGS].length > 100) box.append(make('p', 'quiet', 'and ' + (file[FINDINGS].length - 100) + ' more'));
            file[RESIDUE].slice(0, 20).forEach(([first, count]) => {
                const line = make('div', 'finding');
                line.append(make('b', '', 'Unexplained words'), make('span', 'quiet', count + ' of them permit, oblige or forbid'), toLine(first, first));
                box.append(line);
            });
            if (file[NOTICES].length) box.append(make('h4', '', 'Copyright'));
            file[NOTICES].slice(0, 100).forEach(([text, first]) => { const line = make('div', 'finding'); line.append(make('span', '', visible(data.strings[text])), toLine(first, first)); box.append(line); });
            if (file[EXCERPTS].length) {
                box.append(make('h4', '', 'In the file'));
                box.append(legend(file[EXCERPTS]));
                file[EXCERPTS].forEach(number => box.append(source(data.excerpts[number])));
            }
        };
        const legend = numbers => {
            let bits = 0;
            numbers.forEach(n => { for (let i = 1; i < data.excerpts[n].length; i += 2) bits |= data.excerpts[n][i]; });
            const list = make('p', 'legend');
            [[1, 'license'], [2, 'fence'], [4, 'unexplained'], [8, 'copyright'], [16, 'not in the license'], [32, 'only in the license']].forEach(([bit, name]) => { if (bits & bit) list.append(piece(bit, name)); });
            return list;
        };
        const sentence = text => /[.!?]$/.test(text) ? text : text.replace(/^[a-z]+(?=[ ,'])/, w => w[0].toUpperCase() + w.slice(1)) + '.';
        const choose = index => {
            chosen = index;
            detail(index);
            draw();
            history.replaceState(null, '', '#f' + index);
        };
        // A link to a file opens its folders, whatever the filters say.
        const reveal = index => {
            if (!nodes[index]) return;
            if (!shown[index]) { at('filters').reset(); filter(); }
            for (let node = nodes[index].up; node; node = node.up) node.open = true;
            chosen = index;
            layout();
            move(rows.indexOf(nodes[index]));
            detail(index);
            at('files').scrollIntoView();
            at('detail').focus({ preventScroll: true });
        };
        const follow = () => { const match = /^#f(\d+)$/.exec(location.hash); if (match) reveal(+match[1]); };
        addEventListener('hashchange', follow);

        // The page around it.
        at('filters').hidden = at('explorer').hidden = false;
        at('filters').addEventListener('submit', event => event.preventDefault());
        at('filters').addEventListener('reset', () => setTimeout(filter));
        let waiting = 0;
        filters.find.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, files.length > 5000 ? 150 : 0); });
        ['license', 'mark', 'severity', 'state'].forEach(name => filters[name].addEventListener('change', filter));
        document.querySelectorAll('button.filter').forEach(button => button.addEventListener('click', () => {
            at('filters').reset();
            const number = data.terms.indexOf(button.dataset.license);
            filters.license.value = number < 0 ? '' : number;
            filter();
            at('files').scrollIntoView();
            tree.focus({ preventScroll: true });
        }));
        addEventListener('keydown', event => {
            if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
            event.preventDefault();
            filters.find.focus();
        });
        const root = document.documentElement, theme = at('theme'), dark = matchMedia('(prefers-color-scheme: dark)');
        const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
        const name = () => { theme.textContent = isDark() ? 'Light' : 'Dark'; };
        theme.hidden = false;
        theme.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; name(); });
        dark.addEventListener('change', name);
        name();
        // On paper: the files that show, as a table.
        addEventListener('beforeprint', () => {
            const table = at('printed'), limit = 3000, list = files.map((_, i) => i).filter(i => shown[i]);
            const line = (tag, cells) => { const r = make('tr'); cells.forEach(c => r.append(make(tag, '', c))); return r; };
            table.replaceChildren(line('th', ['File', 'Terms', 'Fences']), ...list.slice(0, limit).map(i => line('td', [visible(path(i)), terms(files[i][CONCLUDED]) ?? '\u2013', [...new Set(files[i][MARKS].map(m => data.marks[m][1]))].join(', ')])));
            if (list.length > limit) table.append(line('td', ['and ' + (list.length - limit) + ' more', '', '']));
        });
        document.querySelectorAll('details').forEach(d => { addEventListener('beforeprint', () => { d.dataset.was = d.open; d.open = true; }); addEventListener('afterprint', () => { d.open = d.dataset.was === 'true'; }); });

        tally();
        unfold(top, 120);
        filter();
        follow();
        })();
        """#
}
