import { ChartSpline } from 'lucide-react';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Ask } from '../../parts/form/Ask';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { toWritten } from '../parameters';
import { useLabTexts } from '../useLabTexts';
import type { Draft } from './usePreview';
import { useSaved } from './useSaved';

type Saved = Schemas['IndicatorView'];

/** The indicators a person keeps; one press opens one in the builder. */
export function SavedPanel({ onOpen }: { readonly onOpen: (draft: Partial<Draft>) => void }) {
  const { indicators: words, deleting } = useLabTexts();
  const { query, remove } = useSaved();
  const [asked, setAsked] = useState<Saved | null>(null);
  return (
    <Loaded title={words.yours} of={query}>
      {(saved) => (
        <Panel title={words.yours}>
          {saved.length === 0 ? (
            <Notice icon={ChartSpline} title={words.none} hint={words.noneHint} />
          ) : (
            <DataTable isTall>
              <thead>
                <tr>
                  <th scope="col">{words.name}</th>
                  <th scope="col" className={table['wide']}>
                    {words.formula}
                  </th>
                  <th scope="col" className={table['spare']}>
                    {words.made}
                  </th>
                  <th scope="col">
                    <span className="visually-hidden">{deleting.action}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {saved.map((one) => (
                  <tr key={one.indicatorId} data-indicator={one.indicatorId}>
                    <th scope="row">
                      <Button kind="link" onClick={() => onOpen(draftOf(one))}>
                        {one.name}
                      </Button>
                      {one.description && <span className={table['under']}>{one.description}</span>}
                    </th>
                    <td>
                      <code>{one.formula}</code>
                    </td>
                    <td className={table['spare']}>
                      <Instant at={one.createdAt} />
                    </td>
                    <td>
                      <Button kind="link" aria-label={deleting.of(one.name)} onClick={() => setAsked(one)}>
                        {deleting.action}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )}
          {asked && (
            <Ask
              title={deleting.ask(asked.name)}
              text={words.deleteHint}
              action={deleting.action}
              work={() => remove(asked.indicatorId)}
              onClose={() => setAsked(null)}
            />
          )}
        </Panel>
      )}
    </Loaded>
  );
}

const draftOf = ({ name, formula, description, parameters }: Saved): Partial<Draft> => ({
  name,
  formula,
  description: description ?? '',
  parameters: parameters.map(toWritten),
});
