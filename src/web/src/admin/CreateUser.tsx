import { useLocation } from 'wouter';
import { emailFault } from '../accounts/checks';
import { confirmed } from '../accounts/session/asking';
import { api, type Schemas, unwrap } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Choice } from '../parts/form/Choice';
import { Dialog } from '../parts/form/Dialog';
import { Field } from '../parts/form/Field';
import { Form } from '../parts/form/Form';
import { useForm } from '../parts/form/useForm';

export function CreateUser({ onClose }: { readonly onClose: () => void }) {
  const { accounts: texts } = useTexts();
  const { admin, roles, plans } = texts;
  const [, navigate] = useLocation();
  const form = useForm({
    initial: { email: '', name: '', role: 'user', plan: 'free' },
    check: ({ email, name }) => ({
      email: emailFault(email, texts),
      name: name.length > 80 ? texts.form.nameLength : undefined,
    }),
    send: async ({ email, name, role, plan }) => {
      const body = { email, name, role: role as Schemas['Role'], plan: plan as Schemas['Plan'] };
      const { id } = await confirmed(() => unwrap(api.POST('/api/v1/admin/users', { body })));
      navigate(`/admin/users/${id}`);
    },
  });
  return (
    <Dialog title={admin.createTitle} text={admin.createText} onClose={onClose}>
      <Form
        of={form}
        action={admin.createAction}
        beside={<Button onClick={onClose}>{texts.form.cancel}</Button>}
      >
        <Field {...form.field('email')} label={texts.login.email} type="email" autoComplete="off" />
        <Field {...form.field('name')} label={texts.account.name} autoComplete="off" />
        <Choice {...form.field('role')} label={admin.role} choices={Object.entries(roles)} />
        <Choice {...form.field('plan')} label={admin.plan} choices={Object.entries(plans)} />
      </Form>
    </Dialog>
  );
}
