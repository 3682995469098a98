// What the HTML report does where scripts run, second part: any other place of a finding beside its first.

enum HTMLPairScript {
  /// Lays out what `SentenceRows.data` says of a place; what is equal was decided long before.
  static let text = #"""
      // The names of the marks, on either side, and whether the words moved.
      const marks = {
        '=': ['', '', false], '-': ['del', null, false], '+': [null, 'ins', false],
        '~': ['del', null, true], '*': [null, 'ins', true],
      };
      const rows = (left, right, data) => {
        const texts = [left, right], at = [0, 0];
        const body = make('tbody', {});
        const row = cells => body.append(make('tr', {}, ...cells.map(spans => make('td', {},
          ...spans.flatMap(([name, isMoved, text]) => {
            if (!name) return [text];
            const words = text.trimEnd();
            return [make(name, isMoved ? { class: 'v' } : {}, words), text.slice(words.length)];
          })))));
        for (const part of data.split('/')) {
          const cells = [[], []];
          for (const [, mark, one, two] of part.matchAll(/([-=+~*])(\d+)(?:,(\d+))?/g)) {
            for (const side of [0, 1]) {
              const name = marks[mark][side], isMoved = marks[mark][2];
              if (name === null) continue;
              const end = at[side] + Number(side === 1 && two !== undefined ? two : one);
              const text = texts[side].slice(at[side], end), last = cells[side].at(-1);
              at[side] = end;
              if (last && last[0] === name && last[1] === isMoved) last[2] += text;
              else cells[side].push([name, isMoved, text]);
            }
          }
          row(cells);
        }
        if (at.some((end, side) => end < texts[side].length)) {
          row([[['', false, '…']], [['', false, '…']]]);
        }
        return body;
      };

      // What a finding gets when it is first opened: a way to copy its waivers, and of three places or
      // more the choice of one.
      const prepare = f => {
        for (const code of f.querySelectorAll('.w code')) {
          if (code.nextSibling?.className === 'copy') continue;
          const copy = make('button', { type: 'button', class: 'copy' }, 'Copy');
          copy.addEventListener('click', () => {
            getSelection().selectAllChildren(code);
            const done = () => {
              copy.textContent = 'Copied';
              setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
            };
            // Where a browser gives no clipboard to files, the selection is there to be copied.
            navigator.clipboard?.writeText(code.textContent).then(done, () => {});
          });
          code.after(copy);
        }
        const table = f.querySelector('table');
        const places = [...f.querySelectorAll('.places > li')];
        if (!table || places.length < 3 || f.querySelector('.choose')) return;
        const first = [...table.querySelectorAll('tbody tr:not(.c, .e)')]
          .map(tr => tr.cells[0].textContent).join('');
        const name = n => places[n].querySelector('code').textContent;
        const link = n => places[n].querySelector('a, code').cloneNode(true);
        const head = (...cells) =>
          make('thead', {}, make('tr', {}, ...cells.map(cell => make('th', {}, ...cell))));
        const beside = n => {
          if (n === 1) return table;
          const own = places[n].querySelector('.x');
          if (own) {
            return make('table', { class: 'pair' }, head([link(0)], [link(n)]),
              rows(first, own.textContent, own.dataset.d));
          }
          return make('table', { class: 'pair same' },
            head([link(0), ' = ', link(n), ' ', make('i', {}, 'identical: shown once')]),
            make('tbody', {}, make('tr', {}, make('td', {}, first))));
        };
        const select = make('select', {});
        places.forEach((li, n) => {
          if (n === 0 || n > 1 && !li.querySelector('.x[data-d], .same')) return;
          select.append(make('option', { value: n }, `${n + 1}. ${name(n)}`));
        });
        const choose = make('div', { class: 'choose' }, `Compare 1. ${name(0)} with`, select);
        choose.addEventListener('change', () => {
          f.querySelector('table').replaceWith(beside(+select.value));
        });
        table.before(choose);
      };
      document.addEventListener('toggle', event => {
        if (event.target.open && event.target.classList.contains('f')) prepare(event.target);
      }, true);
      for (const f of list) if (f.open) prepare(f);
      reveal(location.hash.slice(1));

    """#
}
