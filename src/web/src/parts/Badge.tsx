import { AlertTriangle, Check, CircleDashed, type LucideIcon, Minus, X } from 'lucide-react';
import css from './Badge.module.css';

export type Tone = 'good' | 'warning' | 'bad' | 'quiet' | 'busy';

const icons: { readonly [tone in Tone]: LucideIcon } = {
  good: Check,
  warning: AlertTriangle,
  bad: X,
  quiet: Minus,
  busy: CircleDashed,
};

/** A state in a word, told by icon and word too, never by colour alone. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  const Icon = icons[tone];
  return (
    <span className={`${css['badge']} ${css[tone]}`}>
      <Icon size={12} strokeWidth={2.5} aria-hidden="true" />
      {children}
    </span>
  );
}
