import { useMemo } from 'react';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import type { useEye } from '../useEye';
import css from './Eye.module.css';
import { Filter } from './Filter';
import { ItemList } from './ItemList';
import { isAlive } from './items';
import { Locks } from './Locks';
import { useLockedParts } from './lockedParts';
import { Refused } from './Refused';
import { WhyPattern } from './WhyPattern';
import { WhySignal } from './WhySignal';

/** Patterns and signals of the chart in words: what is chosen explained, else all that is active. */
export function EyePanel({
  symbol,
  eye,
}: {
  readonly symbol: string;
  readonly eye: ReturnType<typeof useEye>;
}) {
  const { chosen, moment, overlay } = eye;
  const locked = useLockedParts(overlay?.locks);
  const close = () => eye.choose(null);
  if (chosen !== null && 'pattern' in chosen)
    return <WhyPattern key={chosen.pattern} id={chosen.pattern} moment={moment} onClose={close} />;
  if (chosen !== null)
    return (
      <WhySignal
        key={chosen.signal}
        id={chosen.signal}
        moment={moment}
        shown={overlay?.signals.find(({ id }) => id === chosen.signal)}
        onClose={close}
      />
    );
  if (overlay === undefined) return <Without symbol={symbol} eye={eye} />;
  return (
    <>
      <Summary eye={eye} />
      <Filter filter={eye.filter} locked={locked} onChange={eye.setFilter} />
      <ItemList items={eye.items} moment={moment} onChoose={eye.choose} />
      <Locks locks={overlay.locks} />
      <Keys />
    </>
  );
}

function Without({ symbol, eye }: { readonly symbol: string; readonly eye: ReturnType<typeof useEye> }) {
  const { overlay: texts } = useTexts().eye;
  if (eye.error) return <Refused symbol={symbol} error={eye.error} retry={eye.retry} />;
  return (
    <p className={css['wait']} role="status">
      {texts.loading}
    </p>
  );
}

function Summary({ eye }: { readonly eye: ReturnType<typeof useEye> }) {
  const { overlay: texts } = useTexts().eye;
  const format = useFormat();
  const { items, overlay } = eye;
  const [patterns, signals] = useMemo(() => {
    const alive = items.filter(isAlive);
    const count = alive.filter((item) => 'pattern' in item).length;
    return [count, alive.length - count];
  }, [items]);
  const range = overlay?.range;
  return (
    <div className={css['summary']}>
      <p>{texts.counts(format.count(patterns), format.count(signals))}</p>
      {range && range.position !== null && (
        <p className={css['hint']} title={`${format.price(range.low)} – ${format.price(range.high)}`}>
          {texts.range(texts.ratings[range.rating], format.share(Math.round(range.position * 100) / 100))}
        </p>
      )}
    </div>
  );
}

function Keys() {
  const { overlay: texts } = useTexts().eye;
  return <p className={css['keys']}>{texts.hintKeys}</p>;
}
