import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import { explain, titleOf } from './explain';
import { isShut, useStanding } from './useStanding';

interface LockedProps {
  readonly entitlement: string;
  readonly children: ReactNode;
}

/** What a plan opens. Where it does not, the place stays, and says why and what opens it. */
export function Locked({ entitlement, children }: LockedProps) {
  const { accounts: texts } = useTexts();
  const format = useFormat();
  const { data } = useStanding(entitlement);
  if (data === undefined || !isShut(data)) return children;
  return (
    <Notice
      icon={LockKeyhole}
      title={`${titleOf(data, texts)}: ${texts.subscription.locked}`}
      hint={explain(data, texts, (at) => format.instant(new Date(at)))}
    >
      <Link href={`/profile/subscription?why=${entitlement}`}>{texts.subscription.why}</Link>
    </Notice>
  );
}
