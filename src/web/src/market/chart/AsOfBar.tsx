import { ChevronLeft, ChevronRight, History, Radio } from 'lucide-react';
import { formatUtc } from '../../format/time';
import { useTexts } from '../../i18n/Texts';
import css from './AsOfBar.module.css';
import { useAxisTexts } from './useAxisTexts';
import type { useMoment } from './useMoment';

/** The slider reaches so many candles back from the newest, or further where an address asks for it. */
const reach = 400;

/** Chooses the moment that the chart shows: only what was known then. */
export function AsOfBar({ at }: { readonly at: ReturnType<typeof useMoment> }) {
  const { asOf: texts } = useTexts().eye;
  const { moment: write } = useAxisTexts();
  const { moment, index, last } = at;
  const isPast = moment !== null;
  const text = isPast ? texts.moment(write(new Date(moment))) : texts.live;
  return (
    <section className={css['bar']} aria-label={texts.title} data-past={isPast || undefined}>
      <p
        className={css['when']}
        title={isPast ? `${formatUtc(new Date(moment))}. ${texts.hint}` : texts.hint}
      >
        {isPast ? <History size={13} aria-hidden="true" /> : <Radio size={13} aria-hidden="true" />}
        {text}
      </p>
      <button
        type="button"
        className={css['step']}
        aria-label={texts.back}
        title={texts.back}
        onClick={() => at.toIndex(index - 1)}
      >
        <ChevronLeft size={14} aria-hidden="true" />
      </button>
      <input
        type="range"
        className={css['slider']}
        aria-label={texts.slider}
        aria-valuetext={text}
        min={Math.max(0, Math.min(last + 1 - reach, index))}
        max={last + 1}
        value={Math.max(0, index)}
        onChange={(event) => at.toIndex(Number(event.target.value))}
      />
      <button
        type="button"
        className={css['step']}
        aria-label={texts.on}
        title={texts.on}
        disabled={!isPast}
        onClick={() => at.toIndex(index + 1)}
      >
        <ChevronRight size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={css['live']}
        disabled={!isPast}
        aria-keyshortcuts="a"
        title={`${texts.toLive} (a)`}
        onClick={at.toLive}
      >
        {texts.toLive}
      </button>
    </section>
  );
}
