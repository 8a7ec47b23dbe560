import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client';
import { formatUtc } from '../../../format/time';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { Freshness } from '../../Freshness';
import { pathOf } from '../../symbols';
import { type Timeframe, timeframes } from '../../timeframes';
import css from './SidePanel.module.css';
import { SidePart } from './SidePart';

type Quality = Schemas['SeriesQuality'];

interface QualityTableProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly isKnown: boolean;
}

const every = 300_000;

/** How far the stored candles can be trusted, timeframe by timeframe. */
export function QualityTable({ symbol, timeframe, isKnown }: QualityTableProps) {
  const { chart: texts } = useTexts();
  const { data } = useQuery({
    queryKey: ['data-quality', symbol],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/data-quality', { params: { query: { symbol: pathOf(symbol) } }, signal })),
    enabled: isKnown,
    refetchInterval: every,
    staleTime: every / 2,
  });
  const current = data?.find((series) => series.timeframe === timeframe);
  return (
    <SidePart title={texts.quality}>
      <table className={css['quality']}>
        <thead>
          <tr>
            <th scope="col">{texts.timeframe}</th>
            <th scope="col">{texts.score}</th>
            <th scope="col">{texts.candles}</th>
            <th scope="col">{texts.checked}</th>
          </tr>
        </thead>
        <tbody>
          {timeframes.map((one) => (
            <QualityRow
              key={one}
              timeframe={one}
              quality={data?.find((series) => series.timeframe === one)}
              isCurrent={one === timeframe}
            />
          ))}
        </tbody>
      </table>
      <dl className={css['facts']}>
        <Moment name={texts.first} at={current?.firstOpen ?? null} />
        <Moment name={texts.last} at={current?.lastOpen ?? null} />
      </dl>
    </SidePart>
  );
}

interface QualityRowProps {
  readonly timeframe: Timeframe;
  readonly quality: Quality | undefined;
  readonly isCurrent: boolean;
}

function QualityRow({ timeframe, quality, isCurrent }: QualityRowProps) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const faults =
    quality &&
    texts.qualityHint(format.count(quality.missing), format.count(quality.bad), format.count(quality.jumps));
  return (
    <tr aria-current={isCurrent || undefined} title={faults}>
      <th scope="row">{timeframe}</th>
      <td>{quality?.score == null ? '–' : format.share(quality.score / 100)}</td>
      <td>{quality === undefined ? '–' : format.compact(quality.candles)}</td>
      <td>{quality?.verifiedAt == null ? texts.never : <Freshness at={quality.verifiedAt} isPast />}</td>
    </tr>
  );
}

function Moment({ name, at }: { readonly name: string; readonly at: string | null }) {
  const format = useFormat();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {at === null ? (
          '–'
        ) : (
          <time dateTime={at} title={formatUtc(new Date(at))}>
            {format.instant(new Date(at))}
          </time>
        )}
      </dd>
    </div>
  );
}
