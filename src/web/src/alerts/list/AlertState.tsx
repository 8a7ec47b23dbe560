import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';
import table from '../../parts/Table.module.css';
import css from '../Alerts.module.css';
import type { Alert, AlertStatus } from '../kinds';

const tones: { readonly [status in AlertStatus]: Tone } = {
  ACTIVE: 'good',
  TRIGGERED: 'busy',
  PAUSED: 'quiet',
  EXPIRED: 'quiet',
};

/** How an alert stands, and why it is not judged where it should be. */
export function AlertState({ alert }: { readonly alert: Alert }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const { notJudged, restsUntil, expiresAt, status } = alert;
  if (notJudged)
    return (
      <>
        <Badge tone="warning">{texts.notJudged}</Badge>
        <span className={css['not']} lang="en">
          {texts.list.notJudged(notJudged.reason, format.instant(new Date(notJudged.since)))}
        </span>
      </>
    );
  const until = restsUntil
    ? texts.list.restsUntil(format.instant(new Date(restsUntil)))
    : status === 'ACTIVE' && expiresAt
      ? texts.list.expires(format.instant(new Date(expiresAt)))
      : null;
  return (
    <>
      <Badge tone={restsUntil ? 'quiet' : tones[status]}>
        {restsUntil ? texts.resting : texts.statuses[status]}
      </Badge>
      {until !== null && <span className={table['under']}>{until}</span>}
    </>
  );
}
