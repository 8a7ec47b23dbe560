import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './Page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  /** For forms: lines that the eye can follow from label to control. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, lead, aside, isNarrow = false, children }: PageProps) {
  const { product } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <div className={isNarrow ? `${css['page']} ${css['narrow']}` : css['page']}>
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
