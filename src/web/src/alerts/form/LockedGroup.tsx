import { LockKeyhole } from 'lucide-react';
import { Link } from 'wouter';
import { explain } from '../../accounts/subscription/explain';
import { useStanding } from '../../accounts/subscription/useStanding';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import type { Condition } from '../kinds';

const entitlement = 'alerts.conditions';

/** The conditions the plan opens; null where it opens all, or before that is known. */
export function useOpenConditions(): readonly Condition[] | null {
  const { data } = useStanding(entitlement);
  return (data?.only as readonly Condition[] | null | undefined) ?? null;
}

/** Conditions that the plan leaves locked stay in sight, and say what opens them. */
export function LockedGroup() {
  const { alerts, accounts } = useTexts();
  const format = useFormat();
  const { data } = useStanding(entitlement);
  // What the plan names is open, so the standing itself knows of no lock: the one above it opens the rest.
  const locked = data && { ...data, limit: 0, opensWith: 'pro' as const };
  return (
    <Notice
      icon={LockKeyhole}
      title={alerts.form.lockedGroup}
      hint={locked ? explain(locked, accounts, (at) => format.instant(new Date(at))) : ''}
    >
      <Link href={`/profile/subscription?why=${entitlement}`}>{accounts.subscription.why}</Link>
    </Notice>
  );
}
