import type { ReactNode } from 'react';
import css from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ title, note, action, children }: PanelProps) {
  return (
    <section className={css['panel']} aria-label={title}>
      <header className={css['header']}>
        <h2 className={css['title']}>{title}</h2>
        {note && <p className={css['note']}>{note}</p>}
        {action && <div className={css['action']}>{action}</div>}
      </header>
      {children}
    </section>
  );
}
