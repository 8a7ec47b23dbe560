import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { Failure } from '../../parts/Failure';
import { Dialog } from '../../parts/form/Dialog';
import formCss from '../../parts/form/Form.module.css';
import { Instant } from '../../parts/Instant';
import { Skeleton } from '../../parts/Skeleton';
import type { ChannelKind } from '../channels/useChannelList';
import css from './Log.module.css';
import { type Delivery, deliveriesKey, toneOfStatus } from './useDeliveries';

/** One delivery from beginning to end: when, how often, why not; and another try where it was given up. */
export function StoryDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const texts = useTexts();
  const { log: words } = texts.notices;
  const cache = useQueryClient();
  const key = [...deliveriesKey, 'one', id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/notifications/deliveries/{id}', { params: { path: { id } }, signal })),
    refetchInterval: 2_000,
  });
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const retry = async () => {
    setProblem(null);
    try {
      await unwrap(api.POST('/api/v1/notifications/deliveries/{id}/retry', { params: { path: { id } } }));
      setSaid(words.retried);
    } catch (error) {
      setProblem(explainError(error, texts));
    }
    await cache.invalidateQueries({ queryKey: deliveriesKey });
  };
  const story = query.data;
  return (
    <Dialog title={story?.delivery.title ?? (story ? words.withheld : words.title)} onClose={onClose}>
      {story === undefined && query.error && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {story === undefined && !query.error && <Skeleton width={220} />}
      {story && (
        <>
          <Facts delivery={story.delivery} />
          <h3 className={css['heading']}>{words.attempts}</h3>
          <Attempts attempts={story.attempts} />
        </>
      )}
      <div role="alert" className={formCss['alert']}>
        {problem && <p className={formCss['problem']}>{problem}</p>}
      </div>
      <div className={`${formCss['actions']} ${formCss['end']}`}>
        <span role="status">{said}</span>
        {story?.delivery.status === 'dead' && (
          <Button kind="primary" onClick={() => void retry()}>
            {words.retry}
          </Button>
        )}
        <Button onClick={onClose}>{texts.accounts.form.close}</Button>
      </div>
    </Dialog>
  );
}

function Facts({ delivery }: { readonly delivery: Delivery }) {
  const { log: words, channels } = useTexts().notices;
  const format = useFormat();
  const other = delivery.standsInFor as ChannelKind | null;
  return (
    <dl className={css['facts']}>
      <Fact name={words.channel}>
        {channels[delivery.channel].name}
        {other !== null && ` · ${words.standsIn(channels[other].name)}`}
      </Fact>
      <Fact name={words.status}>
        <Badge tone={toneOfStatus[delivery.status]}>{words.statuses[delivery.status]}</Badge>
      </Fact>
      {delivery.why !== null && (
        <Fact name={words.why}>
          <span lang="en">{delivery.why}</span>
        </Fact>
      )}
      <Fact name={words.due}>
        <Instant at={delivery.dueAt} />
      </Fact>
      {delivery.acceptedAt !== null && (
        <Fact name={words.accepted}>
          <Instant at={delivery.acceptedAt} />
        </Fact>
      )}
      {delivery.latencyMs !== null && (
        <Fact name={words.latency}>{format.milliseconds(delivery.latencyMs)}</Fact>
      )}
      {delivery.nextAt !== null && (
        <Fact name={words.next}>
          <Instant at={delivery.nextAt} />
        </Fact>
      )}
      <Fact name={words.id}>
        <code title={words.idHint}>{delivery.messageId}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const tones: { readonly [outcome: string]: Tone } = {
  ACCEPTED: 'good',
  LATER: 'quiet',
  FAILED: 'warning',
  REFUSED: 'bad',
};

function Attempts({ attempts }: { readonly attempts: readonly Schemas['AttemptView'][] }) {
  const { log: words } = useTexts().notices;
  const format = useFormat();
  const outcomes: { readonly [outcome: string]: string } = words.outcomes;
  if (attempts.length === 0) return <p className={css['attempts']}>{words.noAttempts}</p>;
  return (
    <ol className={css['attempts']}>
      {attempts.map((attempt) => (
        <li key={`${attempt.number} ${attempt.startedAt}`} className={css['attempt']}>
          <span>
            <Instant at={attempt.startedAt} /> <small>{format.milliseconds(attempt.tookMs)}</small>
          </span>
          <Badge tone={tones[attempt.outcome] ?? 'quiet'}>
            {outcomes[attempt.outcome] ?? attempt.outcome}
          </Badge>
          {attempt.why !== null && <p lang="en">{attempt.why}</p>}
        </li>
      ))}
    </ol>
  );
}
