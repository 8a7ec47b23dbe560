import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearch } from 'wouter';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { CurveChart } from '../curves/CurveChart';
import { drawdownOf } from '../curves/valueAt';
import { labKey } from '../kinds';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { CompareTable } from './CompareTable';
import { DifferenceTable } from './DifferenceTable';
import { nameOf } from './nameOf';

/** Results side by side: curves over one another, figures, and what they differ in. */
export function ComparePage() {
  const { compare: words } = useLabTexts();
  const ids = (new URLSearchParams(useSearch()).get('ids') ?? '').split(',').filter(Boolean);
  return (
    <Lab
      section="backtest"
      gate="account"
      title={words.title}
      lead={words.lead}
      aside={<Link href="/backtest">{words.back}</Link>}
    >
      {ids.length < 2 ? (
        <Notice icon={GitCompareArrows} title={words.tooFew} hint={words.tooFewHint}>
          <Link href="/backtest">{words.back}</Link>
        </Notice>
      ) : (
        <Comparison ids={ids} />
      )}
    </Lab>
  );
}

function Comparison({ ids }: { readonly ids: readonly string[] }) {
  const { compare: words } = useLabTexts();
  const joined = ids.join(',');
  const query = useQuery({
    queryKey: [...labKey, 'comparison', joined],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/backtest/compare', { params: { query: { ids: joined } }, signal })),
  });
  return (
    <Loaded title={words.title} of={query}>
      {(data) => (
        <>
          {!data.comparable && <p className={css['caution']}>{words.notComparable}</p>}
          <Curves of={data} />
          <CompareTable runs={data.runs} />
          <DifferenceTable runs={data.runs} differences={data.differences} />
        </>
      )}
    </Loaded>
  );
}

function Curves({ of }: { readonly of: Schemas['Comparison'] }) {
  const { compare: words, result } = useLabTexts();
  const format = useFormat();
  const curves = useMemo(
    () =>
      of.curves.flatMap(({ backtestId, curve, points }) => {
        const place = of.runs.findIndex((one) => one.backtestId === backtestId);
        const run = of.runs[place];
        if (run === undefined) return [];
        const isUnseen = curve === 'outOfSample';
        const name = `${nameOf(run)}, ${isUnseen ? words.unseen : words.seen}`;
        const id = `${backtestId} ${curve}`;
        const growth = points.flatMap(([time, value]) =>
          time === undefined || value === undefined ? [] : [[time, value] as const],
        );
        return [
          { id, name, colour: place, isDashed: !isUnseen, pane: 0 as const, points: growth },
          {
            id: `${id} drawdown`,
            name: result.curves.drawdown,
            colour: place,
            pane: 1 as const,
            points: drawdownOf(growth),
          },
        ];
      }),
    [of, words, result.curves.drawdown],
  );
  return (
    <Panel title={words.curves} note={words.curvesHint}>
      <CurveChart
        label={words.curves}
        curves={curves}
        value={(pane, value) => (pane === 0 ? format.change(value - 1) : format.share(value))}
        height={380}
      />
    </Panel>
  );
}
