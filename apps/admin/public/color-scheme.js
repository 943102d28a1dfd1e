// Runs before the first paint, from a file of its own because the content security policy allows no inline script.
(() => {
  let wanted = null;
  try {
    wanted = localStorage.getItem('commonwright-color-scheme');
  } catch {
    // Storage may be forbidden; the system's choice serves then.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = wanted === 'light' || wanted === 'dark' ? wanted : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
