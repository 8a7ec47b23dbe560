import { readLines } from '../../accounts/checks';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { Tick } from '../../parts/form/Tick';
import { useForm } from '../../parts/form/useForm';
import { Segmented } from '../../parts/Segmented';
import { Chips } from '../../records/Chips';
import { checkQuiet, kindsToChoose } from './filters';
import { type Channel, saveWishes, useKeepChannel } from './useChannelList';

interface FiltersDialogProps {
  readonly channel: Channel;
  readonly zone: string;
  readonly onClose: () => void;
}

/** What comes through a channel, and when nothing does. */
export function FiltersDialog({ channel, zone, onClose }: FiltersDialogProps) {
  const texts = useTexts();
  const { filters: words, kinds, channels } = texts.notices;
  const keep = useKeepChannel();
  const form = useForm({
    initial: {
      kinds: kindsToChoose.filter((kind) => channel.kinds?.includes(kind) ?? false),
      direction: channel.direction,
      leastConfluence: String(channel.leastConfluence),
      symbols: channel.symbols?.join(', ') ?? '',
      quietFrom: channel.quietFrom ?? '',
      quietUntil: channel.quietUntil ?? '',
      digest: channel.digest,
    },
    check: (values) => ({
      leastConfluence:
        /^\d{1,2}$/.test(values.leastConfluence) && Number(values.leastConfluence) <= 20
          ? undefined
          : texts.accounts.form.wholeBetween('0', '20'),
      symbols:
        readLines(values.symbols).every((symbol) => symbol.length <= 40) &&
        readLines(values.symbols).length <= 100
          ? undefined
          : words.symbolsFault,
      ...checkQuiet(values.quietFrom, values.quietUntil, words),
    }),
    send: async (values) => {
      const symbols = readLines(values.symbols);
      keep(
        await saveWishes(channel, {
          kinds: values.kinds.length === 0 ? null : values.kinds,
          symbols: symbols.length === 0 ? null : symbols,
          direction: values.direction,
          leastConfluence: Number(values.leastConfluence),
          quietFrom: values.quietFrom || null,
          quietUntil: values.quietUntil || null,
          digest: values.digest,
        }),
      );
      onClose();
    },
  });
  const isQuiet = form.values.quietFrom !== '' || form.values.quietUntil !== '';
  return (
    <Dialog title={words.title(channels[channel.channel].name)} onClose={onClose}>
      <Form
        of={form}
        action={texts.accounts.form.save}
        beside={<Button onClick={onClose}>{texts.accounts.form.cancel}</Button>}
      >
        <div>
          <p className={formCss['label']}>{words.kinds}</p>
          <Chips
            label={words.kinds}
            choices={kindsToChoose.map((kind) => [kind, kinds[kind]] as const)}
            chosen={form.values.kinds}
            onChange={(chosen) => form.set('kinds', [...chosen])}
          />
          <p className={formCss['hint']}>{words.kindsHint}</p>
        </div>
        <div>
          <p className={formCss['label']}>{words.direction}</p>
          <Segmented
            label={words.direction}
            value={form.values.direction}
            choices={(['both', 'bullish', 'bearish'] as const).map(
              (direction) => [direction, words.directions[direction]] as const,
            )}
            onChange={(direction) => form.set('direction', direction)}
          />
        </div>
        <Field
          {...form.field('leastConfluence')}
          label={words.confluence}
          hint={words.confluenceHint}
          inputMode="numeric"
        />
        <Field {...form.field('symbols')} label={words.symbols} hint={words.symbolsHint} autoComplete="off" />
        <fieldset className={formCss['group']}>
          <legend className={formCss['legend']}>{words.quiet}</legend>
          <div className={formCss['row']} style={{ gridTemplateColumns: '1fr 1fr' }}>
            <Field {...form.field('quietFrom')} label={words.from} type="time" />
            <Field {...form.field('quietUntil')} label={words.until} type="time" />
          </div>
          <p className={formCss['hint']}>{words.zone(zone.replaceAll('_', ' '))}</p>
          {isQuiet && (
            <Button
              kind="link"
              onClick={() => form.setValues((now) => ({ ...now, quietFrom: '', quietUntil: '' }))}
            >
              {words.clear}
            </Button>
          )}
        </fieldset>
        {isQuiet && (
          <Tick {...form.field('digest')} hint={words.digestHint}>
            {words.digest}
          </Tick>
        )}
      </Form>
    </Dialog>
  );
}
