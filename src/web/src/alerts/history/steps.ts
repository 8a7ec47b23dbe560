import type { Schemas } from '../../api/client';

const names = ['exchangeAt', 'receivedAt', 'evaluatedAt', 'committedAt', 'sentAt', 'acceptedAt'] as const;

export interface Step {
  readonly name: (typeof names)[number];
  readonly at: string | null;
  /** Milliseconds since the step before; null for the first, and where one of them is missing. */
  readonly after: number | null;
}

/** The way of a trigger, step by step. */
export function stepsOf(stamps: Schemas['Stamps']): readonly Step[] {
  let before: string | null = null;
  return names.map((name) => {
    const at = stamps[name];
    const after = at !== null && before !== null ? Date.parse(at) - Date.parse(before) : null;
    before = at;
    return { name, at, after };
  });
}
