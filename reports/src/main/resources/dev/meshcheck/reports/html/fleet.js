
'use strict';
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);

  const form = document.getElementById('filter');
  const rows = all('.environments tbody tr').map(element => ({
    element,
    verdict: element.dataset.v,
    changed: element.dataset.g,
    causes: element.dataset.c.split(' '),
    labels: element.dataset.l.split('\n'),
    text: [one('th', element).textContent, one('.w', element).textContent, element.dataset.c].join(' ').toLowerCase(),
  }));
  const output = one('output', form);
  const empty = one('.empty');
  const chosen = name => new FormData(form).getAll(name).filter(Boolean);

  const apply = () => {
    const verdicts = new Set(chosen('verdict'));
    const labels = chosen('label'), [cause] = chosen('cause'), [changed] = chosen('changed');
    const words = (chosen('text')[0] || '').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = (!verdicts.size || verdicts.has(row.verdict)) && (!changed || changed === row.changed)
        && (!cause || row.causes.includes(cause)) && labels.every(label => row.labels.includes(label))
        && words.every(word => row.text.includes(word));
      if (row.element.hidden === fits) row.element.hidden = !fits;
      if (fits) shown++;
    }
    empty.hidden = shown > 0 || !rows.length;
    output.textContent = shown === rows.length ? rows.length + ' environments' : shown + ' of ' + rows.length + ' environments';
  };

  // The filter stands in the address, behind the place that it leads to: #environments?verdict=failed
  const address = () => {
    const [, goal, query] = /^#?(.*?)(?:\?((?:verdict|changed|label|cause|text)=.*))?$/s.exec(location.hash);
    let id = goal;
    try { id = decodeURIComponent(goal); } catch { /* not encoded then */ }
    return { goal, id, query: query || '' };
  };
  const note = goal => {
    const query = new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => value)).toString();
    // Marked as seen, so that a link that is followed later can be told from a step back.
    history.replaceState({ seen: true }, '', '#' + goal + (query && '?' + query));
  };
  const restore = query => {
    const wanted = new URLSearchParams(query);
    form.reset();
    for (const field of form.elements) {
      if (!field.name) continue;
      const values = wanted.getAll(field.name);
      if (field.type === 'checkbox') field.checked = values.includes(field.value);
      else if (field.name === 'label') {
        const mine = values.find(value => Array.from(field.options).some(option => option.value === value));
        if (mine) field.value = mine;
      } else if (values.length) field.value = values[0];
    }
    apply();
  };

  let wait = 0;
  const changed = () => { clearTimeout(wait); apply(); note('environments'); };
  form.hidden = false;
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('change', changed);
  form.addEventListener('input', event => {
    clearTimeout(wait);
    if (event.target.type === 'search') wait = setTimeout(changed, 120);
  });
  const pick = choose => () => { form.reset(); choose(); changed(); };
  all('[data-reset]').forEach(button => button.addEventListener('click', pick(() => {})));
  all('[data-pick]').forEach(link => link.addEventListener('click', pick(() => {
    all('[name=verdict]', form).forEach(box => { box.checked = box.value === link.dataset.pick; });
  })));
  all('[data-cause]').forEach(link => link.addEventListener('click', pick(() => {
    form.elements.cause.value = link.dataset.cause;
  })));
  addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      form.elements.text.focus();
    }
  });

  // Deep links: no filter hides the goal.
  const follow = () => {
    const { goal: place, id, query } = address();
    // A link keeps what is chosen; an address and a step back bring their own.
    if (query || history.state) restore(query);
    else apply();
    const goal = id && document.getElementById(id);
    if (goal && goal.hidden) restore('');
    note(place);
    if (!goal) return;
    requestAnimationFrame(() => goal.scrollIntoView());
    if (goal.matches('tr')) {
      goal.classList.add('flash');
      setTimeout(() => goal.classList.remove('flash'), 1700);
    }
  };
  addEventListener('hashchange', follow);
  follow();
})();
