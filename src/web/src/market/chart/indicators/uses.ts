import type { Schemas } from '../../../api/client';

export type Indicator = Schemas['IndicatorInfo'];
export type Parameter = Schemas['ParameterInfo'];

/** The server computes so many at a time. */
export const mostUses = 8;

/** An indicator with its settings, as EMA(50). */
export interface Use {
  readonly name: string;
  readonly values: readonly number[];
}

export const formatUse = ({ name, values }: Use): string =>
  values.length === 0 ? name : `${name}(${values.join(',')})`;

export function parseUse(text: string): Use | null {
  const [, name, inside] = /^\s*([a-z0-9]+)\s*(?:\(([^()]*)\))?\s*$/i.exec(text) ?? [];
  if (name === undefined) return null;
  const values = (inside ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map(Number);
  return values.every(Number.isFinite) ? { name: name.toUpperCase(), values } : null;
}

/** The use with every setting filled in, or null where the catalogue has no such indicator or the settings do not fit. */
export function complete(use: Use, catalogue: readonly Indicator[]): Use | null {
  const indicator = catalogue.find(({ name }) => name === use.name);
  if (indicator === undefined || use.values.length > indicator.parameters.length) return null;
  const values = indicator.parameters.map((parameter, i) => use.values[i] ?? parameter.default);
  const fits = indicator.parameters.every((parameter, i) => isAllowed(parameter, values[i] ?? Number.NaN));
  return fits ? { name: use.name, values } : null;
}

export function isAllowed({ kind, minimum, maximum }: Parameter, value: number): boolean {
  if (!Number.isFinite(value) || value < minimum || value > maximum) return false;
  return kind === 'number' || Number.isInteger(value);
}

/** `fastPeriod` to people: Fast period. */
export function spellOut(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
