import { Link } from 'wouter';
import css from '../accounts/profile/Profile.module.css';
import { useStanding } from '../accounts/subscription/useStanding';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Panel } from '../parts/Panel';

/** What the plan gives of notifications: how many, and how soon. */
export function QuotaPanel() {
  const { quota: words } = useTexts().notices;
  const format = useFormat();
  const { data: count } = useStanding('notifications');
  const { data: delay } = useStanding('notifications.delay');
  const minutes = delay?.limit ?? 0;
  const facts =
    count === undefined || delay === undefined
      ? ['…']
      : [
          count.limit === null
            ? words.unlimited(format.count(count.used))
            : words.used(format.count(count.used), format.count(count.limit)),
          minutes > 0 ? words.late(format.count(minutes)) : words.instant,
          ...(count.limit !== null && count.resetsAt !== null
            ? [words.anew(format.instant(new Date(count.resetsAt)))]
            : []),
        ];
  const isLimited = count !== undefined && count.limit !== null;
  return (
    <Panel
      title={words.title}
      action={isLimited && <Link href="/profile/subscription?why=notifications">{words.more}</Link>}
    >
      <div className={css['body']}>
        <p>
          <strong>{facts.join(' · ')}</strong>
        </p>
        <p className={css['text']}>
          {words.hint} {isLimited && words.over}
        </p>
      </div>
    </Panel>
  );
}
