import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';
import type { Pattern } from './filter';

const tones: { readonly [status in Pattern['status']]: Tone } = {
  active: 'busy',
  filled: 'quiet',
  invalidated: 'bad',
  completed: 'good',
  expired: 'quiet',
};

/** How far a pattern's life has come, and how much of its zone was traded through. */
export function PatternState({ pattern }: { readonly pattern: Pattern }) {
  const { eye, pages } = useTexts();
  const format = useFormat();
  const { status, touchedAt, fillPercent, endReason } = pattern;
  if (status !== 'active')
    return (
      <span title={endReason ?? undefined}>
        <Badge tone={tones[status]}>{eye.statuses[status]}</Badge>
      </span>
    );
  const text =
    touchedAt === null
      ? pages.patterns.untouched
      : pages.patterns.filled(format.count(Math.round(fillPercent)));
  return <Badge tone={touchedAt === null ? 'busy' : 'quiet'}>{text}</Badge>;
}
