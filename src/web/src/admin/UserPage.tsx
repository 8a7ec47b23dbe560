import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { AuditTable } from '../accounts/audit/AuditTable';
import { explainError } from '../accounts/explainError';
import css from '../accounts/profile/Profile.module.css';
import { SessionTable } from '../accounts/security/SessionTable';
import { confirmed, NotConfirmed } from '../accounts/session/asking';
import { api, type Schemas, unwrap } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Badge } from '../parts/Badge';
import { Button } from '../parts/Button';
import { Choice } from '../parts/form/Choice';
import { Form } from '../parts/form/Form';
import formCss from '../parts/form/Form.module.css';
import { useForm } from '../parts/form/useForm';
import { Instant } from '../parts/Instant';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Panel';
import { AdminPage } from './AdminPage';
import { BulkDialog } from './BulkBar';
import { statusTones } from './UserTable';

export function UserPage({ id }: { readonly id: number }) {
  const { admin } = useTexts().accounts;
  return (
    <AdminPage title={`${admin.user} ${id}`} lead={<Link href="/admin/users">{admin.back}</Link>}>
      <UserContent id={id} />
    </AdminPage>
  );
}

function UserContent({ id }: { readonly id: number }) {
  const { admin } = useTexts().accounts;
  const cache = useQueryClient();
  const detail = useQuery({
    queryKey: ['account', 'users', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/admin/users/{id}', { params: { path: { id } }, signal })),
  });
  const again = () => cache.invalidateQueries({ queryKey: ['account'] });
  const end = async (session: number) => {
    const params = { path: { id, session } };
    await confirmed(() => unwrap(api.DELETE('/api/v1/admin/users/{id}/sessions/{session}', { params })));
    await again();
  };
  return (
    <Loaded title={admin.facts} of={detail}>
      {(data) => (
        <>
          <Panel title={data.user.email} note={data.user.name}>
            <Facts detail={data} />
          </Panel>
          <Panel title={admin.rights}>
            <Rights key={`${data.user.role} ${data.user.plan}`} user={data.user} onDone={again} />
          </Panel>
          <Panel title={admin.access}>
            <SignInActions user={data.user} onDone={again} />
          </Panel>
          <Panel title={admin.sessions}>
            {data.openSessions.length === 0 ? (
              <p className={`${css['body']} ${css['text']}`}>{admin.noSessions}</p>
            ) : (
              <SessionTable sessions={data.openSessions} onEnd={end} />
            )}
          </Panel>
          <Panel title={admin.history}>
            <AuditTable of={id} />
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function Facts({ detail }: { readonly detail: Schemas['UserDetail'] }) {
  const { admin, account } = useTexts().accounts;
  const { user } = detail;
  return (
    <dl className={`${css['body']} ${css['facts']}`} style={{ display: 'grid' }}>
      <div>
        <dt>{admin.status}</dt>
        <dd>
          <Badge tone={statusTones[user.status]}>{admin.statuses[user.status]}</Badge> {user.lockReason}
        </dd>
      </div>
      <div>
        <dt>{admin.created}</dt>
        <dd>
          <Instant at={user.createdAt} />
        </dd>
      </div>
      <div>
        <dt>{admin.lastSeen}</dt>
        <dd>{user.lastSeenAt === null ? admin.never : <Instant at={user.lastSeenAt} />}</dd>
      </div>
      <div>
        <dt>{account.timeZone}</dt>
        <dd>{detail.timeZone}</dd>
      </div>
      <div>
        <dt>{admin.secondFactor}</dt>
        <dd>{user.hasAuthenticator ? admin.yes : admin.no}</dd>
      </div>
      <div>
        <dt>{admin.passkeys}</dt>
        <dd>{detail.passkeys}</dd>
      </div>
      <div>
        <dt>{admin.keys}</dt>
        <dd>{detail.apiKeys}</dd>
      </div>
      <div>
        <dt>{admin.devices}</dt>
        <dd>{detail.devices}</dd>
      </div>
    </dl>
  );
}

interface PartProps {
  readonly user: Schemas['UserView'];
  readonly onDone: () => Promise<void>;
}

function Rights({ user, onDone }: PartProps) {
  const { accounts: texts } = useTexts();
  const form = useForm({
    initial: { role: user.role as string, plan: user.plan as string },
    check: () => ({}),
    send: async ({ role, plan }) => {
      const call = {
        params: { path: { id: user.id } },
        body: { role: role as Schemas['Role'], plan: plan as Schemas['Plan'] },
      };
      await confirmed(() => unwrap(api.PATCH('/api/v1/admin/users/{id}', call)));
      await onDone();
    },
  });
  return (
    <Form of={form} action={texts.form.save} isPadded>
      <div className={formCss['row']}>
        <Choice {...form.field('role')} label={texts.admin.role} choices={Object.entries(texts.roles)} />
        <Choice {...form.field('plan')} label={texts.admin.plan} choices={Object.entries(texts.plans)} />
      </div>
    </Form>
  );
}

function SignInActions({ user, onDone }: PartProps) {
  const texts = useTexts();
  const { admin } = texts.accounts;
  const [, navigate] = useLocation();
  const [action, setAction] = useState<'lock' | 'unlock' | 'signOut' | 'delete' | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const sendReset = async () => {
    const params = { path: { id: user.id } };
    try {
      await confirmed(() => unwrap(api.POST('/api/v1/admin/users/{id}/send-reset', { params })));
      setSaid(admin.resetSent);
    } catch (error) {
      setSaid(error instanceof NotConfirmed ? null : explainError(error, texts));
    }
  };
  return (
    <div className={css['body']}>
      <div className={css['bar']}>
        <Button onClick={() => setAction(user.status === 'locked' ? 'unlock' : 'lock')}>
          {user.status === 'locked' ? admin.unlock : admin.lock}
        </Button>
        <Button onClick={() => setAction('signOut')}>{admin.signOut}</Button>
        <Button onClick={() => void sendReset()}>{admin.sendReset}</Button>
        <Button kind="danger" onClick={() => setAction('delete')}>
          {admin.delete}
        </Button>
        <span role="status">{said}</span>
      </div>
      {action !== null && (
        <BulkDialog
          users={[user.id]}
          action={action}
          onClose={() => setAction(null)}
          onDone={async () => {
            if (action === 'delete') navigate('/admin/users');
            else await onDone();
          }}
        />
      )}
    </div>
  );
}
