import { useSyncExternalStore } from 'react';
import {
  defaults,
  type Preferences,
  parsePreferences,
  resolveTheme,
  storageKey,
  type Theme,
} from './preferences';

const systemLight = matchMedia('(prefers-color-scheme: light)');
const listeners = new Set<() => void>();
let current = parsePreferences(readStored());

export const currentPreferences = (): Preferences => current;
export const currentTheme = (): Theme => resolveTheme(current.theme, systemLight.matches);

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // A browser that stores nothing still obeys until the page is closed.
  }
  announce();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, currentPreferences);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(): void {
  paint();
  for (const listener of listeners) listener();
}

function paint(): void {
  const root = document.documentElement;
  if (current.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = current.theme;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.removeAttribute('media');
    meta.setAttribute('content', currentTheme() === 'light' ? '#f7f8fa' : '#0d1117');
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return JSON.stringify(defaults);
  }
}

systemLight.addEventListener('change', announce);
// Another tab of the same browser changed its mind: follow it.
addEventListener('storage', (event) => {
  if (event.key !== storageKey) return;
  current = parsePreferences(event.newValue);
  announce();
});
