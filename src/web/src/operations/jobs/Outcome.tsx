import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';

const tones: { readonly [outcome: string]: Tone } = {
  succeeded: 'good',
  failed: 'bad',
  running: 'busy',
  interrupted: 'warning',
};

/** How a run ended; an outcome this version does not know is shown by its own name. */
export function Outcome({ value }: { readonly value: string | null }) {
  const { jobs } = useTexts();
  if (value === null) return <Badge tone="quiet">{jobs.never}</Badge>;
  const words: { readonly [outcome: string]: string } = jobs.outcomes;
  return <Badge tone={tones[value] ?? 'quiet'}>{words[value] ?? value}</Badge>;
}
