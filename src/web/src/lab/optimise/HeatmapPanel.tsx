import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { Segmented } from '../../parts/Segmented';
import { labKey, type Optimisation, type Run } from '../kinds';
import lab from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { HeatmapGrid } from './HeatmapGrid';
import { type TrialMeasure, trialMeasureOf, trialMeasures } from './trialMeasures';
import { useMeasureNames } from './useMeasureNames';

interface HeatmapPanelProps {
  readonly run: Run;
  readonly of: Optimisation;
}

/** Any two parameters against each other. */
export function HeatmapPanel({ run, of }: HeatmapPanelProps) {
  const { optimiser: words } = useLabTexts();
  const varied = of.parameters.filter(({ values }) => values.length > 1).map(({ name }) => name);
  const [x, setX] = useState(varied[0] ?? '');
  const [y, setY] = useState(varied[1] ?? '');
  const [measure, setMeasure] = useState<TrialMeasure>('score');
  const names = useMeasureNames();
  const [pick, setPick] = useState<'median' | 'best'>('median');
  const query = useQuery({
    queryKey: [...labKey, 'heat map', run.backtestId, x, y, measure, pick],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/backtest/runs/{id}/heatmap', {
          params: { path: { id: run.backtestId }, query: { x, y, measure, pick } },
          signal,
        }),
      ),
    enabled: x !== '' && y !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  if (varied.length < 2)
    return (
      <Panel title={words.map}>
        <p className={lab['wait']}>{words.oneOnly}</p>
      </Panel>
    );
  const axis = (label: string, value: string, other: string, put: (name: string) => void) => (
    <label>
      {label}
      <select value={value} onChange={({ target }) => put(target.value)}>
        {varied
          .filter((name) => name !== other)
          .map((name) => (
            <option key={name}>{name}</option>
          ))}
      </select>
    </label>
  );
  return (
    <Loaded title={words.map} of={query}>
      {(map) => (
        <Panel title={words.map} note={words.mapHint}>
          <div className={`${lab['tools']} ${lab['body']}`}>
            {axis(words.across, x, y, setX)}
            {axis(words.down, y, x, setY)}
            <select
              aria-label={words.measure}
              value={measure}
              onChange={({ target }) => setMeasure(trialMeasureOf(target.value))}
            >
              {trialMeasures.map(([one]) => (
                <option key={one} value={one}>
                  {names[one]}
                </option>
              ))}
            </select>
            {varied.length > 2 && (
              <Segmented
                label={words.pick}
                value={pick}
                choices={[
                  ['median', words.picks.median],
                  ['best', words.picks.best],
                ]}
                onChange={setPick}
              />
            )}
          </div>
          <HeatmapGrid
            key={[map.x.name, map.y.name, map.measure, map.pick].join()}
            run={run}
            of={of}
            map={map}
          />
        </Panel>
      )}
    </Loaded>
  );
}
