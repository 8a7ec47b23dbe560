import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { api, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import formCss from '../../parts/form/Form.module.css';
import { Switch } from '../../parts/Switch';
import css from './Channels.module.css';
import { CodeForm } from './CodeForm';
import { iconOf } from './icons';
import { describeFilters, standingOf, toneOf } from './standing';
import { TestResult } from './TestResult';
import { type Channel, channelsKey, saveWishes, useKeepChannel } from './useChannelList';
import { useTest } from './useTest';

interface ChannelRowProps {
  readonly channel: Channel;
  readonly email: string;
  readonly onSetUp: () => void;
  readonly onFilters: () => void;
}

export function ChannelRow({ channel, email, onSetUp, onFilters }: ChannelRowProps) {
  const texts = useTexts();
  const { channel: words, channels } = texts.notices;
  const { name, what } = channels[channel.channel];
  const keep = useKeepChannel();
  const [problem, setProblem] = useState<string | null>(null);
  const test = useTest(channel.channel);
  const cache = useQueryClient();
  const isOver = test.state.step === 'ended';
  // What became of it may have paused the channel.
  useEffect(() => {
    if (isOver) void cache.invalidateQueries({ queryKey: channelsKey });
  }, [isOver, cache]);
  const standing = standingOf(channel);
  const Icon = iconOf[channel.channel];
  const act = async (work: () => Promise<Channel>) => {
    setProblem(null);
    try {
      keep(await work());
    } catch (error) {
      setProblem(explainError(error, texts));
    }
  };
  const isUsable = channel.isOffered && channel.isReady;
  const isKnown = channel.isReady || channel.awaitsCode;
  const where = channel.channel === 'EMAIL' ? email : channel.address;
  return (
    <li className={css['channel']} data-channel={channel.channel} data-standing={standing}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" className={css['icon']} />
      <div className={css['about']}>
        <h3 className={css['name']}>
          {name}
          <Badge tone={toneOf[standing]}>{words[standing]}</Badge>
        </h3>
        <p className={css['what']}>
          {standing === 'notOffered' ? words.notOfferedHint : what}
          {where && <span className={css['where']}>{where}</span>}
        </p>
        {isUsable && standing !== 'always' && (
          <p className={css['what']}>{describeFilters(channel, texts.notices)}</p>
        )}
        {channel.failures > 0 && standing !== 'paused' && (
          <p className={css['failing']}>{words.failures(channel.failures)}</p>
        )}
      </div>
      <div className={css['actions']}>
        {isUsable && (
          <Button aria-label={words.testOf(name)} onClick={test.send}>
            {words.test}
          </Button>
        )}
        {isUsable && standing !== 'always' && (
          <Button aria-label={words.filtersOf(name)} onClick={onFilters}>
            {words.filters}
          </Button>
        )}
        {channel.isOffered && hasAddress(channel) && (
          <Button aria-label={isKnown ? words.changeOf(name) : words.setUpOf(name)} onClick={onSetUp}>
            {isKnown ? words.change : words.setUp}
          </Button>
        )}
        {channel.channel === 'WEBPUSH' && (
          <a href="#browsers" aria-label={words.setUpOf(name)}>
            {words.setUp}
          </a>
        )}
        {isUsable && standing !== 'always' && (
          <Switch
            label={words.turnOn(name)}
            isOn={channel.enabled}
            onChange={(enabled) => void act(() => saveWishes(channel, { enabled }))}
          />
        )}
      </div>
      <div className={css['below']}>
        {standing === 'paused' && <Paused channel={channel} name={name} onResume={act} />}
        {standing === 'awaitsCode' && <CodeForm channel={channel.channel} name={name} />}
        <TestResult of={test.state} />
        <div role="alert" className={formCss['alert']}>
          {problem && <p className={formCss['problem']}>{problem}</p>}
        </div>
      </div>
    </li>
  );
}

/** Mails go to the account, browsers subscribe by themselves. */
const hasAddress = ({ channel }: Channel): boolean => !['EMAIL', 'WEBPUSH', 'IN_APP'].includes(channel);

interface PausedProps {
  readonly channel: Channel;
  readonly name: string;
  readonly onResume: (work: () => Promise<Channel>) => Promise<void>;
}

function Paused({ channel, name, onResume }: PausedProps) {
  const { channel: words } = useTexts().notices;
  const format = useFormat();
  const cache = useQueryClient();
  const resume = async () => {
    const path = { channel: channel.channel };
    const resumed = await unwrap(
      api.POST('/api/v1/notifications/channels/{channel}/resume', { params: { path } }),
    );
    void cache.invalidateQueries({ queryKey: channelsKey });
    return resumed;
  };
  return (
    <div className={css['paused']}>
      <p>
        <strong lang="en">{words.pausedWhy(channel.pausedWhy ?? '')}</strong>{' '}
        {channel.pausedUntil === null
          ? words.pausedOpen
          : words.pausedUntil(format.instant(new Date(channel.pausedUntil)))}{' '}
        {words.meanwhile}
      </p>
      <Button aria-label={words.resumeOf(name)} onClick={() => void onResume(resume)}>
        {words.resume}
      </Button>
    </div>
  );
}
