import type { ReactNode } from 'react';
import { Skeleton } from '../../parts/Skeleton';
import css from './Figures.module.css';

export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className={css['figures']}>{children}</dl>;
}

interface FigureProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly note?: string;
  /** The line of the chart this figure is the end of. */
  readonly mark?: 'p50' | 'p95' | 'p99';
}

export function Figure({ name, value, note, mark }: FigureProps) {
  return (
    <div className={css['figure']}>
      <dt>
        {mark && <span className={css['mark']} data-line={mark} aria-hidden="true" />}
        {name}
      </dt>
      <dd className={css['value']}>{value ?? <Skeleton width={64} />}</dd>
      {note !== undefined && <dd className={css['note']}>{note}</dd>}
    </div>
  );
}
