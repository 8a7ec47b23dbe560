import { useTexts } from '../../i18n/Texts';
import { DataTable } from '../../parts/DataTable';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import type { Pattern } from './filter';
import { PatternTableRow } from './PatternTableRow';

interface PatternTableProps {
  readonly patterns: readonly Pattern[] | undefined;
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
}

export function PatternTable({ patterns, chosen, onChoose }: PatternTableProps) {
  const { patterns: texts, records: words } = useTexts().pages;
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">{words.symbol}</th>
          <th scope="col">{texts.known}</th>
          <th scope="col" className={table['spare']}>
            {words.timeframe}
          </th>
          <th scope="col">{texts.kind}</th>
          <th scope="col" className={`${table['number']} ${table['spare']}`}>
            {texts.zone}
          </th>
          <th scope="col" className={table['number']}>
            {texts.strength}
          </th>
          <th scope="col" className={table['spare']}>
            {texts.state}
          </th>
          <th scope="col" className={table['spare']}>
            {texts.measured}
          </th>
        </tr>
      </thead>
      <tbody>
        {patterns === undefined &&
          skeletons.map((id) => (
            <tr key={id}>
              <th scope="row">
                <Skeleton width={72} />
              </th>
              <td colSpan={7} />
            </tr>
          ))}
        {patterns?.map((pattern) => (
          <PatternTableRow
            key={pattern.id}
            pattern={pattern}
            isChosen={pattern.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </DataTable>
  );
}

const skeletons = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
