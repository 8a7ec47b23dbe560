import { Link } from 'wouter';
import { formatUtc } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { chartPath } from '../../market/symbols';
import type { ChannelKind } from '../../notifications/channels/useChannelList';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/form/Dialog';
import formCss from '../../parts/form/Form.module.css';
import type { Trigger } from '../kinds';
import css from './Stamps.module.css';
import { stepsOf } from './steps';

/** Every step of one trigger, from the exchange to the channel that took it, with the time between. */
export function StampsDialog({
  trigger,
  onClose,
}: {
  readonly trigger: Trigger;
  readonly onClose: () => void;
}) {
  const { alerts, notices } = useTexts();
  const { stamps: words, history } = alerts;
  const format = useFormat();
  const { acceptedBy } = trigger.stamps;
  const isDelayed = Date.parse(trigger.notBefore) > Date.parse(trigger.stamps.evaluatedAt) + 60_000;
  return (
    <Dialog
      title={trigger.description}
      text={
        <>
          {words.source} {trigger.source}
          {trigger.late && ` · ${history.late}`}
          {trigger.withheld !== null && (
            <>
              {' · '}
              <span lang="en">{trigger.withheld}</span>
            </>
          )}
        </>
      }
      onClose={onClose}
    >
      <ol className={css['steps']}>
        {stepsOf(trigger.stamps).map((step) => (
          <li key={step.name} className={css['step']} data-missing={step.at === null || undefined}>
            <span>
              {words[step.name]}
              {step.name === 'acceptedAt' &&
                acceptedBy !== null &&
                ` ${words.by(notices.channels[acceptedBy as ChannelKind].name)}`}
            </span>
            {step.at === null ? (
              <span className={css['at']}>{words.pending}</span>
            ) : (
              <time className={css['at']} dateTime={step.at} title={formatUtc(new Date(step.at))}>
                {step.after === null
                  ? format.instant(new Date(step.at))
                  : words.after(format.milliseconds(step.after))}
              </time>
            )}
          </li>
        ))}
      </ol>
      {isDelayed && (
        <p className={formCss['hint']}>{words.delay(format.instant(new Date(trigger.notBefore)))}</p>
      )}
      <div className={`${formCss['actions']} ${formCss['end']}`}>
        <Link href={`/alerts/${trigger.alertId}`} onClick={onClose}>
          {words.edit}
        </Link>
        <Link href={chartPath(trigger.market)} onClick={onClose}>
          {words.chart}
        </Link>
        <Button onClick={onClose}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
