import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { useSearch } from 'wouter';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import css from '../profile/Profile.module.css';
import { explain, titleOf } from './explain';
import { PlanTable } from './PlanTable';

type Standing = Schemas['Standing'];

export function SubscriptionTab() {
  const { subscription, plans } = useTexts().accounts;
  const asked = new URLSearchParams(useSearch()).get('why');
  const format = useFormat();
  const query = useQuery({
    queryKey: ['account', 'subscription'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/subscription', { signal })),
  });
  return (
    <Loaded title={subscription.plan} of={query}>
      {(data) => (
        <>
          <Panel title={subscription.plan}>
            <div className={css['body']}>
              <p className={css['price']}>{plans[data.plan]}</p>
              <p>
                {data.pricePerMonth === 0
                  ? subscription.freePrice
                  : subscription.month(
                      new Intl.NumberFormat(format.locale, { style: 'currency', currency: 'USD' }).format(
                        data.pricePerMonth,
                      ),
                    )}
              </p>
              <p className={css['text']}>{subscription.changeHint}</p>
            </div>
          </Panel>
          <Panel title={subscription.limits}>
            <DataTable isTall>
              <thead>
                <tr>
                  <th scope="col" className={table['wide']}>
                    {subscription.what}
                  </th>
                  <th scope="col">{subscription.used}</th>
                  <th scope="col" className={table['spare']}>
                    {subscription.resets}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.limits.map((standing) => (
                  <LimitRow
                    key={standing.entitlement}
                    standing={standing}
                    isAsked={standing.entitlement === asked}
                  />
                ))}
              </tbody>
            </DataTable>
          </Panel>
          <PlanTable current={data.plan} />
        </>
      )}
    </Loaded>
  );
}

function LimitRow({ standing, isAsked }: { readonly standing: Standing; readonly isAsked: boolean }) {
  const { accounts: texts } = useTexts();
  const format = useFormat();
  const { subscription } = texts;
  const isShut = !standing.allowed;
  return (
    <tr>
      <th scope="row">
        <span className={css['locked']}>
          {isShut && <LockKeyhole size={13} aria-hidden="true" />}
          {titleOf(standing, texts)}
        </span>
        {standing.only && (
          <span className={table['under']}>{subscription.onlyThese(standing.only.join(', '))}</span>
        )}
        {isShut && (
          <details className={css['why']} open={isAsked}>
            <summary aria-label={subscription.whyOf(titleOf(standing, texts))}>{subscription.why}</summary>
            {explain(standing, texts, (at) => format.instant(new Date(at)))}
          </details>
        )}
      </th>
      <td>
        <Use standing={standing} />
      </td>
      <td className={`${table['quiet']} ${table['spare']}`}>
        {standing.resetsAt !== null &&
          standing.limit !== null &&
          standing.limit !== 0 &&
          format.instant(new Date(standing.resetsAt))}
      </td>
    </tr>
  );
}

function Use({ standing }: { readonly standing: Standing }) {
  const { subscription } = useTexts().accounts;
  const format = useFormat();
  const { limit, used, measure } = standing;
  if (measure === 'delay')
    return limit === 0 || limit === null ? subscription.instant : subscription.minutes(format.count(limit));
  if (limit === 0) return subscription.notIncluded;
  if (measure === 'open') return subscription.included;
  if (limit === null)
    return used === 0 ? subscription.unlimited : `${format.count(used)} · ${subscription.unlimited}`;
  if (measure === 'newest' || measure === 'kinds') return format.count(limit);
  return (
    <>
      {subscription.usedOf(format.count(used), format.count(limit))}
      <span className={css['meter']} style={{ display: 'block' }} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * used) / limit)}%` }} />
      </span>
    </>
  );
}
