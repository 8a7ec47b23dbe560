import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { api, type Schemas, unwrapPage } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Failure } from '../../parts/Failure';
import { Instant } from '../../parts/Instant';
import { Notice } from '../../parts/Notice';
import table from '../../parts/Table.module.css';
import css from '../profile/Profile.module.css';

export interface AuditFilter {
  readonly actor?: number;
  readonly subject?: number;
  readonly action?: string;
}

interface AuditTableProps {
  /** One's own part, that of one user, or what fits a filter. */
  readonly of: 'mine' | number | AuditFilter;
}

/** The audit log, newest first, page by page. */
export function AuditTable({ of }: AuditTableProps) {
  const { audit } = useTexts().accounts;
  const log = useInfiniteQuery({
    queryKey: ['account', 'audit', of],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) };
      if (of === 'mine') return unwrapPage(api.GET('/api/v1/account/audit', { params: { query }, signal }));
      if (typeof of === 'number')
        return unwrapPage(
          api.GET('/api/v1/admin/users/{id}/audit', { params: { path: { id: of }, query }, signal }),
        );
      return unwrapPage(api.GET('/api/v1/admin/audit', { params: { query: { ...query, ...of } }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });
  const entries = log.data?.pages.flatMap((page) => page.items);
  if (log.error && entries === undefined)
    return <Failure error={log.error} retry={() => void log.refetch()} />;
  if (entries?.length === 0) return <Notice icon={ScrollText} title={audit.none} hint={audit.noneHint} />;
  return (
    <>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">{audit.at}</th>
            <th scope="col">{audit.action}</th>
            {of !== 'mine' && <th scope="col">{audit.actor}</th>}
            {of !== 'mine' && <th scope="col">{audit.subject}</th>}
            <th scope="col">{audit.from}</th>
            <th scope="col" className={`${table['wide']} ${table['spare']}`}>
              {audit.details}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries?.map((entry) => (
            <Row key={entry.seq} entry={entry} isMine={of === 'mine'} />
          ))}
        </tbody>
      </DataTable>
      {log.hasNextPage && (
        <div className={css['body']}>
          <div className={css['bar']}>
            <Button onClick={() => void log.fetchNextPage()} disabled={log.isFetchingNextPage}>
              {audit.older}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

function Row({ entry, isMine }: { readonly entry: Schemas['AuditEntry']; readonly isMine: boolean }) {
  const { audit } = useTexts().accounts;
  const person = (id: number | null) => (id === null ? '–' : audit.user(String(id)));
  const actor =
    entry.actor === null ? (entry.credential === 'console' ? audit.console : '–') : person(entry.actor);
  return (
    <tr>
      <td className={table['quiet']}>
        <Instant at={entry.at} />
      </td>
      <th scope="row">{entry.action}</th>
      {!isMine && <td>{actor}</td>}
      {!isMine && <td>{person(entry.subject)}</td>}
      <td className={table['quiet']}>{entry.address}</td>
      <td className={`${table['quiet']} ${table['spare']}`}>{describe(entry.details)}</td>
    </tr>
  );
}

/** Facts by name, in one line. */
function describe(details: unknown): string {
  if (typeof details !== 'object' || details === null) return '';
  return Object.entries(details)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
