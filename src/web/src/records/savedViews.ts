import { useSyncExternalStore } from 'react';

/** A filter under a name, as the address writes it. */
export interface View {
  readonly name: string;
  readonly search: string;
}

const mostViews = 20;
const listeners = new Set<() => void>();
const kept = new Map<string, readonly View[]>();
const none: readonly View[] = [];
const keyOf = (list: string) => `tidemark.views.${list}`;

/** The saved views of a list; kept in this browser. */
export function useViews(list: string): readonly View[] {
  return useSyncExternalStore(subscribe, () => read(list));
}

/** Under a name that is taken, the new one takes its place. */
export function saveView(list: string, view: View): void {
  keep(list, withView(read(list), view));
}

export function dropView(list: string, name: string): void {
  keep(
    list,
    read(list).filter((view) => view.name !== name),
  );
}

export const withView = (views: readonly View[], view: View): View[] =>
  [...views.filter((other) => other.name !== view.name), view].slice(-mostViews);

/** Whatever was stored, by any version of the app, becomes valid views. */
export function parseViews(stored: string | null): readonly View[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter(isView) : none;
  } catch {
    return none;
  }
}

const isView = (value: unknown): value is View =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as View).name === 'string' &&
  typeof (value as View).search === 'string';

function read(list: string): readonly View[] {
  const known = kept.get(list);
  if (known !== undefined) return known;
  let stored: readonly View[] = none;
  try {
    stored = parseViews(localStorage.getItem(keyOf(list)));
  } catch {
    // A browser that stores nothing begins without views.
  }
  kept.set(list, stored);
  return stored;
}

function keep(list: string, views: readonly View[]): void {
  kept.set(list, views);
  try {
    localStorage.setItem(keyOf(list), JSON.stringify(views));
  } catch {
    // A browser that stores nothing still remembers until the page is closed.
  }
  announce();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', follow);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', follow);
  };
}

/** Another tab of the same browser saved or dropped one. */
function follow(event: StorageEvent): void {
  if (event.key === null || !event.key.startsWith(keyOf(''))) return;
  kept.clear();
  announce();
}

function announce(): void {
  for (const listener of listeners) listener();
}
