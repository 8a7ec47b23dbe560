import { useTexts } from '../i18n/Texts';
import { ReliabilityCard } from '../patterns/ReliabilityCard';
import type { Signal } from './filter';

/** How signals like this one went before, and what agreement of its class added. */
export function SignalRecord({ signal }: { readonly signal: Signal }) {
  const { eye } = useTexts();
  const name = signal.class === null ? (signal.strategy ?? '') : eye.classes[signal.class];
  return (
    <ReliabilityCard
      record={signal.record}
      of={eye.reliability.signals(name, eye.origins[signal.origin])}
      agreement={signal.classRecord ?? undefined}
      independent={
        signal.basis.length > 1
          ? { worth: signal.independentConfirmations, timeframes: signal.basis.length }
          : undefined
      }
    />
  );
}
