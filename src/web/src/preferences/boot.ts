// Runs before the first paint as a plain script, so that the page never flashes in the wrong theme.
// It imports nothing: one small file, loaded once, kept for good.
(() => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem('tidemark.preferences') ?? '{}');
    const theme =
      typeof stored === 'object' && stored !== null && 'theme' in stored ? stored.theme : 'system';
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset['theme'] = theme;
  } catch {
    // Storage may be closed to us or hold something else; the system's theme is right then.
  }
})();

// Only the compiler sees this line; what is served stays a plain script.
export {};
