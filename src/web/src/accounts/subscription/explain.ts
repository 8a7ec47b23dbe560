import type { Schemas } from '../../api/client';
import type { Messages } from '../../i18n/english';

type Standing = Schemas['Standing'];

export function titleOf(
  entitlement: { readonly entitlement: string; readonly title: string },
  texts: Messages['accounts'],
): string {
  const titles: { readonly [name: string]: string } = texts.subscription.entitlements;
  return titles[entitlement.entitlement] ?? entitlement.title;
}

/** Why somebody may not, and what opens it, in the reader's language. */
export function explain(
  standing: Standing,
  texts: Messages['accounts'],
  when: (at: string) => string,
): string {
  const { subscription, plans } = texts;
  const what = titleOf(standing, texts);
  const why =
    standing.limit === null || standing.limit === 0
      ? subscription.notInPlan(plans[standing.plan], what)
      : subscription.reached(String(standing.limit), what);
  const anew =
    standing.resetsAt !== null && standing.limit !== 0
      ? ` ${subscription.startsAnew(when(standing.resetsAt))}`
      : '';
  const opens = standing.opensWith === null ? '' : ` ${subscription.opensWith(plans[standing.opensWith])}`;
  return `${why}${anew}${opens}`;
}
