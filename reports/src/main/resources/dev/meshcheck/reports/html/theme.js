'use strict';
(() => {
  // Light and dark: what the system says, until somebody chooses.
  const theme = document.getElementById('theme');
  const dark = () => document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const label = () => { theme.textContent = dark() ? 'Light' : 'Dark'; };
  // A file opened from disk may be refused its storage.
  const remember = value => { try { localStorage.setItem('meshcheck-theme', value); } catch { /* no memory then */ } };
  try {
    const chosen = localStorage.getItem('meshcheck-theme');
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch { /* no memory then */ }
  theme.setAttribute('aria-label', 'Switch between light and dark');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = dark() ? 'light' : 'dark';
    remember(document.documentElement.dataset.theme);
    label();
  });
  label();
})();
