import type { Schemas } from '../../api/client';
import type { Messages } from '../../i18n/english';

/** What a person may choose; what concerns the account or was asked for comes always. */
export const kindsToChoose = [
  'alert',
  'signal',
  'pattern',
  'order',
  'position',
  'portfolio',
  'analysis',
  'broadcast',
] as const satisfies readonly Schemas['NotificationKind'][];

/** Quiet hours have two ends, and they differ. */
export function checkQuiet(
  from: string,
  until: string,
  words: Messages['notices']['filters'],
): { readonly quietFrom?: string; readonly quietUntil?: string } {
  if (from === '' && until !== '') return { quietFrom: words.both };
  if (until === '' && from !== '') return { quietUntil: words.both };
  return from !== '' && from === until ? { quietUntil: words.same } : {};
}
