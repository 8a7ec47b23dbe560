import { useState } from 'react';
import { useTexts } from '../../i18n/Texts';
import { Panel } from '../../parts/Panel';
import { AddressDialog } from './AddressDialog';
import { ChannelRow } from './ChannelRow';
import css from './Channels.module.css';
import { FiltersDialog } from './FiltersDialog';
import { MadeSecret } from './MadeSecret';
import type { ChannelKind, ChannelList } from './useChannelList';

type Step =
  | { readonly kind: 'address' | 'filters'; readonly channel: ChannelKind }
  | { readonly kind: 'secret'; readonly secret: string };

interface ChannelsPanelProps {
  readonly list: ChannelList;
  readonly email: string;
}

/** Every way to reach a person: how it stands, what it lets through, and what can be done. */
export function ChannelsPanel({ list, email }: ChannelsPanelProps) {
  const { channel: texts } = useTexts().notices;
  const [step, setStep] = useState<Step | null>(null);
  const close = () => setStep(null);
  const of = (kind: ChannelKind) => list.channels.find((channel) => channel.channel === kind);
  const chosen = step !== null && step.kind !== 'secret' ? of(step.channel) : undefined;
  return (
    <Panel title={texts.title}>
      <ul className={css['channels']}>
        {list.channels.map((channel) => (
          <ChannelRow
            key={channel.channel}
            channel={channel}
            email={email}
            onSetUp={() => setStep({ kind: 'address', channel: channel.channel })}
            onFilters={() => setStep({ kind: 'filters', channel: channel.channel })}
          />
        ))}
      </ul>
      {step?.kind === 'filters' && chosen && (
        <FiltersDialog channel={chosen} zone={list.timeZone} onClose={close} />
      )}
      {step?.kind === 'address' && chosen && (
        <AddressDialog
          channel={chosen}
          onClose={close}
          onMade={(secret) => setStep(secret === null ? null : { kind: 'secret', secret })}
        />
      )}
      {step?.kind === 'secret' && <MadeSecret secret={step.secret} onClose={close} />}
    </Panel>
  );
}
