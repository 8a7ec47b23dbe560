import { type ReactNode, useEffect } from 'react';
import { Mark } from '../../frame/Mark';
import { useTexts } from '../../i18n/Texts';
import css from './Entrance.module.css';

interface EntranceProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly below?: ReactNode;
  readonly children?: ReactNode;
}

/** The calm card in which people come in. */
export function Entrance({ title, lead, below, children }: EntranceProps) {
  const { product } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <div className={css['entrance']}>
      <section className={css['card']}>
        <Mark size={32} />
        <h1 className={css['title']}>{title}</h1>
        {lead && <p className={css['lead']}>{lead}</p>}
        <div className={css['body']}>{children}</div>
      </section>
      {below && <div className={css['below']}>{below}</div>}
    </div>
  );
}
