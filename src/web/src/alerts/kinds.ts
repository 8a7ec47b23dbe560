import type { Schemas } from '../api/client';

export type Alert = Schemas['AlertView'];
export type NewAlert = Schemas['NewAlert'];
export type Condition = Schemas['AlertCondition'];
export type Trigger = Schemas['TriggerView'];
export type AlertStatus = Schemas['AlertStatus'];

/** Conditions by what they look at, in the order of the form. */
export const conditionsOf = {
  price: ['PRICE_ABOVE', 'PRICE_BELOW', 'PRICE_CROSSES_ABOVE', 'PRICE_CROSSES_BELOW', 'PRICE_CROSSES'],
  percent: ['PERCENT_UP', 'PERCENT_DOWN', 'PERCENT_MOVE'],
  volume: ['VOLUME_SPIKE'],
  indicator: ['INDICATOR_ABOVE', 'INDICATOR_BELOW', 'INDICATOR_CROSSES_ABOVE', 'INDICATOR_CROSSES_BELOW'],
  formula: ['FORMULA'],
  pattern: ['PATTERN'],
  signal: ['SIGNAL'],
} as const satisfies { readonly [group: string]: readonly Condition[] };

export type Group = keyof typeof conditionsOf;

export const groups = Object.keys(conditionsOf) as readonly Group[];

export const statuses = [
  'ACTIVE',
  'TRIGGERED',
  'PAUSED',
  'EXPIRED',
] as const satisfies readonly AlertStatus[];

export function groupOf(condition: Condition): Group {
  const group = groups.find((one) => (conditionsOf[one] as readonly Condition[]).includes(condition));
  if (group === undefined) throw new Error(`There is no group of ${condition}.`);
  return group;
}

/** Of `me` there is always one: whose they are the session says. */
export const mine = 'me';

export const alertsKey = ['alerts'] as const;

/** Where the form begins with something filled in. */
export function newAlertPath(known: { readonly [field: string]: string | number | null }): string {
  const params = new URLSearchParams();
  for (const [field, value] of Object.entries(known)) if (value !== null) params.set(field, String(value));
  return `/alerts/new?${params}`;
}
