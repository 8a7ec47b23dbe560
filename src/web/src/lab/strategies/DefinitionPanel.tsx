import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import type { Strategy } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useSides } from './useSides';

/** Strategies that go by a name nobody has defined: ours is one reading of it. */
const ours = ['3rsi', '7rsi'];

export function DefinitionPanel({ of }: { readonly of: Strategy }) {
  const { strategies: words } = useLabTexts();
  const format = useFormat();
  const sidesOf = useSides();
  return (
    <div className={css['columns']}>
      <div className={css['column']}>
        <Panel title={ours.includes(of.name) ? words.ourDefinition : words.definition}>
          <div className={css['body']}>
            {ours.includes(of.name) && <p className={css['caution']}>{words.ourDefinitionHint(of.title)}</p>}
            {of.definition.split('\n').map((line) => (
              <p key={line} className={css['text']} lang="en">
                {line}
              </p>
            ))}
          </div>
        </Panel>
        <Panel title={words.parameters}>
          {of.parameters.length === 0 ? (
            <p className={css['wait']}>{words.noParameters}</p>
          ) : (
            <DataTable>
              <thead>
                <tr>
                  <th scope="col" className={table['wide']}>
                    {words.parameter}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.usual}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.range}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.step}
                  </th>
                  <th scope="col">{words.nameInApi}</th>
                </tr>
              </thead>
              <tbody>
                {of.parameters.map((one) => (
                  <tr key={one.name}>
                    <th scope="row" className={table['wide']}>
                      {one.title}
                    </th>
                    <td className={table['number']}>{one.choices[one.default] ?? one.default}</td>
                    <td className={table['number']}>
                      {one.minimum} … {one.maximum}
                    </td>
                    <td className={table['number']}>{one.step}</td>
                    <td>
                      <code>{one.name}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )}
        </Panel>
      </div>
      <div className={css['column']}>
        <Panel title={words.facts}>
          <dl className={css['figures']}>
            <div>
              <dt>{words.directions}</dt>
              <dd>{sidesOf(of.directions)}</dd>
            </div>
            <div>
              <dt>{words.warmUp}</dt>
              <dd>{format.count(of.warmUpBars)}</dd>
            </div>
          </dl>
        </Panel>
      </div>
    </div>
  );
}
