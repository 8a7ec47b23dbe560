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
  /** For pages with a column beside the main one. */
  readonly isFull?: boolean;
  readonly children: ReactNode;
}

export function Page(props: PageProps) {
  const { title, lead, aside, isNarrow = false, isWide = false, isFull = false, children } = props;
  const { product } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  const width = isNarrow ? css['narrow'] : isFull ? css['full'] : isWide ? css['roomy'] : '';
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
