/** A setting of a run: how it is typed, and what it becomes. */
export interface Setting {
  /** With dots where it is inside another. */
  readonly name: string;
  /** Shares are typed in percent. */
  readonly kind: 'share' | 'count' | 'figure' | 'flag' | 'choice';
  readonly choices?: readonly string[];
  /** May be below nought, as what is paid back is. */
  readonly isSigned?: true;
  /** Left empty it does not apply. */
  readonly isOptional?: true;
  /** Only where another setting has one of these values. */
  readonly when?: readonly [name: string, values: readonly string[]];
}

/** In the order and the groups of the form. */
export const settingGroups = {
  costs: [
    { name: 'takerFee', kind: 'share' },
    { name: 'makerFee', kind: 'share', isSigned: true },
    { name: 'spread', kind: 'share' },
    { name: 'slippage.model', kind: 'choice', choices: ['none', 'fixed', 'volatility', 'volumeShare'] },
    {
      name: 'slippage.value',
      kind: 'figure',
      when: ['slippage.model', ['fixed', 'volatility', 'volumeShare']],
    },
    { name: 'participationCap', kind: 'share', isOptional: true },
  ],
  sizing: [
    { name: 'direction', kind: 'choice', choices: ['long', 'short', 'both'] },
    {
      name: 'sizing.model',
      kind: 'choice',
      choices: ['all', 'fixed', 'quantity', 'percent', 'risk', 'kelly'],
    },
    {
      name: 'sizing.value',
      kind: 'figure',
      when: ['sizing.model', ['fixed', 'quantity', 'percent', 'risk', 'kelly']],
    },
    { name: 'leverage', kind: 'figure' },
    { name: 'maintenanceMargin', kind: 'share' },
  ],
  stops: [
    { name: 'stop', kind: 'share', isOptional: true },
    { name: 'target', kind: 'share', isOptional: true },
    { name: 'trailing', kind: 'share', isOptional: true },
    { name: 'intrabar', kind: 'flag' },
  ],
  protections: [
    { name: 'coolDownBars', kind: 'count' },
    { name: 'stopGuard.stops', kind: 'count', isOptional: true },
    { name: 'stopGuard.withinBars', kind: 'count', isOptional: true },
    { name: 'stopGuard.pauseBars', kind: 'count', isOptional: true },
    { name: 'maxDrawdown', kind: 'share', isOptional: true },
  ],
  exchange: [
    { name: 'lot', kind: 'figure' },
    { name: 'tick', kind: 'figure' },
    { name: 'minNotional', kind: 'figure' },
    { name: 'closeAtEnd', kind: 'flag' },
    { name: 'riskFreeRate', kind: 'share', isSigned: true },
  ],
} as const satisfies { readonly [group: string]: readonly Setting[] };

export type SettingGroup = keyof typeof settingGroups;
export const groups = Object.keys(settingGroups) as readonly SettingGroup[];

export type SettingName = (typeof settingGroups)[SettingGroup][number]['name'];

export const allSettings: readonly (Setting & { readonly name: SettingName })[] = groups.flatMap(
  (group): readonly (Setting & { readonly name: SettingName })[] => settingGroups[group],
);

/** A value inside an object, by its dotted name. */
export function dig(from: unknown, name: string): unknown {
  let found: unknown = from;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as { readonly [key: string]: unknown })[part];
  }
  return found;
}

/** A setting as the form shows it. */
export function writeSetting({ kind }: Setting, value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return 'yes';
  if (typeof value === 'number') return plain(kind === 'share' ? value * 100 : value);
  return String(value);
}

const digits = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 15 });

/** Without an exponent, however small, and without what is only rounding. */
const plain = (value: number): string => digits.format(Number(value.toPrecision(12)));
