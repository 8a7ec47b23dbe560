import { codeFault } from '../../accounts/checks';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import css from './Channels.module.css';
import { type ChannelKind, useKeepChannel } from './useChannelList';

/** Proves that a number or a chat is one's own. */
export function CodeForm({ channel, name }: { readonly channel: ChannelKind; readonly name: string }) {
  const texts = useTexts();
  const { code: words } = texts.notices;
  const keep = useKeepChannel();
  const form = useForm({
    initial: { value: '' },
    check: ({ value }) => ({ value: codeFault(value, texts.accounts) }),
    send: async ({ value }) => {
      const path = { channel };
      const body = { value: value.replaceAll(' ', '') };
      keep(
        await unwrap(
          api.POST('/api/v1/notifications/channels/{channel}/confirm', { params: { path }, body }),
        ),
      );
    },
  });
  return (
    <div className={css['code']}>
      <Form of={form} action={words.confirmOf(name)}>
        <Field
          {...form.field('value')}
          label={words.label}
          hint={words.hint}
          inputMode="numeric"
          autoComplete="one-time-code"
          isMono
        />
      </Form>
    </div>
  );
}
