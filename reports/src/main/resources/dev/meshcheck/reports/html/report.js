'use strict';
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const byId = id => document.getElementById(id);

  // The filter. Every result of every check is looked at; a check shows while one of its results does.
  const form = byId('filter');
  const checks = all('.k').map(element => ({
    element,
    level: element.dataset.l,
    text: one('.t', element).textContent.toLowerCase(),
    results: all('.r', element).map(r => ({
      element: r, outcome: r.dataset.o, surface: r.dataset.s, target: r.dataset.t,
      text: r.dataset.t.toLowerCase() + ' ' + all('.h code, .m, .ea', r).map(m => m.textContent).join(' ').toLowerCase(),
    })),
  }));
  const total = checks.reduce((n, check) => n + check.results.length, 0);
  const output = one('output', form);
  const empty = one('.empty');
  const value = name => form.elements[name] ? form.elements[name].value : '';
  const apply = () => {
    const outcomes = new Set(all('[name=outcome]:checked', form).map(box => box.value));
    const level = value('level'), surface = value('surface'), target = value('target');
    const words = value('text').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const check of checks) {
      let visible = 0;
      for (const r of check.results) {
        const fits = (!outcomes.size || outcomes.has(r.outcome)) && (!level || level === check.level)
          && (!surface || surface === r.surface) && (!target || target === r.target)
          && words.every(word => check.text.includes(word) || r.text.includes(word));
        if (r.element.hidden === fits) r.element.hidden = !fits;
        if (fits) visible++;
      }
      if (check.element.hidden === (visible > 0)) check.element.hidden = visible === 0;
      shown += visible;
    }
    for (const route of all('.route')) route.hidden = !one('.k:not([hidden])', route);
    empty.hidden = shown > 0;
    output.textContent = shown === total ? total + ' results' : shown + ' of ' + total + ' results';
  };

  // The exchanges have a filter of their own.
  const sent = byId('sent');
  const rows = all('.e').map(element => ({
    element, kind: /\be-(\w+)/.exec(element.className)[1], status: element.dataset.st, route: element.dataset.ro,
  }));
  const applySent = () => {
    const status = sent.elements.status.value, route = sent.elements.route.value;
    let shown = 0;
    for (const row of rows) {
      const fits = (!status || status === row.kind || status === row.status) && (!route || route === row.route);
      if (row.element.hidden === fits) row.element.hidden = !fits;
      if (fits) shown++;
    }
    one('output', sent).textContent = shown === rows.length ? shown + ' exchanges' : shown + ' of ' + rows.length + ' exchanges';
  };

  // Both filters stand in the address, behind the place that it leads to: #checks?outcome=failed
  const filters = [[form, apply, 'checks'], [sent, applySent, 'exchanges']];
  const address = () => {
    const [, goal, query] = /^#?(.*?)(?:\?((?:outcome|level|surface|target|text|status|route)=.*))?$/s.exec(location.hash);
    let id = goal;
    try { id = decodeURIComponent(goal); } catch { /* not encoded then */ }
    return { goal, id, query: query || '' };
  };
  const note = goal => {
    const query = new URLSearchParams();
    for (const [filter] of filters) {
      for (const [name, chosen] of new FormData(filter)) {
        if (chosen) query.set(name, query.has(name) ? query.get(name) + ',' + chosen : chosen);
      }
    }
    const words = query.toString().replaceAll('%2C', ',');
    // Marked as seen, so that a link that is followed later can be told from a step back.
    history.replaceState({ seen: true }, '', '#' + goal + (words && '?' + words));
  };
  const restore = query => {
    const wanted = new URLSearchParams(query);
    for (const [filter, show] of filters) {
      filter.reset();
      for (const field of filter.elements) {
        const chosen = wanted.get(field.name);
        if (!chosen) continue;
        if (field.type === 'checkbox') field.checked = chosen.split(',').includes(field.value);
        else field.value = chosen;
      }
      show();
    }
  };
  let wait = 0;
  for (const [filter, show, place] of filters) {
    const changed = () => { clearTimeout(wait); show(); note(place); };
    filter.hidden = false;
    filter.addEventListener('submit', event => event.preventDefault());
    filter.addEventListener('change', changed);
    filter.addEventListener('input', event => {
      clearTimeout(wait);
      if (event.target.type === 'search') wait = setTimeout(changed, 120);
    });
  }
  const reset = filter => {
    const [, show, place] = filters.find(f => f[0] === filter);
    filter.reset();
    show();
    note(place);
  };
  all('[data-reset]').forEach(button => button.addEventListener('click', () => reset(button.form || form)));
  all('[data-pick]').forEach(link => link.addEventListener('click', () => {
    form.reset();
    all('[name=outcome]', form).forEach(box => { box.checked = box.value === link.dataset.pick; });
    apply();
    note('checks');
  }));
  all('a[data-target]').forEach(link => link.addEventListener('click', () => {
    form.reset();
    const select = form.elements.target || form.elements.surface;
    if (select) {
      select.value = link.dataset.target;
      // A target may be named unlike its surface.
      if (select.value !== link.dataset.target) select.value = '';
    }
    apply();
    note('checks');
  }));
  addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      form.elements.text.focus();
    }
  });

  // Copying.
  const copy = async (text, button) => {
    const words = button.dataset.words || (button.dataset.words = button.textContent);
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
    }
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = words; }, 1500);
  };
  const copyButton = (source, what, words = 'Copy') => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = words;
    button.setAttribute('aria-label', 'Copy ' + what);
    button.addEventListener('click', () => copy(source.textContent, button));
    return button;
  };
  const addCopy = pre => {
    if (pre.parentNode.classList.contains('copyable')) return;
    const box = document.createElement('div');
    box.className = 'copyable';
    pre.replaceWith(box);
    box.append(pre, copyButton(pre, 'the curl line'));
  };
  // On the failure itself: the line of the exchange that it rests on, where the page has that.
  all('[data-curl]').forEach(place => {
    const line = one('pre.curl', byId(place.dataset.curl) || place);
    if (line) place.replaceWith(copyButton(line, 'curl line of ' + place.dataset.curl, 'Copy curl'));
  });
  all('.cmd').forEach(command => command.after(copyButton(command, 'the command')));

  // Colours for JSON: text stays text, only spans are added.
  const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;
  const colour = pre => {
    const text = pre.textContent;
    if (pre.dataset.done || text.length > 20000) return;
    pre.dataset.done = '1';
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const match of text.matchAll(token)) {
      parts.append(text.slice(at, match.index));
      const span = document.createElement('span');
      span.className = match[2] ? 'jk' : match[1] ? 'js' : match[3] ? 'jn' : 'jl';
      span.textContent = match[1] || match[3] || match[4];
      parts.append(span);
      at = match.index + match[0].length - (match[2] ? match[2].length : 0);
    }
    parts.append(text.slice(at));
    pre.replaceChildren(parts);
  };
  const dress = root => {
    all('pre.curl', root).forEach(addCopy);
    all('pre.json', root).forEach(colour);
    // What scrolls must be reachable without a mouse.
    all('pre, .frames', root).forEach(box => {
      if (box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
    });
  };

  // An exchange opens in place: a copy of the one in the waterfall.
  const fill = holder => {
    if (holder.dataset.done) return;
    const body = byId(holder.dataset.e);
    if (!body || body.classList.contains('e')) return;
    holder.dataset.done = '1';
    const clone = document.createElement('div');
    for (const node of body.childNodes) clone.append(node.cloneNode(true));
    all('.copyable', clone).forEach(box => box.replaceWith(one('pre', box)));
    one('p', holder).replaceWith(clone);
    dress(clone);
  };
  for (const holder of all('.x')) {
    const body = byId(holder.dataset.e);
    if (body) {
      const row = body.closest('.e');
      one('summary', holder).textContent = holder.dataset.e + ' · ' + one('.ln', row).textContent
        + ' → ' + one('.st', row).textContent + ' · ' + one('.ms', row).textContent;
    }
  }
  document.addEventListener('toggle', event => {
    const box = event.target;
    if (!box.open) return;
    if (box.classList.contains('x')) fill(box);
    if (box.classList.contains('e')) dress(box);
  }, true);

  // Deep links: whatever folds around the goal is opened, and no filter hides it.
  const follow = () => {
    const { goal: place, id, query } = address();
    // A link keeps what is chosen; an address and a step back bring their own.
    if (query || history.state) restore(query);
    else filters.forEach(([, show]) => show());
    const goal = id && byId(id);
    if (goal && goal.closest('[hidden]')) {
      const filter = goal.closest('.k') ? form : sent;
      filter.reset();
      filters.find(f => f[0] === filter)[1]();
    }
    note(place);
    if (!goal) return;
    for (let box = goal.closest('details'); box; box = box.parentNode.closest('details')) box.open = true;
    const shown = goal.classList.contains('b') ? goal.parentNode : goal;
    // The page is longer than its first layout says; a second look lands where it should.
    requestAnimationFrame(() => { shown.scrollIntoView(); setTimeout(() => shown.scrollIntoView(), 60); });
    if (goal.closest('.k, .e')) {
      shown.classList.add('flash');
      setTimeout(() => shown.classList.remove('flash'), 1700);
    }
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  follow();

  // Paper cannot unfold: what failed is printed open.
  addEventListener('beforeprint', () => all('.k.s-failed').forEach(k => { k.open = true; }));
})();
