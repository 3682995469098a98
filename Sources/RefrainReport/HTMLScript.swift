// What the HTML report does where scripts run: filters, order, the overview's buttons, and the keys j
// and k.

enum HTMLScript {
  /// The script; it builds elements and sets their text, and never parses text as markup.
  static let text = "'use strict';\n(() => {\n" + filters + walk + HTMLPairScript.text + "})();\n"

  private static let filters = #"""
      const list = [...document.querySelectorAll('.f')];
      document.documentElement.classList.add('scripted');
      const make = (name, attributes, ...children) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
      };

      // The list as data.
      const facets = [...document.querySelectorAll('.facets [data-facet]')]
        .map(group => group.dataset.facet);
      let index = list.map(f => ({
        f, home: f.parentElement, order: +f.dataset.order,
        words: +f.dataset.words, like: +f.dataset.like, places: +f.dataset.places,
        facets: facets.map(name => f.dataset[name]),
        paths: [...f.querySelectorAll('[data-path]')].map(li => li.dataset.path),
      }));
      for (const entry of index) entry.lower = entry.paths.map(path => path.toLowerCase());
      const pages = [...document.querySelectorAll('.page')];
      const main = document.getElementById('list');

      // The controls.
      const tools = document.getElementById('tools');
      const find = make('input', {
        type: 'search', placeholder: 'Part of a path', 'aria-label': 'Part of a path',
      });
      const order = make('select', { 'aria-label': 'Order' });
      for (const [value, text] of [
        ...(pages.length > 1 ? [['page', 'by page']] : []), ['order', 'by weight'],
        ['words', 'most words first'], ['like', 'most alike first'], ['places', 'most places first'],
      ]) order.append(make('option', { value }, text));
      const number = (label, unit, max) => {
        const input = make('input', { type: 'number', min: '0', max, 'aria-label': label });
        return [input, make('label', {}, label, input, unit)];
      };
      const [like, likeLabel] = number('likeness from', '%', '100');
      const [words, wordsLabel] = number('words from', '', '100000');
      const count = make('span', { class: 'count', role: 'status' });
      const pair = make('button', { type: 'button', class: 'pair-of', hidden: '' });
      const boxes = [];
      const groups = make('div', { class: 'groups' });
      for (const group of document.querySelectorAll('.facets [data-facet]')) {
        const values = [...group.querySelectorAll('[data-value]')];
        const on = new Set();
        boxes.push(on);
        const field = make('fieldset', {}, make('legend', {}, group.querySelector('dt').textContent));
        for (const dd of values) {
          const box = make('input', { type: 'checkbox' });
          box.checked = !('off' in dd.dataset);
          if (box.checked) on.add(dd.dataset.value);
          box.addEventListener('input', () => {
            if (box.checked) on.add(dd.dataset.value); else on.delete(dd.dataset.value);
          });
          field.append(make('label', {}, box, dd.dataset.value, ' ',
            make('b', {}, dd.querySelector('b').textContent)));
        }
        if (values.length > 1) groups.append(field);
      }
      const more = make('details', { class: 'more' }, make('summary', {}, 'Filters'),
        make('div', { class: 'fields' }, groups, likeLabel, wordsLabel));
      more.open = matchMedia('(min-width: 45rem)').matches;
      tools.append(find, order, more, pair, count);

      let shown = list;
      let other = null;
      const filter = () => {
        const least = +words.value || 0, alike = +like.value || 0;
        const part = find.value.trim().toLowerCase();
        if (part === '') other = null;
        pair.hidden = other === null;
        if (other !== null) pair.replaceChildren(`and ${other} `, make('b', {}, '×'));
        const kept = [];
        for (const entry of index) {
          const keep = entry.words >= least && entry.like >= alike
            && entry.facets.every((value, n) => value === undefined || boxes[n].has(value))
            && (part === '' || entry.lower.some(path => path.includes(part)))
            && (other === null || entry.paths.includes(other));
          entry.f.hidden = !keep;
          if (keep) kept.push(entry);
        }
        shown = kept.map(entry => entry.f);
        for (const page of pages) page.hidden = !page.querySelector(':scope > .f:not([hidden])');
        count.replaceChildren(`${shown.length} of ${list.length} `, make('kbd', {}, 'j'), ' ',
          make('kbd', {}, 'k'));
      };
      // By page each finding is at home; any other order is one list.
      const byPage = index, homes = new Map();
      for (const entry of index) {
        if (!homes.has(entry.home)) homes.set(entry.home, []);
        homes.get(entry.home).push(entry.f);
      }
      const arrange = () => {
        const by = order.value;
        index = by === 'page' ? byPage : [...byPage].sort((a, b) =>
          by === 'order' ? a.order - b.order : b[by] - a[by] || a.order - b.order);
        if (by === 'page') {
          for (const [page, own] of homes) page.append(...own);
        } else main.append(...index.map(entry => entry.f));
        filter();
      };
      tools.addEventListener('input', event => (event.target === order ? arrange : filter)());
      pair.addEventListener('click', () => { other = null; filter(); });
      tools.hidden = list.length < 2;
      find.hidden = new Set(index.flatMap(entry => entry.paths)).size < 2;
      for (const go of document.querySelectorAll('.go')) {
        go.addEventListener('click', () => {
          find.value = go.dataset.page;
          other = go.dataset.other ?? null;
          filter();
          tools.scrollIntoView({ block: 'start' });
        });
      }
      filter();

    """#

  private static let walk = #"""
      // Walking.
      let here = null;
      const few = list.length > 0 && list.every(f => f.open);
      const goTo = next => {
        if (here && here !== next) {
          here.classList.remove('here');
          if (!few) here.open = false;
        }
        here = next;
        here.classList.add('here');
        here.open = true;
        here.querySelector('summary').focus({ preventScroll: true });
        here.scrollIntoView({ block: 'start' });
      };
      const go = step => {
        if (shown.length === 0) return;
        const at = shown.indexOf(here);
        goTo(shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))]);
      };
      document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const types = event.target.tagName === 'SELECT'
          || event.target.tagName === 'INPUT' && event.target.type !== 'checkbox';
        if (types) return;
        if (event.key === 'j') go(1);
        else if (event.key === 'k') go(-1);
      });
      // A finding that an address or the picture names is shown, whatever is filtered out.
      const reveal = id => {
        const target = id.startsWith('f-') && document.getElementById(id);
        if (!target) return;
        target.hidden = false;
        if (target.parentElement.classList.contains('page')) target.parentElement.hidden = false;
        goTo(target);
      };
      for (const arc of document.querySelectorAll('[data-to]')) {
        arc.addEventListener('click', () => reveal(arc.dataset.to));
      }

    """#
}
