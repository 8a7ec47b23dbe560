import { useTexts } from '../i18n/Texts';
import { Badge, type Tone } from '../parts/Badge';
import type { Signal, Status } from './filter';

const tones: { readonly [status in Status]: Tone } = {
  open: 'quiet',
  triggered: 'busy',
  target: 'good',
  completed: 'good',
  stopped: 'bad',
  expired: 'quiet',
  cancelled: 'quiet',
};

/** How far a signal has come. */
export function SignalStatus({ signal }: { readonly signal: Signal }) {
  const { eye, pages } = useTexts();
  const { status, targetsHit, targets } = signal;
  const text =
    status === 'target'
      ? pages.signals.targetsHit(String(targetsHit), String(targets.length))
      : eye.signalStatuses[status];
  return <Badge tone={tones[status]}>{text}</Badge>;
}
