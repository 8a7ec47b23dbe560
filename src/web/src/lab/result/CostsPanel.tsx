import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import type { Run } from '../kinds';
import { Figure } from '../runs/RunRow';
import { useLabTexts } from '../useLabTexts';

/** The same run at no cost, at its cost, and at more than that. */
export function CostsPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const format = useFormat();
  const { outOfSample = null, inSample = null } = run.honesty ?? {};
  const costs = inSample?.costs ?? [];
  if (costs.length === 0) return null;
  return (
    <Panel title={words.costs} note={words.costsHint}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">{words.costMultiple}</th>
            {outOfSample && (
              <th scope="col" className={table['number']}>
                {words.outOfSample}
              </th>
            )}
            <th scope="col" className={table['number']}>
              {words.inSample}
            </th>
          </tr>
        </thead>
        <tbody>
          {costs.map((one) => (
            <tr key={one.multiple} data-cost={one.multiple}>
              <th scope="row">{words.times(format.count(one.multiple))}</th>
              {outOfSample && (
                <Figure
                  value={
                    outOfSample.costs.find(({ multiple }) => multiple === one.multiple)?.totalReturn ?? null
                  }
                />
              )}
              <Figure value={one.totalReturn} />
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
