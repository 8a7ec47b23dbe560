import type { Schemas } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Ago } from '../../parts/Ago';
import { Badge, type Tone } from '../../parts/Badge';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import type { SystemStatus } from './useStatus';

interface DependencyTableProps {
  readonly dependencies: SystemStatus['dependencies'] | undefined;
  readonly now: number;
}

const tones: { readonly [state in Schemas['DependencyState']]: Tone } = { up: 'good', down: 'bad' };

export function DependencyTable({ dependencies, now }: DependencyTableProps) {
  const texts = useTexts().status;
  const format = useFormat();
  return (
    <Panel title={texts.dependencies}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">{texts.dependency}</th>
            <th scope="col">{texts.state}</th>
            <th scope="col" className={`${table['wide']} ${table['spare']}`}>
              {texts.detail}
            </th>
            <th scope="col" className={table['number']}>
              {texts.answer}
            </th>
            <th scope="col" className={`${table['number']} ${table['spare']}`}>
              {texts.checked}
            </th>
          </tr>
        </thead>
        <tbody>
          {dependencies === undefined && <Waiting />}
          {dependencies?.map((dependency) => (
            <tr key={dependency.name}>
              <th scope="row">{dependency.name}</th>
              <td>
                <Badge tone={tones[dependency.status]}>{texts.health[dependency.status]}</Badge>
              </td>
              <td className={`${table['quiet']} ${table['spare']}`}>{dependency.detail}</td>
              <td className={table['number']}>{format.milliseconds(dependency.latencyMs)}</td>
              <td className={`${table['number']} ${table['quiet']} ${table['spare']}`}>
                <Ago at={dependency.checkedAt} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

function Waiting() {
  return (
    <tr>
      <th scope="row">
        <Skeleton width={72} />
      </th>
      <td>
        <Skeleton width={72} />
      </td>
      <td className={table['spare']}>
        <Skeleton width={160} />
      </td>
      <td />
      <td className={table['spare']} />
    </tr>
  );
}
