import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { api, unwrapPage } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { Choice } from '../parts/form/Choice';
import { Field } from '../parts/form/Field';
import { Notice } from '../parts/Notice';
import { Panel } from '../parts/Panel';
import css from './Admin.module.css';
import { AdminPage } from './AdminPage';
import { BulkBar } from './BulkBar';
import { CreateUser } from './CreateUser';
import { asQuery, type Listing, readListing, writeListing } from './listing';
import { UserTable } from './UserTable';

export function UsersPage() {
  const { admin } = useTexts().accounts;
  const [isMaking, setMaking] = useState(false);
  return (
    <AdminPage
      title={admin.users}
      aside={
        <Button kind="primary" onClick={() => setMaking(true)}>
          <UserPlus size={14} aria-hidden="true" />
          {admin.create}
        </Button>
      }
    >
      <UserList />
      {isMaking && <CreateUser onClose={() => setMaking(false)} />}
    </AdminPage>
  );
}

function UserList() {
  const { admin } = useTexts().accounts;
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const listing = readListing(useSearch());
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const ask = (change: Partial<Listing>) => {
    setChosen(new Set());
    navigate(`/admin/users${writeListing({ ...listing, cursor: '', ...change })}`, {
      replace: change.cursor === undefined,
    });
  };
  const users = useQuery({
    queryKey: ['account', 'users', listing],
    queryFn: ({ signal }) =>
      unwrapPage(api.GET('/api/v1/admin/users', { params: { query: asQuery(listing) }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title={admin.users} isBare>
      <Filters listing={listing} ask={ask} />
      {chosen.size > 0 && (
        <BulkBar
          users={[...chosen]}
          onDone={async () => {
            setChosen(new Set());
            await cache.invalidateQueries({ queryKey: ['account', 'users'] });
          }}
        />
      )}
      {users.error && users.data === undefined ? (
        <Failure error={users.error} retry={() => void users.refetch()} />
      ) : users.data?.items.length === 0 ? (
        <Notice icon={Users} title={admin.noMatch} hint={admin.noMatchHint}>
          <Button onClick={() => ask({ search: '', role: '', plan: '', status: '' })}>{admin.clear}</Button>
        </Notice>
      ) : (
        <UserTable users={users.data?.items} chosen={chosen} onChoose={setChosen} />
      )}
      <div className={css['pager']}>
        {listing.cursor !== '' && <Button onClick={() => ask({ cursor: '' })}>{admin.firstPage}</Button>}
        {users.data?.next && (
          <Button onClick={() => ask({ cursor: users.data.next ?? '' })}>{admin.nextPage}</Button>
        )}
      </div>
    </Panel>
  );
}

function Filters({
  listing,
  ask,
}: {
  readonly listing: Listing;
  readonly ask: (change: Partial<Listing>) => void;
}) {
  const { admin, roles, plans } = useTexts().accounts;
  const [search, setSearch] = useState(listing.search);
  useEffect(() => {
    if (search === listing.search) return;
    const later = setTimeout(() => ask({ search }), 300);
    return () => clearTimeout(later);
  });
  const withAny = (words: { readonly [word: string]: string }) => [
    ['', admin.any] as const,
    ...Object.entries(words),
  ];
  return (
    <search className={css['filters']}>
      <Field name="search" label={admin.search} value={search} onChange={setSearch} autoComplete="off" />
      <Choice
        label={admin.role}
        value={listing.role}
        choices={withAny(roles)}
        onChange={(role) => ask({ role: role as Listing['role'] })}
      />
      <Choice
        label={admin.plan}
        value={listing.plan}
        choices={withAny(plans)}
        onChange={(plan) => ask({ plan: plan as Listing['plan'] })}
      />
      <Choice
        label={admin.status}
        value={listing.status}
        choices={withAny(admin.statuses)}
        onChange={(status) => ask({ status: status as Listing['status'] })}
      />
    </search>
  );
}
