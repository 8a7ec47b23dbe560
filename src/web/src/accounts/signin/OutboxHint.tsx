import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';

/** Where demo accounts are named, mails are kept instead of being sent. */
export function OutboxHint() {
  const { register } = useTexts().accounts;
  const { data } = useQuery({
    queryKey: ['demo accounts'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/demo-accounts', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <p>
      {register.outbox} <a href="/outbox">{register.openOutbox}</a>
    </p>
  );
}
