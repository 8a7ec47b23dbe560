import type { Schemas } from '../api/client';
import { formatUtc } from '../format/time';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import css from './ReliabilityCard.module.css';
import { Interval } from './ReliabilityInterval';
import { useSpans } from './useSpans';

type PatternRecord = Schemas['Reliability'];
type SignalRecord = Schemas['SignalRecord'];

export interface ReliabilityCardProps {
  /** What was measured of earlier patterns or signals; null before that is counted. */
  readonly record: PatternRecord | SignalRecord | null;
  /** What it was measured of, as "FVG, 15m, bullish". */
  readonly of?: string;
  /** What agreement between timeframes added, for a signal's class. */
  readonly agreement?: Schemas['ClassRow'] | undefined;
  readonly independent?: { readonly worth: number | null; readonly timeframes: number } | undefined;
}

/** Fewer decided trades than this give no rate; the server says so, too. */
const least = 30;

/** How earlier ones of a kind went: rates with their intervals, on how many cases, when and of which data. */
export function ReliabilityCard({ record, of, agreement, independent }: ReliabilityCardProps) {
  const { reliability: texts } = useTexts().eye;
  return (
    <section className={css['card']} aria-label={of === undefined ? texts.title : `${texts.title}: ${of}`}>
      <header className={css['head']}>
        <h3>{texts.title}</h3>
        {of !== undefined && <p>{of}</p>}
      </header>
      {record === null ? (
        <Nothing title={texts.notCounted} hint={texts.notCountedHint} />
      ) : record.isEnough ? (
        <Rates record={record} />
      ) : (
        <NotEnough decided={record.decided} />
      )}
      {agreement && <Agreement row={agreement} />}
      {independent && independent.worth !== null && (
        <Independent worth={independent.worth} timeframes={independent.timeframes} />
      )}
      {record && <Origin record={record} />}
    </section>
  );
}

function Rates({ record }: { readonly record: PatternRecord | SignalRecord }) {
  const { reliability: texts } = useTexts().eye;
  const spans = useSpans();
  const { share, signed } = useFigures();
  const expectancy = (value: number) => texts.expectancyValue(signed(value));
  return (
    <dl className={css['rates']}>
      <Interval
        name={texts.hitRate}
        hint={texts.hitRateHint}
        value={record.hitRate}
        low={record.hitRateLow}
        high={record.hitRateHigh}
        scale={[0, 1]}
        write={share}
      />
      <Interval
        name={texts.expectancy}
        hint={texts.expectancyHint}
        value={record.expectancyR}
        low={record.expectancyRLow}
        high={record.expectancyRHigh}
        scale={[-1, 1]}
        write={expectancy}
      />
      {'fillRate' in record ? (
        <Life record={record} />
      ) : (
        <Plain name={texts.toEnd} value={spans(record.medianHours) ?? texts.never} />
      )}
    </dl>
  );
}

/** What only a zone has: how often and how soon it was reached and filled. */
function Life({ record }: { readonly record: PatternRecord }) {
  const { reliability: texts } = useTexts().eye;
  const spans = useSpans();
  const { share } = useFigures();
  return (
    <>
      <Interval
        name={texts.fillRate}
        hint={texts.fillRateHint}
        value={record.fillRate}
        low={record.fillRateLow}
        high={record.fillRateHigh}
        scale={[0, 1]}
        write={share}
      />
      <Plain name={texts.toTouch} value={spans(record.medianHoursToTouch) ?? texts.never} />
      <Plain name={texts.toFill} value={spans(record.medianHoursToFill) ?? texts.never} />
    </>
  );
}

function Agreement({ row }: { readonly row: Schemas['ClassRow'] }) {
  const { reliability: texts, classes } = useTexts().eye;
  const format = useFormat();
  const { share } = useFigures();
  return (
    <section className={css['part']}>
      <h4 title={texts.agreementHint}>{texts.agreement(row.name ?? classes[row.class])}</h4>
      {row.isEnough && row.lift !== null && row.baseRate !== null ? (
        <dl className={css['rates']}>
          <Interval
            name={texts.hitRate}
            hint={texts.hitRateHint}
            value={row.hitRate}
            low={row.hitRateLow}
            high={row.hitRateHigh}
            scale={[0, 1]}
            write={share}
          />
          <Plain name={texts.baseRate} value={share(row.baseRate)} />
          <Plain name={texts.lift} value={texts.liftValue(format.fixed(row.lift, 2))} />
        </dl>
      ) : (
        <NotEnough decided={row.decided} />
      )}
      {row.lift !== null && row.lift <= 1 && <p className={css['hint']}>{texts.liftNone}</p>}
    </section>
  );
}

function Independent({ worth, timeframes }: { readonly worth: number; readonly timeframes: number }) {
  const { reliability: texts } = useTexts().eye;
  const format = useFormat();
  return (
    <dl className={css['rates']} title={texts.independentHint}>
      <Plain
        name={texts.independent}
        value={texts.independentOf(format.fixed(worth, 1), format.count(timeframes))}
      />
    </dl>
  );
}

function Origin({ record }: { readonly record: PatternRecord | SignalRecord }) {
  const { reliability: texts, provenances } = useTexts().eye;
  const format = useFormat();
  const day = new Intl.DateTimeFormat(format.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const { from, until } = record;
  return (
    <footer className={css['origin']}>
      <p>
        {'scope' in record
          ? texts.cases(format.count(record.decided), format.count(record.cases))
          : texts.signalCases(format.count(record.decided), format.count(record.cases))}
      </p>
      {'isRecomputed' in record && record.isRecomputed && (
        <p>
          {texts.recomputed(
            format.count(record.decidedIssued ?? 0),
            format.count(record.decidedRecomputed ?? 0),
          )}
        </p>
      )}
      {from !== null && until !== null && (
        <p title={texts.period(formatUtc(new Date(from)), formatUtc(new Date(until)))}>
          {texts.period(day.format(new Date(from)), day.format(new Date(until)))}
        </p>
      )}
      <p>
        {provenances[record.provenance]} ·{' '}
        {!('scope' in record) || record.scope === 'all symbols' ? texts.allSymbols : record.scope}
      </p>
      {record.ambiguous > 0 && <p>{texts.ambiguous(format.count(record.ambiguous))}</p>}
      <p>{texts.past}</p>
    </footer>
  );
}

function NotEnough({ decided }: { readonly decided: number }) {
  const { reliability: texts } = useTexts().eye;
  const format = useFormat();
  return (
    <Nothing title={texts.notEnough} hint={texts.notEnoughHint(format.count(decided), format.count(least))} />
  );
}

function Nothing({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <div className={css['nothing']}>
      <p>{title}</p>
      <p className={css['hint']}>{hint}</p>
    </div>
  );
}

function Plain({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={css['rate']}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function useFigures() {
  const { locale } = useFormat();
  const share = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return {
    share: (value: number) => share.format(value),
    signed: (value: number) => signed.format(value),
  };
}
