// What the HTML report does where scripts run: filters, and the keys j and k.

enum HTMLScript {
  /// The script; it builds elements and sets their text, and never parses text as markup.
  static let text = "'use strict';\n(() => {\n" + filters + HTMLPairScript.text + "})();\n"

  private static let filters = #"""
      const list = [...document.querySelectorAll('.f')];
      document.documentElement.classList.add('scripted');
      const make = (name, attributes, ...children) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
      };

      // Filters.
      const index = list.map(f => ({
        f, kind: f.dataset.kind, words: +f.dataset.words,
        paths: [...f.querySelectorAll('[data-path]')].map(li => li.dataset.path),
      }));
      const tools = document.getElementById('tools');
      const boxes = [...document.querySelectorAll('.kinds [data-kind]')].map(li => {
        const box = make('input', { type: 'checkbox' });
        box.checked = true;
        tools.append(make('label', {}, box, li.dataset.kind, ' ', li.querySelector('b')));
        return [li.dataset.kind, box];
      });
      const folders = new Set();
      for (const entry of index) for (const path of entry.paths) {
        let at = path.indexOf('/');
        while (at > 0 && folders.size < 2000) {
          folders.add(path.slice(0, at + 1));
          at = path.indexOf('/', at + 1);
        }
      }
      const options = make('datalist', { id: 'folders' });
      for (const name of [...folders].sort()) options.append(make('option', { value: name }));
      const folder = make('input', { type: 'search', list: 'folders', placeholder: 'any folder' });
      const words = make('input', { type: 'number', min: '1', value: '1' });
      const count = make('span', { class: 'count' });
      tools.append(make('label', {}, 'in', folder), options,
        make('label', {}, 'words from', words), count);
      let shown = list;
      const filter = () => {
        const on = new Set(boxes.filter(([, box]) => box.checked).map(([kind]) => kind));
        const least = +words.value || 0;
        const start = folder.value.trim();
        shown = [];
        for (const entry of index) {
          const keep = on.has(entry.kind) && entry.words >= least
            && (start === '' || entry.paths.some(path => path.startsWith(start)));
          entry.f.hidden = !keep;
          if (keep) shown.push(entry.f);
        }
        count.replaceChildren(`${shown.length} of ${list.length} `, make('kbd', {}, 'j'), ' ',
          make('kbd', {}, 'k'));
      };
      tools.addEventListener('input', filter);
      tools.hidden = list.length === 0;
      filter();

      // Walking.
      let here = null;
      const go = step => {
        if (shown.length === 0) return;
        const at = shown.indexOf(here);
        const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))];
        if (here && here !== next) {
          here.classList.remove('here');
          here.open = false;
        }
        here = next;
        here.classList.add('here');
        here.open = true;
        here.querySelector('summary').focus({ preventScroll: true });
        here.scrollIntoView({ block: 'start' });
      };
      document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const types = event.target.tagName === 'SELECT'
          || event.target.tagName === 'INPUT' && event.target.type !== 'checkbox';
        if (types) return;
        if (event.key === 'j') go(1);
        else if (event.key === 'k') go(-1);
      });

    """#
}
