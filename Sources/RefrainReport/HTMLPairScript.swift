// What the HTML report does where scripts run, second part: any two places of a finding side by side.

enum HTMLPairScript {
  /// The word diff is that of `SentenceRows` and `TokenAlignment`, in the browser's language.
  static let text = #"""
      // Words: one character each in scripts that write without blanks.
      const lone = '\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u9FFF\\uF900-\\uFAFF'
        + '\\u{20000}-\\u{3FFFF}';
      const word = new RegExp(
        `[${lone}][^\\s\\p{Alphabetic}\\p{N}]*|(?:(?![${lone}])\\S)+`, 'gu');
      const tokens = sentences => sentences.flatMap((sentence, number) =>
        [...sentence.matchAll(word)].map((match, at) => {
          const isSpaced = at > 0 ? /\s/.test(sentence[match.index - 1]) : number > 0;
          const letters = match[0].replace(/[^\p{Alphabetic}\p{N}\p{Mn}]/gu, '');
          return {
            text: (isSpaced ? ' ' : '') + match[0],
            key: letters.toLowerCase() || match[0],
            starts: at === 0,
          };
        }));
      const align = (a, b) => {
        let head = 0, tail = 0;
        const limit = Math.min(a.length, b.length);
        while (head < limit && a[head].key === b[head].key) head++;
        while (tail < limit - head
          && a[a.length - 1 - tail].key === b[b.length - 1 - tail].key) tail++;
        const steps = [];
        for (let i = 0; i < head; i++) steps.push([i, i]);
        const n = a.length - tail - head, m = b.length - tail - head, w = m + 1;
        const size = n * m > 4e6 ? 0 : (n + 1) * w;
        const lengths = new Uint16Array(size);
        const equal = (i, j) => a[head + i].key === b[head + j].key;
        for (let i = n - 1; size > 0 && i >= 0; i--) for (let j = m - 1; j >= 0; j--) {
          lengths[i * w + j] = equal(i, j) ? lengths[(i + 1) * w + j + 1] + 1
            : Math.max(lengths[(i + 1) * w + j], lengths[i * w + j + 1]);
        }
        let i = 0, j = 0;
        while (i < n || j < m) {
          if (size > 0 && i < n && j < m && equal(i, j)) steps.push([head + i++, head + j++]);
          else if (j === m || i < n
            && (size === 0 || lengths[(i + 1) * w + j] >= lengths[i * w + j + 1])) {
            steps.push([head + i++, -1]);
          } else steps.push([-1, head + j++]);
        }
        for (let k = tail; k > 0; k--) steps.push([a.length - k, b.length - k]);
        return steps;
      };
      const moved = (own, all, others, otherAll) => {
        const runs = (indices, all) => indices.flatMap((first, at) => indices[at + 3] === first + 3
          ? [[first, all.slice(first, first + 4).map(token => token.key).join(' ')]] : []);
        const known = new Set(runs(others, otherAll).map(run => run[1]));
        const found = new Set();
        for (const [first, key] of runs(own, all)) {
          if (known.has(key)) for (let k = 0; k < 4; k++) found.add(first + k);
        }
        return found;
      };
      const rows = (left, right) => {
        const a = tokens(left), b = tokens(right), steps = align(a, b);
        const onlyA = steps.filter(step => step[1] < 0).map(step => step[0]);
        const onlyB = steps.filter(step => step[0] < 0).map(step => step[1]);
        const movedA = moved(onlyA, a, onlyB, b), movedB = moved(onlyB, b, onlyA, a);
        const body = make('tbody', {});
        let cells = [[], []];
        const flush = () => {
          if (cells[0].length + cells[1].length === 0) return;
          body.append(make('tr', {}, ...cells.map(spans => make('td', {},
            ...spans.map(([name, isMoved, text]) =>
              name ? make(name, isMoved ? { class: 'v' } : {}, text) : text)))));
          cells = [[], []];
        };
        const add = (side, name, isMoved, spaced) => {
          const last = cells[side].at(-1);
          const text = last ? spaced : spaced.trimStart();
          if (last && last[0] === name && last[1] === isMoved) last[2] += text;
          else if (name && text[0] === ' ') {
            cells[side].push(['', false, ' '], [name, isMoved, text.slice(1)]);
          } else cells[side].push([name, isMoved, text]);
        };
        for (const [i, j] of steps) {
          if (i >= 0 && a[i].starts && cells[0].length
            || j >= 0 && b[j].starts && cells[1].length) flush();
          if (i >= 0) add(0, j < 0 ? 'del' : '', j < 0 && movedA.has(i), a[i].text);
          if (j >= 0) add(1, i < 0 ? 'ins' : '', i < 0 && movedB.has(j), b[j].text);
        }
        flush();
        return body;
      };

      // The choice of two places, made when a finding of three or more is first opened.
      const prepare = f => {
        const table = f.querySelector('table');
        const places = [...f.querySelectorAll('.places > li')];
        if (!table || places.length < 3 || f.querySelector('.choose')) return;
        const column = n => [...table.querySelectorAll('tbody tr:not(.c)')]
          .map(tr => tr.cells[n].textContent.trim()).filter(text => text !== '');
        const first = column(0);
        const texts = places.map((li, n) => {
          if (n === 0) return first;
          if (n === 1) return table.classList.contains('same') ? first : column(1);
          const own = li.querySelector('.x');
          if (own) return [...own.children].map(span => span.textContent);
          return li.querySelector('.same') ? first : null;
        });
        const name = n => places[n].querySelector('code').textContent;
        const choice = selected => {
          const select = make('select', {});
          texts.forEach((text, n) => {
            if (!text) return;
            const option = make('option', { value: n }, `${n + 1}. ${name(n)}`);
            option.selected = n === selected;
            select.append(option);
          });
          return select;
        };
        const left = choice(0), right = choice(1);
        const choose = make('div', { class: 'choose' }, 'Compare', left, 'with', right);
        choose.addEventListener('change', () => {
          const a = texts[left.value], b = texts[right.value];
          const head = make('tr', {}, make('th', {}, name(left.value)));
          let body;
          if (a.join(' ') === b.join(' ')) {
            head.firstChild.append(` = ${name(right.value)} `,
              make('i', {}, 'identical: shown once'));
            body = make('tbody', {}, ...a.map(text => make('tr', {}, make('td', {}, text))));
          } else {
            head.append(make('th', {}, name(right.value)));
            body = rows(a, b);
          }
          f.querySelector('table').replaceWith(
            make('table', { class: 'pair' }, make('thead', {}, head), body));
        });
        table.before(choose);
      };
      document.addEventListener('toggle', event => {
        if (event.target.open && event.target.classList.contains('f')) prepare(event.target);
      }, true);
      if (location.hash.startsWith('#f-')) {
        const target = document.getElementById(location.hash.slice(1));
        if (target) {
          target.open = true;
          target.scrollIntoView();
        }
      }

    """#
}
