import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { useLabTexts } from '../useLabTexts';
import { useVersions } from '../useStrategies';

/** What was kept before; runs stay with the version they ran with. */
export function VersionsPanel({ id }: { readonly id: number }) {
  const { strategies: words } = useLabTexts();
  const query = useVersions(id);
  return (
    <Loaded title={words.versions} of={query}>
      {(versions) => (
        <Panel title={words.versions} note={words.versionsHint}>
          <DataTable isTall>
            <thead>
              <tr>
                <th scope="col" className={table['number']}>
                  {words.version}
                </th>
                <th scope="col">{words.changed}</th>
                <th scope="col" className={table['wide']}>
                  {words.entry}
                </th>
                <th scope="col">{words.parts.exit.name}</th>
                <th scope="col">{words.parameters}</th>
              </tr>
            </thead>
            <tbody>
              {versions.map((one) => (
                <tr key={one.version} data-version={one.version}>
                  <th scope="row" className={table['number']}>
                    {one.version}
                  </th>
                  <td>
                    <Instant at={one.createdAt} />
                  </td>
                  <td>
                    <code>{one.formulas.entry}</code>
                  </td>
                  <td>
                    <code>{one.formulas.exit ?? '–'}</code>
                  </td>
                  <td>{one.parameters.map(({ name, default: usual }) => `${name} ${usual}`).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </Panel>
      )}
    </Loaded>
  );
}
