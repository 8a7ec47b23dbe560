import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { QrPicture } from '../../accounts/security/QrPicture';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import { Copy } from '../../parts/form/Copy';
import { Panel } from '../../parts/Panel';
import { TestResult } from '../channels/TestResult';
import { type Channel, saveWishes, useKeepChannel } from '../channels/useChannelList';
import { useTest } from '../channels/useTest';
import css from './Phone.module.css';

const ntfyHome = 'https://ntfy.sh';
const topicKey = ['notifications', 'ntfy'] as const;

/** The way to pushes on a phone, step by step; out of the way once it is gone. */
export function PhonePanel({ channel, email }: { readonly channel: Channel; readonly email: string }) {
  const { phone: words } = useTexts().notices;
  const [isOpen, setOpen] = useState(!channel.enabled);
  return (
    <Panel
      title={channel.enabled ? words.ready : words.title}
      action={
        <Button kind="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.hide : words.show}
        </Button>
      }
    >
      {isOpen && <Steps channel={channel} email={email} />}
    </Panel>
  );
}

function Steps({ channel, email }: { readonly channel: Channel; readonly email: string }) {
  const { phone: words } = useTexts().notices;
  const { data: topic } = useQuery({
    // Another server, another address.
    queryKey: [...topicKey, channel.address],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/ntfy', { signal })),
  });
  return (
    <ol className={css['steps']}>
      <Step title={words.verify}>
        <p>{words.verified(email)}</p>
      </Step>
      <Step title={words.install}>
        <p>
          {words.installHint}{' '}
          <a href={ntfyHome} target="_blank" rel="noreferrer">
            {words.installLink}
          </a>
        </p>
      </Step>
      <Step title={words.topic}>
        <p>{words.topicHint}</p>
        <Topic topic={topic} />
      </Step>
      <Step title={words.subscribe}>
        <p>
          {words.subscribeHint}
          {topic && topic.server !== ntfyHome && ` ${words.subscribeServer(topic.server)}`}
        </p>
        <div className={css['scan']}>
          {topic ? <QrPicture svg={topic.qr} label={words.qr} /> : <span className={css['noCode']} />}
          {topic && (
            <div className={css['links']}>
              <a href={topic.appUrl}>{words.open}</a>
              <a href={topic.url} target="_blank" rel="noreferrer">
                {words.openWeb}
              </a>
            </div>
          )}
        </div>
      </Step>
      <Step title={words.test}>
        <p>{words.testHint}</p>
        <TestStep channel={channel} />
      </Step>
    </ol>
  );
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className={css['step']}>
      <h3 className={css['title']}>{title}</h3>
      {children}
    </li>
  );
}

function Topic({ topic }: { readonly topic: Schemas['NtfyView'] | undefined }) {
  const { phone: words } = useTexts().notices;
  const cache = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const renew = async () => {
    await unwrap(api.POST('/api/v1/notifications/ntfy/renew'));
    await cache.invalidateQueries({ queryKey: topicKey });
  };
  return (
    <div className={css['topic']}>
      <code className={css['name']}>{topic?.topic ?? '…'}</code>
      {topic && <Copy text={topic.topic} />}
      <Button kind="link" onClick={() => setAsking(true)}>
        {words.renew}
      </Button>
      {isAsking && (
        <Ask
          title={words.renewTitle}
          text={words.renewText}
          action={words.renew}
          work={renew}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

/** Whoever tests it for the first time wants it on. */
function TestStep({ channel }: { readonly channel: Channel }) {
  const { phone: words, channel: says, channels } = useTexts().notices;
  const keep = useKeepChannel();
  const test = useTest('NTFY', async () => {
    if (!channel.enabled) keep(await saveWishes(channel, { enabled: true }));
  });
  return (
    <div className={css['test']}>
      <Button
        kind={channel.enabled ? 'plain' : 'primary'}
        aria-label={channel.enabled ? says.testOf(channels.NTFY.name) : undefined}
        onClick={test.send}
      >
        {channel.enabled ? says.test : words.testOn}
      </Button>
      <TestResult of={test.state} />
    </div>
  );
}
