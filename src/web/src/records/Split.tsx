import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './Records.module.css';

interface SplitProps {
  readonly list: ReactNode;
  /** What stands beside the list; on a narrow screen above it, once something was chosen. */
  readonly side: ReactNode;
  readonly label: string;
  readonly isWide: boolean;
  readonly chosen: number | null;
  readonly onClose: () => void;
}

export function Split({ list, side, label, isWide, chosen, onClose }: SplitProps) {
  const { records: texts } = useTexts().pages;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isWide && chosen !== null) box.current?.scrollIntoView({ block: 'start' });
  }, [isWide, chosen]);
  return (
    <div className={css['split']}>
      <div className={css['list']}>{list}</div>
      {(isWide || chosen !== null) && side !== null && (
        <section ref={box} className={css['side']} aria-label={label}>
          <h2 className="visually-hidden">{label}</h2>
          {!isWide && (
            <button type="button" className={css['close']} onClick={onClose}>
              <X size={14} aria-hidden="true" />
              {texts.closeSide}
            </button>
          )}
          {side}
        </section>
      )}
    </div>
  );
}
