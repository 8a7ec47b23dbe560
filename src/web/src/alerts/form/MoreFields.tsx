import { useTexts } from '../../i18n/Texts';
import { timeframes } from '../../market/timeframes';
import { useChannelList } from '../../notifications/channels/useChannelList';
import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import formCss from '../../parts/form/Form.module.css';
import { Segmented } from '../../parts/Segmented';
import { Chips } from '../../records/Chips';
import css from './Form.module.css';
import type { AlertFormState } from './GroupFields';

const repeats = ['ONCE', 'ONCE_PER_BAR', 'EVERY_TIME'] as const;

/** How often, until when, where, and with which words. */
export function MoreFields({ form }: { readonly form: AlertFormState }) {
  const texts = useTexts();
  const { form: words, repeats: names } = texts.alerts;
  const { values } = form;
  return (
    <>
      <div className={css['repeat']}>
        <div>
          <p className={css['label']}>{words.repeat}</p>
          <Segmented
            label={words.repeat}
            value={values.repeat}
            choices={repeats.map((repeat) => [repeat, names[repeat]] as const)}
            onChange={(repeat) => form.set('repeat', repeat)}
          />
        </div>
        {values.repeat === 'EVERY_TIME' && (
          <Field
            {...form.field('cooldownMinutes')}
            label={words.cooldown}
            inputMode="numeric"
            unit={words.minutesUnit}
          />
        )}
        {values.repeat === 'ONCE_PER_BAR' && (values.group === 'price' || values.group === 'percent') && (
          <Choice
            {...form.field('timeframe')}
            label={words.timeframe}
            choices={timeframes.map((one) => [one, one] as const)}
          />
        )}
      </div>
      <details className={css['more']} open={hasMore(form)}>
        <summary>{words.more}</summary>
        <div className={formCss['form']}>
          <Field {...form.field('expiresAt')} label={words.expires} hint={words.expiresHint} type="date" />
          <div>
            <div className={formCss['row']}>
              <Field {...form.field('activeFrom')} label={words.from} type="time" />
              <Field {...form.field('activeUntil')} label={words.until} type="time" />
            </div>
            <p className={formCss['hint']}>{words.hoursHint}</p>
          </div>
          <ChannelField form={form} />
          <Field {...form.field('note')} label={words.note} hint={words.noteHint} rows={2} />
        </div>
      </details>
    </>
  );
}

const hasMore = ({ values }: AlertFormState): boolean =>
  values.expiresAt !== '' || values.activeFrom !== '' || values.channels.length > 0 || values.note !== '';

/** Those that are set up; what is not cannot be chosen for one alert either. */
function ChannelField({ form }: { readonly form: AlertFormState }) {
  const { alerts, notices } = useTexts();
  const { form: words } = alerts;
  const ready = useChannelList().data?.channels.filter(({ isReady }) => isReady) ?? [];
  return (
    <div>
      <p className={css['label']}>{words.channels}</p>
      <Chips
        label={words.channels}
        choices={ready.map(({ channel }) => [channel, notices.channels[channel].name] as const)}
        chosen={form.values.channels}
        onChange={(chosen) => form.set('channels', chosen)}
      />
      <p className={formCss['hint']}>{words.channelsHint}</p>
    </div>
  );
}
