import { needed } from '../../accounts/checks';
import { confirmed } from '../../accounts/session/asking';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { type Channel, type ChannelKind, saveWishes, useKeepChannel } from './useChannelList';

type Address = Schemas['NewAddress'];
type AddressField = keyof Address & ('url' | 'secret' | 'chatId' | 'botToken' | 'phone');

/** What each channel wants to know, the field that must be given first. */
const fieldsOf: { readonly [channel in ChannelKind]?: readonly AddressField[] } = {
  NTFY: ['url', 'secret'],
  DISCORD: ['url', 'chatId'],
  TELEGRAM: ['chatId', 'botToken'],
  SMS: ['phone'],
  WEBHOOK: ['url', 'secret'],
};

interface AddressDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
  /** Saved; with the secret that was made, where one was. */
  readonly onMade: (secret: string | null) => void;
}

export function AddressDialog({ channel, onClose, onMade }: AddressDialogProps) {
  const texts = useTexts();
  const { address: words, channels } = texts.notices;
  const kind = channel.channel;
  const fields = fieldsOf[kind] ?? [];
  const keep = useKeepChannel();
  const says = useFieldTexts(kind);
  const form = useForm({
    initial: { url: '', secret: '', chatId: '', botToken: '', phone: '' },
    check: (values) => {
      const [first] = fields;
      // A server of one's own is a wish; for Discord a webhook or a channel will do.
      const isFree = kind === 'NTFY' || (kind === 'DISCORD' && values.chatId.trim() !== '');
      return first === undefined || isFree ? {} : { [first]: needed(values[first], texts.accounts) };
    },
    send: async (values) => {
      const body: Address = Object.fromEntries(
        fields.map((field) => [field, values[field].trim() === '' ? null : values[field].trim()]),
      );
      const path = { channel: kind };
      const saved = await confirmed(() =>
        unwrap(api.PUT('/api/v1/notifications/channels/{channel}/address', { params: { path }, body })),
      );
      keep(saved.channel);
      // Who sets a channel up wants to be told by it; one with a code begins once that is given.
      if (saved.channel.isReady && !saved.channel.enabled)
        keep(await saveWishes(saved.channel, { enabled: true }));
      onMade(saved.secret);
    },
  });
  const isByBot = kind === 'DISCORD' && form.values.url.trim() === '' && form.values.chatId.trim() !== '';
  const sendsCode = kind === 'SMS' || kind === 'TELEGRAM' || isByBot;
  const forget = async () => {
    const path = { channel: kind };
    keep(
      await confirmed(() =>
        unwrap(api.DELETE('/api/v1/notifications/channels/{channel}/address', { params: { path } })),
      ),
    );
    onClose();
  };
  const isKept = channel.address !== null;
  return (
    <Dialog
      title={words.title(channels[kind].name)}
      text={isKept ? words.kept : channels[kind].what}
      onClose={onClose}
    >
      <Form
        of={form}
        action={sendsCode ? words.saveAndSend : words.save}
        beside={
          isKept ? (
            <Button kind="danger" onClick={() => void forget()}>
              {words.forget}
            </Button>
          ) : (
            <Button onClick={onClose}>{texts.accounts.form.cancel}</Button>
          )
        }
      >
        {fields.map((field) => (
          <Field
            key={field}
            {...form.field(field)}
            {...says[field]}
            autoComplete={field === 'phone' ? 'tel' : 'off'}
          />
        ))}
      </Form>
    </Dialog>
  );
}

function useFieldTexts(kind: ChannelKind): {
  readonly [field in AddressField]: { readonly label: string; readonly hint: string };
} {
  const { address: words } = useTexts().notices;
  const url = {
    DISCORD: { label: words.discord, hint: words.discordHint },
    NTFY: { label: words.ntfy, hint: words.ntfyHint },
    WEBHOOK: { label: words.hook, hint: words.hookHint },
  };
  return {
    url: url[kind as keyof typeof url] ?? url.WEBHOOK,
    secret:
      kind === 'NTFY'
        ? { label: words.token, hint: words.tokenHint }
        : { label: words.secret, hint: words.secretHint },
    chatId:
      kind === 'DISCORD'
        ? { label: words.room, hint: words.roomHint }
        : { label: words.chat, hint: words.chatHint },
    botToken: { label: words.bot, hint: words.botHint },
    phone: { label: words.phone, hint: words.phoneHint },
  };
}
