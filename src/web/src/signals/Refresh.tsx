import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { explainError } from '../accounts/explainError';
import { api, idempotencyKey, unwrap } from '../api/client';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import css from './Signals.module.css';

/** Has the server look now at what it has not looked at yet. */
export function Refresh() {
  const texts = useTexts();
  const { signals } = texts.pages;
  const format = useFormat();
  const cache = useQueryClient();
  const refresh = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/signals/refresh', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['signals'] }),
  });
  return (
    <span className={css['refresh']}>
      <span role="status">
        {refresh.data && signals.refreshed(format.count(refresh.data.symbols))}
        {refresh.error && explainError(refresh.error, texts)}
      </span>
      <Button disabled={refresh.isPending} onClick={() => refresh.mutate()}>
        <RefreshCw size={14} aria-hidden="true" />
        {refresh.isPending ? signals.refreshing : signals.refresh}
      </Button>
    </span>
  );
}
