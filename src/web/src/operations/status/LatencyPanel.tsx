import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Panel } from '../../parts/Panel';
import { Figure, Figures } from './Figures';
import { LatencyChart } from './LatencyChart';
import type { LatencySample } from './latencyHistory';
import type { SystemStatus } from './useStatus';

interface LatencyPanelProps {
  readonly api: SystemStatus['api'] | undefined;
  readonly history: readonly LatencySample[];
}

export function LatencyPanel({ api, history }: LatencyPanelProps) {
  const texts = useTexts().status;
  const format = useFormat();
  const isEmpty = api !== undefined && api.requests === 0;
  const time = (value: number | null) => (isEmpty ? '–' : format.milliseconds(value));
  return (
    <Panel title={texts.api} note={api && (isEmpty ? texts.noRequests : texts.apiWindow(api.windowMinutes))}>
      <Figures>
        <Figure name="p50" value={api && time(api.p50Ms)} note={texts.half} mark="p50" />
        <Figure name="p95" value={api && time(api.p95Ms)} note={texts.most} mark="p95" />
        <Figure name="p99" value={api && time(api.p99Ms)} note={texts.nearlyAll} mark="p99" />
        <Figure name={texts.requests} value={api && format.count(api.requests)} />
        <Figure
          name={texts.errors}
          value={api && format.count(api.errors)}
          note={api && api.requests > 0 ? format.share(api.errors / api.requests) : ''}
        />
      </Figures>
      <LatencyChart history={history} />
    </Panel>
  );
}
