import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { api, type Schemas, unwrap, unwrapPage } from '../api/client';
import { formatAge } from '../format/time';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { DataTable } from '../parts/DataTable';
import { Instant } from '../parts/Instant';
import { Loaded } from '../parts/Loaded';
import { Notice } from '../parts/Notice';
import { Panel } from '../parts/Panel';
import table from '../parts/Table.module.css';
import { More } from '../records/More';
import { AdminPage } from './AdminPage';

/** How each channel is doing, and what was given up. */
export function SendersPage() {
  const { senders: words } = useTexts().notices;
  return (
    <AdminPage title={words.title} lead={words.lead}>
      <Figures />
      <Letters />
    </AdminPage>
  );
}

function Figures() {
  const { senders: words } = useTexts().notices;
  const query = useQuery({
    queryKey: ['admin', 'senders'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/admin/notifications', { signal })),
    refetchInterval: 5_000,
  });
  return (
    <Loaded title={words.title} of={query}>
      {(rows) => (
        <Panel title={words.title} isBare>
          <DataTable>
            <thead>
              <tr>
                <th scope="col" className={table['wide']}>
                  {words.channel}
                </th>
                {[words.waiting, words.sent, words.replaced, words.dead, words.paused, words.latency].map(
                  (name) => (
                    <th key={name} scope="col" className={table['number']}>
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <FigureRow key={row.channel} row={row} />
              ))}
            </tbody>
          </DataTable>
        </Panel>
      )}
    </Loaded>
  );
}

function FigureRow({ row }: { readonly row: Schemas['ChannelFigures'] }) {
  const { senders: words, channels } = useTexts().notices;
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        {channels[row.channel].name} {!row.isOffered && <span className={table['quiet']}>{words.off}</span>}
      </th>
      <td className={table['number']}>
        {format.count(row.waiting)}
        {row.oldestSeconds !== null && (
          <span className={table['quiet']}> {words.oldest(formatAge(row.oldestSeconds * 1_000))}</span>
        )}
      </td>
      {[row.sent, row.replaced, row.dead, row.paused].map((count, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place.
        <td key={column} className={table['number']}>
          {format.count(count)}
        </td>
      ))}
      <td className={table['number']}>
        {row.p50Ms === null
          ? '–'
          : [row.p50Ms, row.p95Ms, row.p99Ms].map((value) => format.milliseconds(value)).join(' / ')}
      </td>
    </tr>
  );
}

function Letters() {
  const { senders: words, channels, kinds } = useTexts().notices;
  const query = useInfiniteQuery({
    queryKey: ['admin', 'senders', 'dead'],
    queryFn: ({ pageParam, signal }) =>
      unwrapPage(
        api.GET('/api/v1/admin/notifications/dead', {
          params: { query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  return (
    <Loaded title={words.letters} of={query}>
      {({ pages }) => {
        const letters = pages.flatMap((page) => page.items);
        return (
          <Panel title={words.letters} note={words.lettersNote}>
            {letters.length === 0 ? (
              <Notice icon={MailCheck} title={words.noLetters} hint={words.noLettersHint} />
            ) : (
              <>
                <DataTable isTall>
                  <thead>
                    <tr>
                      <th scope="col">{words.ended}</th>
                      <th scope="col">{words.user}</th>
                      <th scope="col" className={table['wide']}>
                        {words.channel}
                      </th>
                      <th scope="col" className={table['number']}>
                        {words.tries}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {letters.map((letter) => (
                      <tr key={letter.id}>
                        <td className={table['quiet']}>
                          {letter.endedAt !== null && <Instant at={letter.endedAt} />}
                        </td>
                        <td>{letter.userId}</td>
                        <th scope="row">
                          {channels[letter.channel].name} · {kinds[letter.kind]}
                          <span className={table['under']} lang="en">
                            {letter.why}
                          </span>
                        </th>
                        <td className={table['number']}>{letter.attempts}</td>
                      </tr>
                    ))}
                  </tbody>
                </DataTable>
                <More of={query} shown={letters.length} />
              </>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
}
