import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './Page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, aside, children }: PageProps) {
  const { product } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <div className={css['page']}>
      <div className={css['head']}>
        <div>
          <h1 className={css['title']}>{title}</h1>
          {lead && <p className={css['lead']}>{lead}</p>}
        </div>
        {aside && <div className={css['aside']}>{aside}</div>}
      </div>
      {children}
    </div>
  );
}
