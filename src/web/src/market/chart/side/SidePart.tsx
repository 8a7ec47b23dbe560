import type { ReactNode } from 'react';
import css from './SidePanel.module.css';

interface SidePartProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function SidePart({ title, note, children }: SidePartProps) {
  return (
    <section className={css['part']} aria-label={title}>
      <header className={css['head']}>
        <h2 className={css['title']}>{title}</h2>
        {note && <span className={css['note']}>{note}</span>}
      </header>
      {children}
    </section>
  );
}
