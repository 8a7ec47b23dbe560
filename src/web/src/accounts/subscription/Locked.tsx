import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import { explain, titleOf } from './explain';

interface LockedProps {
  readonly entitlement: string;
  readonly children: ReactNode;
}

/** What a plan opens. Where it does not, the place stays, and says why and what opens it. */
export function Locked({ entitlement, children }: LockedProps) {
  const { accounts: texts } = useTexts();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['account', 'access', entitlement],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/access/{entitlement}', { params: { path: { entitlement } }, signal })),
  });
  if (data === undefined || data.allowed || (data.limit !== 0 && data.limit !== null)) return children;
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
