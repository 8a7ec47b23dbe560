import { useTexts } from '../i18n/Texts';
import { DataTable } from '../parts/DataTable';
import { Skeleton } from '../parts/Skeleton';
import table from '../parts/Table.module.css';
import records from '../records/Records.module.css';
import type { Signal } from './filter';
import { SignalTableRow } from './SignalTableRow';

interface SignalTableProps {
  readonly signals: readonly Signal[] | undefined;
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
}

export function SignalTable({ signals, chosen, onChoose }: SignalTableProps) {
  const { signals: texts, patterns, records: words, plan } = useTexts().pages;
  const spare = `${table['number']} ${table['spare']}`;
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">{words.symbol}</th>
          <th scope="col" className={table['spare']}>
            {texts.class}
          </th>
          <th scope="col" className={records['roomy']}>
            {patterns.measured}
          </th>
          <th scope="col" className={spare}>
            {plan.entry}
          </th>
          <th scope="col" className={spare}>
            {plan.stop}
          </th>
          <th scope="col" className={spare}>
            {plan.targets}
          </th>
          <th scope="col" className={spare}>
            {plan.risk}
          </th>
          <th scope="col">{texts.status}</th>
          <th scope="col" className={table['number']}>
            {texts.outcome}
          </th>
          <th scope="col" className={spare}>
            {texts.issued}
          </th>
          <th scope="col" className={spare}>
            {texts.validUntil}
          </th>
          <th scope="col" className={table['spare']}>
            {texts.hash}
          </th>
        </tr>
      </thead>
      <tbody>
        {signals === undefined &&
          skeletons.map((id) => (
            <tr key={id}>
              <th scope="row">
                <Skeleton width={72} />
              </th>
              <td colSpan={11} />
            </tr>
          ))}
        {signals?.map((signal) => (
          <SignalTableRow
            key={signal.id}
            signal={signal}
            isChosen={signal.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </DataTable>
  );
}

const skeletons = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
