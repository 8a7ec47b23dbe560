import { useFormat } from '../../format/useFormat';
import { Badge } from '../../parts/Badge';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import own from './Paper.module.css';
import { useParity } from './usePaper';

/** Each day run again through the backtester, and what any difference comes from. */
export function ParityPanel({ id }: { readonly id: number }) {
  const { paper: words } = useLabTexts();
  const format = useFormat();
  const causes: { readonly [cause: string]: string } = words.causes;
  const query = useParity(id);
  return (
    <Loaded title={words.parity} of={query}>
      {(days) => (
        <Panel title={words.parity} note={words.parityHint}>
          {days.length === 0 && <p className={css['wait']}>{words.noParity}</p>}
          <ul className={own['days']}>
            {days.map((one) => (
              <li key={one.day} data-parity={one.day}>
                <p className={own['day']}>
                  <b>{one.day}</b>
                  <Badge tone={one.agreed ? 'good' : 'warning'}>
                    {one.agreed ? words.agreed : words.differs(format.fixed(one.difference, 2))}
                  </Badge>
                </p>
                <p className={css['text']}>
                  {words.tradesOf(format.count(one.paperTrades), format.count(one.backtestTrades))}
                </p>
                {one.causes.length > 0 && (
                  <dl className={own['causes']}>
                    {one.causes.map((cause) => (
                      <div key={cause.cause}>
                        <dt>
                          {causes[cause.cause] ?? cause.cause} ({format.count(cause.count)})
                        </dt>
                        <dd>{format.fixed(cause.amount, 2)}</dd>
                        <dd className={own['why']} lang="en">
                          {cause.text}
                        </dd>
                        {cause.cause === 'latency' && one.latencyAmount != null && (
                          <dd className={own['why']}>{words.latency(format.fixed(one.latencyAmount, 2))}</dd>
                        )}
                      </div>
                    ))}
                  </dl>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Loaded>
  );
}
