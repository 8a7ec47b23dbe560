import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import type { Strategy } from '../kinds';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { strategiesKey } from '../useStrategies';
import { DefinitionPanel } from './DefinitionPanel';
import { FormulaForm } from './FormulaForm';
import { VersionsPanel } from './VersionsPanel';

/** One strategy: exactly what it does, its parameters, what was checked of it; one's own can be changed here. */
export function StrategyPage({ id }: { readonly id: string }) {
  const { strategies: words } = useLabTexts();
  const query = useQuery({
    queryKey: [...strategiesKey, id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/strategies/{key}', { params: { path: { key: id } }, signal })),
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status === 404),
  });
  const strategy = query.data;
  const isGone = strategy === undefined && query.error instanceof ApiError && query.error.status === 404;
  return (
    <Lab
      section="strategies"
      gate="account"
      title={strategy?.title ?? words.strategy}
      lead={strategy && <span lang={strategy.isOwn ? undefined : 'en'}>{strategy.meaning}</span>}
      aside={strategy && <Actions of={strategy} />}
    >
      {isGone ? (
        <Notice icon={SearchX} title={words.gone} hint={words.goneHint}>
          <Link href="/backtest/strategies">{words.all}</Link>
        </Notice>
      ) : (
        <Loaded title={words.strategy} of={query}>
          {(data) =>
            data.isOwn && data.id !== null ? (
              <>
                <FormulaForm key={data.version} of={data} />
                <VersionsPanel id={data.id} />
              </>
            ) : (
              <DefinitionPanel of={data} />
            )
          }
        </Loaded>
      )}
    </Lab>
  );
}

function Actions({ of }: { readonly of: Strategy }) {
  const { strategies: words, deleting } = useLabTexts();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsked, setAsked] = useState(false);
  const remove = async () => {
    if (of.id === null) return;
    await unwrap(api.DELETE('/api/v1/strategies/{id}', { params: { path: { id: of.id } } }));
    await cache.invalidateQueries({ queryKey: strategiesKey });
    navigate('/backtest/strategies');
  };
  return (
    <span className={css['tools']}>
      {of.isOwn && (
        <Button kind="link" onClick={() => setAsked(true)}>
          {deleting.action}
        </Button>
      )}
      <Link href={`/backtest/optimiser?strategy=${of.key}`}>{words.optimise}</Link>
      <Link href={`/backtest?strategy=${of.key}`} className={css['primary']}>
        {words.runThis}
      </Link>
      {isAsked && (
        <Ask
          title={deleting.ask(of.title)}
          text={words.deleteHint}
          action={deleting.action}
          work={remove}
          onClose={() => setAsked(false)}
        />
      )}
    </span>
  );
}
