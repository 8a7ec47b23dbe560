import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Confirmation } from '../accounts/session/Confirmation';
import { useTexts } from '../i18n/Texts';
import { CommandPalette } from '../palette/CommandPalette';
import { BottomBar } from './BottomBar';
import { ConnectionNotice } from './ConnectionNotice';
import css from './Frame.module.css';
import { Ribbon } from './Ribbon';
import { TopBar } from './TopBar';

export function Frame({ children }: { readonly children: ReactNode }) {
  const { frame } = useTexts();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  usePaletteKey(() => setPaletteOpen((open) => !open));
  useFreshStart(content);
  return (
    <>
      <a className="skip-link" href="#content">
        {frame.skip}
      </a>
      <TopBar onSearch={() => setPaletteOpen(true)} />
      <Ribbon />
      <main id="content" ref={content} tabIndex={-1} className={css['content']}>
        {children}
      </main>
      <ConnectionNotice />
      <Confirmation />
      <BottomBar onSearch={() => setPaletteOpen(true)} />
      {isPaletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} />}
    </>
  );
}

function usePaletteKey(toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** A new page begins at its top, and the keyboard and screen readers begin there with it. */
function useFreshStart(content: { readonly current: HTMLElement | null }): void {
  const [location] = useLocation();
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [location, content]);
}
