import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './Page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  /** For forms: lines that the eye can follow from label to control. */
  readonly isNarrow?: boolean;
  /** For tables with many columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, lead, aside, isNarrow = false, isWide = false, children }: PageProps) {
  const { product } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  const width = isNarrow ? css['narrow'] : isWide ? css['roomy'] : '';
  return (
    <div className={`${css['page']} ${width}`}>
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
