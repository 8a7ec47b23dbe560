import { useState } from 'react';
import { confirmed } from '../accounts/session/asking';
import { api, type Schemas, unwrap } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Choice } from '../parts/form/Choice';
import { Dialog } from '../parts/form/Dialog';
import { Field } from '../parts/form/Field';
import { Form } from '../parts/form/Form';
import formCss from '../parts/form/Form.module.css';
import { useForm } from '../parts/form/useForm';
import css from './Admin.module.css';

type Action = Schemas['BulkAction'];
const actions = [
  'lock',
  'unlock',
  'signOut',
  'setPlan',
  'setRole',
  'delete',
] as const satisfies readonly Action[];

interface BulkBarProps {
  readonly users: readonly number[];
  readonly onDone: () => Promise<void>;
}

/** What can be done to all that are selected, each asked once. */
export function BulkBar({ users, onDone }: BulkBarProps) {
  const { admin } = useTexts().accounts;
  const [action, setAction] = useState<(typeof actions)[number] | null>(null);
  return (
    <div className={css['bulk']}>
      <span role="status">{admin.selected(users.length)}</span>
      {actions.map((one) => (
        <Button key={one} kind={one === 'delete' ? 'danger' : 'plain'} onClick={() => setAction(one)}>
          {admin[one]}
        </Button>
      ))}
      {action !== null && (
        <BulkDialog users={users} action={action} onClose={() => setAction(null)} onDone={onDone} />
      )}
    </div>
  );
}

interface BulkDialogProps extends BulkBarProps {
  readonly action: (typeof actions)[number];
  readonly onClose: () => void;
}

export function BulkDialog({ users, action, onClose, onDone }: BulkDialogProps) {
  const { accounts: texts } = useTexts();
  const { admin, roles, plans } = texts;
  const [outcome, setOutcome] = useState<Schemas['BulkOutcome'] | null>(null);
  const says = {
    lock: admin.askLock,
    unlock: admin.askUnlock,
    signOut: admin.askSignOut,
    setPlan: admin.askPlan,
    setRole: admin.askRole,
    delete: admin.askDelete,
  };
  const form = useForm({
    initial: { reason: '', plan: 'free', role: 'user' },
    check: ({ reason }) => ({
      reason: action === 'lock' && reason.trim() === '' ? texts.form.required : undefined,
    }),
    send: async ({ reason, plan, role }) => {
      const body = {
        users: [...users],
        action,
        ...(action === 'lock' ? { reason: reason.trim() } : {}),
        ...(action === 'setPlan' ? { plan: plan as Schemas['Plan'] } : {}),
        ...(action === 'setRole' ? { role: role as Schemas['Role'] } : {}),
      };
      const told = await confirmed(() => unwrap(api.POST('/api/v1/admin/users/bulk', { body })));
      if (told.refused.length > 0) return setOutcome(told);
      onClose();
      await onDone();
    },
  });
  const title = admin.askTitle(admin[action], users.length);
  if (outcome !== null)
    return (
      <Dialog
        title={title}
        text={admin.outcome(outcome.done.length, outcome.refused.length)}
        onClose={onClose}
      >
        <ul>
          {outcome.refused.map(({ user, message }) => (
            <li key={user}>
              {texts.audit.user(String(user))}: {message}
            </li>
          ))}
        </ul>
        <div className={`${formCss['actions']} ${formCss['end']}`}>
          <Button onClick={() => void onDone().then(onClose)}>{texts.form.close}</Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={title} text={says[action]} onClose={onClose}>
      <Form of={form} action={admin[action]} beside={<Button onClick={onClose}>{texts.form.cancel}</Button>}>
        {action === 'lock' && (
          <Field {...form.field('reason')} label={admin.reason} hint={admin.reasonHint} autoComplete="off" />
        )}
        {action === 'setPlan' && (
          <Choice {...form.field('plan')} label={admin.plan} choices={Object.entries(plans)} />
        )}
        {action === 'setRole' && (
          <Choice {...form.field('role')} label={admin.role} choices={Object.entries(roles)} />
        )}
      </Form>
    </Dialog>
  );
}
