import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, ListOrdered, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import formCss from '../../parts/form/Form.module.css';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { iconOf } from './icons';
import css from './Order.module.css';
import { move } from './reorder';
import { type ChannelKind, type ChannelList, channelsKey } from './useChannelList';

/** Which channels stand in for one that fails; each change is kept at once. */
export function OrderPanel({ list }: { readonly list: ChannelList }) {
  const texts = useTexts();
  const { order: words, channels } = texts.notices;
  const cache = useQueryClient();
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const moving = useRef<ChannelKind | null>(null);
  // A row that is moved loses the focus: who moves it by keyboard stays on it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new order is what moves the row.
  useEffect(() => {
    const row = moving.current && box.current?.querySelector(`[data-channel="${moving.current}"]`);
    moving.current = null;
    if (!row) return;
    const used = row.querySelector<HTMLElement>('[data-last-used]:not(:disabled)');
    (used ?? row.querySelector<HTMLElement>('button:not(:disabled)'))?.focus();
  }, [list.fallback]);
  // One after the other: what was chosen last is what is kept.
  const saving = useMutation({
    scope: { id: 'notifications fallback' },
    mutationFn: (fallback: readonly ChannelKind[]) =>
      // It is shown as done at once, so it is to arrive even where the page is left at once.
      unwrap(
        api.PUT('/api/v1/notifications/fallback', { body: { channels: [...fallback] }, keepalive: true }),
      ),
    onError: (error) => {
      setProblem(explainError(error, texts));
      void cache.invalidateQueries({ queryKey: channelsKey });
    },
  });
  const put = (fallback: readonly ChannelKind[], moved: ChannelKind) => {
    setProblem(null);
    cache.setQueryData<ChannelList>(channelsKey, (known) => known && { ...known, fallback: [...fallback] });
    const place = fallback.indexOf(moved) + 1;
    const { name } = channels[moved];
    setSaid(place > 0 ? words.moved(name, place, fallback.length) : words.remove(name));
    moving.current = place > 0 ? moved : null;
    saving.mutate(fallback);
  };
  const others = list.channels.filter(
    ({ channel, isOffered }) => channel !== 'IN_APP' && isOffered && !list.fallback.includes(channel),
  );
  return (
    <Panel title={words.title} note={words.note}>
      <div ref={box}>
        {list.fallback.length === 0 && <Notice icon={ListOrdered} title={words.none} hint={words.noneHint} />}
        <ol aria-label={words.list}>
          {list.fallback.map((channel, place) => (
            <Place
              key={channel}
              channel={channel}
              isReady={list.channels.find((known) => known.channel === channel)?.isReady ?? false}
              isFirst={place === 0}
              isLast={place === list.fallback.length - 1}
              onMove={(by) => put(move(list.fallback, channel, by), channel)}
              onRemove={() =>
                put(
                  list.fallback.filter((known) => known !== channel),
                  channel,
                )
              }
            />
          ))}
        </ol>
        {others.length > 0 && (
          <div className={css['add']}>
            <span>{words.add}</span>
            {others.map(({ channel }) => (
              <Button
                key={channel}
                aria-label={words.addOf(channels[channel].name)}
                onClick={() => put([...list.fallback, channel], channel)}
              >
                <Plus size={14} aria-hidden="true" />
                {channels[channel].name}
              </Button>
            ))}
          </div>
        )}
      </div>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <div role="alert" className={formCss['alert']}>
        {problem && <p className={formCss['problem']}>{problem}</p>}
      </div>
    </Panel>
  );
}

interface PlaceProps {
  readonly channel: ChannelKind;
  readonly isReady: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function Place({ channel, isReady, isFirst, isLast, onMove, onRemove }: PlaceProps) {
  const { order: words, channels } = useTexts().notices;
  const [used, setUsed] = useState<-1 | 1 | null>(null);
  const { name } = channels[channel];
  const Icon = iconOf[channel];
  const go = (by: -1 | 1) => () => {
    setUsed(by);
    onMove(by);
  };
  return (
    <li className={css['place']} data-channel={channel}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" className={css['icon']} />
      <span className={css['name']}>
        {name}
        {!isReady && <span className={css['not']}> {words.notReady}</span>}
      </span>
      <button
        type="button"
        className={css['move']}
        aria-label={words.up(name)}
        disabled={isFirst}
        data-last-used={used === -1 || undefined}
        onClick={go(-1)}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={css['move']}
        aria-label={words.down(name)}
        disabled={isLast}
        data-last-used={used === 1 || undefined}
        onClick={go(1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </button>
      <button type="button" className={css['move']} aria-label={words.remove(name)} onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  );
}
