import type { Schemas } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import table from '../../parts/Table.module.css';

interface SessionTableProps {
  readonly sessions: readonly Schemas['SessionView'][] | undefined;
  readonly onEnd: (id: number) => Promise<void>;
}

export function SessionTable({ sessions, onEnd }: SessionTableProps) {
  const { security } = useTexts().accounts;
  const places: { readonly [place: string]: string } = security.places;
  return (
    <DataTable isTall>
      <thead>
        <tr>
          <th scope="col" className={table['wide']}>
            {security.sessionBrowser}
          </th>
          <th scope="col" className={table['spare']}>
            {security.place}
          </th>
          <th scope="col" className={table['spare']}>
            {security.lastSeen}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {sessions?.map((session) => (
          <tr key={session.id}>
            <th scope="row">
              {session.browser} {session.isThis && <Badge tone="good">{security.thisOne}</Badge>}
              <span className={table['under']}>
                {session.kind === 'api' ? `${security.program} · ` : ''}
                {session.address}
              </span>
            </th>
            <td className={table['spare']}>{places[session.place] ?? session.place}</td>
            <td className={`${table['quiet']} ${table['spare']}`}>
              <Instant at={session.lastSeenAt} />
            </td>
            <td className={table['number']}>
              {!session.isThis && (
                <Button
                  kind="link"
                  aria-label={security.endOf(session.browser)}
                  onClick={() => void onEnd(session.id)}
                >
                  {security.end}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
