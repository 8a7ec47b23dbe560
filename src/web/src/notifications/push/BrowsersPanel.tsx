import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AppWindow } from 'lucide-react';
import { useState } from 'react';
import { explainError } from '../../accounts/explainError';
import css from '../../accounts/profile/Profile.module.css';
import { ApiError } from '../../api/ApiError';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import formCss from '../../parts/form/Form.module.css';
import { Instant } from '../../parts/Instant';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { channelsKey } from '../channels/useChannelList';
import { ownBrowser, readPushState, subscribe, unsubscribe } from './push';

const browsersKey = ['notifications', 'push', 'browsers'] as const;

/** Browsers that are told even when no page is open. */
export function BrowsersPanel({ user }: { readonly user: number }) {
  const texts = useTexts();
  const { push: words } = texts.notices;
  const cache = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data: browsers } = useQuery({
    queryKey: browsersKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/push/subscriptions', { signal })),
  });
  const state = readPushState();
  const own = browsers?.find((browser) => browser.id === ownBrowser(user));
  const again = () =>
    Promise.all(
      [browsersKey, channelsKey].map((queryKey) => cache.invalidateQueries({ queryKey: [...queryKey] })),
    );
  const act = async (work: () => Promise<unknown>) => {
    setProblem(null);
    setBusy(true);
    try {
      await work();
      await again();
    } catch (error) {
      setProblem(error instanceof ApiError ? explainError(error, texts) : words.refused);
    } finally {
      setBusy(false);
    }
  };
  const add = () =>
    act(async () => {
      if (!(await subscribe(user))) setProblem(words.denied);
    });
  const remove = (browser: Schemas['BrowserView']) =>
    act(async () => {
      const path = { id: browser.id };
      await unwrap(api.DELETE('/api/v1/notifications/push/subscriptions/{id}', { params: { path } }));
      if (browser === own) await unsubscribe();
    });
  const why = state === 'possible' ? null : words[state];
  return (
    <Panel title={words.title} note={words.note} action={own && <Badge tone="good">{words.here}</Badge>}>
      {browsers !== undefined && browsers.length > 0 && (
        <BrowserTable browsers={browsers} isBusy={isBusy} onRemove={(browser) => void remove(browser)} />
      )}
      {browsers !== undefined && !own && (
        <Notice
          icon={AppWindow}
          title={browsers.length === 0 ? words.none : words.add}
          hint={why ?? words.noneHint}
        >
          {why === null && (
            <Button kind="primary" disabled={isBusy} onClick={() => void add()}>
              {words.add}
            </Button>
          )}
        </Notice>
      )}
      <div role="alert" className={formCss['alert']}>
        {problem && (
          <div className={css['body']}>
            <p className={formCss['problem']}>{problem}</p>
          </div>
        )}
      </div>
    </Panel>
  );
}

interface BrowserTableProps {
  readonly browsers: readonly Schemas['BrowserView'][];
  readonly isBusy: boolean;
  readonly onRemove: (browser: Schemas['BrowserView']) => void;
}

function BrowserTable({ browsers, isBusy, onRemove }: BrowserTableProps) {
  const { push: words } = useTexts().notices;
  return (
    <DataTable isTall>
      <tbody>
        {browsers.map((browser) => (
          <tr key={browser.id}>
            <th scope="row" className={table['wide']}>
              {browser.browser}
              <span className={table['under']}>
                {words.since} <Instant at={browser.createdAt} />
              </span>
            </th>
            <td className={table['number']}>
              <Button
                kind="link"
                disabled={isBusy}
                aria-label={words.removeOf(browser.browser)}
                onClick={() => onRemove(browser)}
              >
                {words.remove}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
