import type { ReactNode } from 'react';
import css from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly action?: ReactNode;
  /** Without its head, where the page's own title says enough. */
  readonly isBare?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, note, action, isBare = false, children }: PanelProps) {
  return (
    <section className={css['panel']} aria-label={title}>
      {!isBare && (
        <header className={css['header']}>
          <h2 className={css['title']}>{title}</h2>
          {note && <p className={css['note']}>{note}</p>}
          {action && <div className={css['action']}>{action}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
