import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { More } from '../../records/More';
import { useLabTexts } from '../useLabTexts';
import own from './Paper.module.css';
import { useLedger } from './usePaper';

/** What happened on the simulated account, line by line. */
export function LedgerPanel({ id }: { readonly id: number }) {
  const { paper: words, pager } = useLabTexts();
  const format = useFormat();
  const query = useLedger(id);
  const kinds: { readonly [kind: string]: string } = words.entries;
  return (
    <Loaded title={words.ledger} of={query}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.items);
        return (
          <Panel title={words.ledger}>
            <DataTable>
              <thead>
                <tr>
                  <th scope="col">{words.at}</th>
                  <th scope="col">{words.what}</th>
                  <th scope="col" className={table['wide']}>
                    {words.entry}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.equity}
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.number} data-entry={entry.kind}>
                    <td>
                      <Instant at={entry.at} />
                    </td>
                    <td>{kinds[entry.kind] ?? entry.kind}</td>
                    <td className={`${table['wide']} ${own['entry']}`} lang="en">
                      {entry.text}
                    </td>
                    <td className={table['number']}>
                      {entry.equity === null ? '' : format.fixed(entry.equity, 2)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
            <More of={query} shown={entries.length} label={pager.more} />
          </Panel>
        );
      }}
    </Loaded>
  );
}
