import { useSyncExternalStore } from 'react';

const query = matchMedia('(min-width: 1180px)');

/** Whether there is room for a column beside the list. */
export function useWide(): boolean {
  return useSyncExternalStore(watch, () => query.matches);
}

function watch(watcher: () => void): () => void {
  query.addEventListener('change', watcher);
  return () => query.removeEventListener('change', watcher);
}
