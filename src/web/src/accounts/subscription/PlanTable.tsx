import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { titleOf } from './explain';

const plans = ['free', 'pro', 'premium'] as const;

/** The plans beside each other, from the server's own catalogue. */
export function PlanTable({ current }: { readonly current: Schemas['Plan'] }) {
  const { accounts: texts } = useTexts();
  const format = useFormat();
  const { subscription } = texts;
  const { data } = useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/access/catalogue', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const say = (row: Schemas['CatalogueRow'], most: number | null) => {
    if (row.measure === 'delay')
      return most ? subscription.minutes(format.count(most)) : subscription.instant;
    if (most === 0) return '–';
    if (row.measure === 'open') return subscription.included;
    return most === null ? subscription.unlimited : format.count(most);
  };
  return (
    <Panel title={subscription.compare}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {subscription.what}
            </th>
            {plans.map((plan) => (
              <th key={plan} scope="col" aria-current={plan === current || undefined}>
                {texts.plans[plan]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data?.map((row) => (
            <tr key={row.entitlement}>
              <th scope="row">{titleOf(row, texts)}</th>
              {plans.map((plan) => (
                <td key={plan}>{say(row, row[plan])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
