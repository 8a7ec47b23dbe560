import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Badge, type Tone } from '../parts/Badge';
import { DataTable } from '../parts/DataTable';
import { Instant } from '../parts/Instant';
import table from '../parts/Table.module.css';
import css from './Admin.module.css';

type User = Schemas['UserView'];

export const statusTones: { readonly [status in User['status']]: Tone } = {
  active: 'good',
  unconfirmed: 'warning',
  locked: 'bad',
};

interface UserTableProps {
  readonly users: readonly User[] | undefined;
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (chosen: ReadonlySet<number>) => void;
}

export function UserTable({ users, chosen, onChoose }: UserTableProps) {
  const { admin, roles, plans } = useTexts().accounts;
  const isAll = users !== undefined && users.length > 0 && users.every(({ id }) => chosen.has(id));
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <DataTable isTall>
      <thead>
        <tr>
          <td>
            <input
              type="checkbox"
              className={css['check']}
              aria-label={admin.selectAll}
              checked={isAll}
              onChange={() => onChoose(isAll ? new Set() : new Set(users?.map(({ id }) => id)))}
            />
          </td>
          <th scope="col" className={table['wide']}>
            {admin.user}
          </th>
          <th scope="col">{admin.role}</th>
          <th scope="col">{admin.plan}</th>
          <th scope="col">{admin.status}</th>
          <th scope="col" className={table['spare']}>
            {admin.secondFactor}
          </th>
          <th scope="col" className={table['spare']}>
            {admin.lastSeen}
          </th>
        </tr>
      </thead>
      <tbody>
        {users?.map((user) => (
          <tr key={user.id}>
            <td>
              <input
                type="checkbox"
                className={css['check']}
                aria-label={admin.select(user.email)}
                checked={chosen.has(user.id)}
                onChange={() => toggle(user.id)}
              />
            </td>
            <th scope="row">
              <Link href={`/admin/users/${user.id}`}>{user.email}</Link>
              <span className={table['under']}>
                {[user.name, user.isDemo ? admin.demo : ''].filter(Boolean).join(' · ')}
              </span>
            </th>
            <td>{roles[user.role]}</td>
            <td>{plans[user.plan]}</td>
            <td>
              <Badge tone={statusTones[user.status]}>{admin.statuses[user.status]}</Badge>
            </td>
            <td className={`${table['quiet']} ${table['spare']}`}>
              {user.hasAuthenticator ? admin.yes : admin.no}
            </td>
            <td className={`${table['quiet']} ${table['spare']}`}>
              {user.lastSeenAt === null ? admin.never : <Instant at={user.lastSeenAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
