import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { allSettings, dig, writeSetting } from '../form/settings';
import type { Run } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { nameOf } from './nameOf';

interface DifferenceTableProps {
  readonly runs: readonly Run[];
  /** Dotted names, as parameters.period. */
  readonly differences: readonly string[];
}

/** What the runs were made of, where it is not the same. */
export function DifferenceTable({ runs, differences }: DifferenceTableProps) {
  const { compare: words, form } = useLabTexts();
  const fields: { readonly [field: string]: string } = words.fields;
  const settingOf = (name: string) => allSettings.find((one) => `settings.${one.name}` === name);
  const title = (name: string) => {
    const setting = settingOf(name);
    if (setting !== undefined) return form.settings[setting.name].name;
    return fields[name] ?? name.replace(/^parameters\./, '');
  };
  const say = (run: Run, name: string) => {
    const setting = settingOf(name);
    const value = dig(name.startsWith('parameters.') ? run.strategy : run, name);
    if (setting !== undefined) {
      const written = writeSetting(setting, value);
      return written === '' ? '–' : `${written}${setting.kind === 'share' ? ' %' : ''}`;
    }
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'object' && value !== null)
      return String((value as { readonly title?: string }).title ?? JSON.stringify(value));
    return value === null || value === undefined ? '–' : String(value);
  };
  return (
    <Panel title={words.differences}>
      {differences.length === 0 ? (
        <p className={css['wait']}>{words.same}</p>
      ) : (
        <DataTable>
          <thead>
            <tr>
              <th scope="col" className={table['wide']}>
                {words.field}
              </th>
              {runs.map((run) => (
                <th key={run.backtestId} scope="col" className={table['number']}>
                  {nameOf(run)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map((name) => (
              <tr key={name} data-difference={name}>
                <th scope="row" className={table['wide']}>
                  {title(name)}
                </th>
                {runs.map((run) => (
                  <td key={run.backtestId} className={table['number']}>
                    {say(run, name)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
