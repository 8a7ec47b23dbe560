import { useSyncExternalStore } from 'react';

export interface Favourites {
  readonly symbols: readonly string[];
  /** Whether they stand above the rest. */
  readonly areFirst: boolean;
}

const storageKey = 'tidemark.favourites';
const none: Favourites = { symbols: [], areFirst: true };
const listeners = new Set<() => void>();
let current = none;

/** Kept in this browser. */
export function useFavourites(): Favourites {
  return useSyncExternalStore(subscribe, () => current);
}

export function toggleFavourite(symbol: string): void {
  const { symbols } = current;
  keep({
    ...current,
    symbols: symbols.includes(symbol) ? symbols.filter((other) => other !== symbol) : [...symbols, symbol],
  });
}

export const putFavouritesFirst = (areFirst: boolean): void => keep({ ...current, areFirst });

/** Whatever was stored, by any version of the app, becomes valid favourites. */
export function parseFavourites(stored: string | null): Favourites {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    if (typeof value !== 'object' || value === null) return none;
    const { symbols, areFirst } = value as { symbols?: unknown; areFirst?: unknown };
    return {
      symbols: Array.isArray(symbols)
        ? symbols.filter((symbol): symbol is string => typeof symbol === 'string')
        : [],
      areFirst: areFirst !== false,
    };
  } catch {
    return none;
  }
}

function keep(next: Favourites): void {
  current = next;
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // A browser that stores nothing still remembers until the page is closed.
  }
  announce();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = read();
    addEventListener('storage', follow);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', follow);
  };
}

/** Another tab of the same browser changed its mind. */
function follow(event: StorageEvent): void {
  if (event.key !== storageKey) return;
  current = parseFavourites(event.newValue);
  announce();
}

function read(): Favourites {
  try {
    const stored = parseFavourites(localStorage.getItem(storageKey));
    return JSON.stringify(stored) === JSON.stringify(current) ? current : stored;
  } catch {
    return current;
  }
}

function announce(): void {
  for (const listener of listeners) listener();
}
