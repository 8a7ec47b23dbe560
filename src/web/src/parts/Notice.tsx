import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './Notice.module.css';

interface NoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint: ReactNode;
  readonly children?: ReactNode;
  readonly alert?: boolean;
}

/** Where a list or a page has nothing to show: why, and what to do next. */
export function Notice({ icon: Icon, title, hint, children, alert = false }: NoticeProps) {
  return (
    <div className={css['notice']} role={alert ? 'alert' : undefined}>
      <Icon className={css['icon']} size={20} strokeWidth={1.75} aria-hidden="true" />
      <p className={css['title']}>{title}</p>
      <p className={css['hint']}>{hint}</p>
      {children && <div className={css['actions']}>{children}</div>}
    </div>
  );
}
