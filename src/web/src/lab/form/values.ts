import { readNumber } from '../../accounts/checks';
import { readSigned } from '../../alerts/form/values';
import { isAllowed } from '../../market/chart/indicators/uses';
import type { Run, Strategy, StrategyParameter } from '../kinds';
import { strategyIn } from './olderVersion';
import { allSettings, dig, type Setting, writeSetting } from './settings';

/** The form as it is typed, under the names the server has for its fields. */
export interface Values {
  readonly [field: string]: string;
}

export const periods = ['30d', '90d', '180d', '1y', '2y', '3y', 'max'] as const;

export const parameterField = (name: string): string => `parameters.${name}`;
export const settingField = (name: string): string => `settings.${name}`;

/** What the form begins with: the strategy's own values and the server's settings. */
export function beginWith(strategy: Strategy | undefined, settings: unknown, symbol: string): Values {
  return {
    strategyName: strategy?.key ?? '',
    symbols: symbol,
    timeframe: '1h',
    period: '1y',
    from: '',
    to: '',
    initialCapital: '10000',
    title: '',
    ...parametersOf(strategy),
    ...settingsOf(settings),
  };
}

/** What the server says of each setting, as an object of them. */
export function defaultsOf(fields: readonly { readonly name: string; readonly default: unknown }[]): object {
  const made: { [name: string]: unknown } = {};
  for (const field of fields) {
    const [outer = '', inner] = field.name.split('.');
    if (inner === undefined) made[outer] = field.default;
    else made[outer] = { ...(made[outer] as object | undefined), [inner]: field.default };
  }
  return made;
}

/** A strategy's parameters at their usual values. */
export const parametersOf = (strategy: Strategy | undefined): Values =>
  Object.fromEntries(
    (strategy?.parameters ?? []).map((one) => [parameterField(one.name), String(one.default)]),
  );

export const settingsOf = (settings: unknown): Values =>
  Object.fromEntries(
    allSettings.map((setting) => [
      settingField(setting.name),
      writeSetting(setting, dig(settings, setting.name)),
    ]),
  );

/** What a run was made of, as the form shows it; its time to the minute, until another is chosen. */
export function valuesOfRun(run: Run): Values {
  return {
    strategyName: run.strategy.key,
    symbols: run.symbols.join(','),
    timeframe: run.timeframe,
    period: 'same',
    sameFrom: run.from,
    sameTo: run.until,
    from: run.from.slice(0, 10),
    to: run.until.slice(0, 10),
    initialCapital: String(run.initialCapital),
    title: '',
    ...Object.fromEntries(
      Object.entries(run.strategy.parameters).map(([name, value]) => [parameterField(name), String(value)]),
    ),
    ...settingsOf(run.settings),
  };
}

/** What an address fills in: p.period=20. */
export function overridesIn(params: URLSearchParams): Values {
  return Object.fromEntries(
    [...params]
      .filter(([name, value]) => name.startsWith('p.') && Number.isFinite(Number(value)))
      .map(([name, value]) => [parameterField(name.slice(2)), value]),
  );
}

export const symbolsIn = (values: Values): string[] => (values['symbols'] ?? '').split(',').filter(Boolean);

function readSetting(setting: Setting, values: Values): unknown {
  const text = (values[settingField(setting.name)] ?? '').trim();
  if (setting.kind === 'flag') return text === 'yes';
  if (setting.kind === 'choice') return text;
  if (text === '') return null;
  // Percents are decimal: 0.1 of them is a thousandth, not 0.0010000000000000002.
  return setting.kind === 'share' ? Number((readSigned(text) / 100).toPrecision(12)) : readSigned(text);
}

/** Whether a setting means anything beside the others. */
export function applies(setting: Setting, values: Values): boolean {
  const { when } = setting;
  return when === undefined || when[1].includes(values[settingField(when[0])] ?? '');
}

/** The settings as the server takes them. */
export function sentSettings(values: Values): { [name: string]: unknown } {
  const sent: { [name: string]: unknown } = {};
  for (const setting of allSettings) {
    if (!applies(setting, values)) continue;
    const value = readSetting(setting, values);
    const [outer = '', inner] = setting.name.split('.');
    if (inner === undefined) sent[outer] = value;
    else if (value !== null) sent[outer] = { ...(sent[outer] as object | undefined), [inner]: value };
  }
  return sent;
}

function timeOf(values: Values): {
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
} {
  const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
  const { period = '1y', from = '', to = '', sameFrom = '', sameTo = '' } = values;
  if (period === 'same') return { from: sameFrom, to: sameTo };
  if (period !== 'between') return { period };
  return { from: `${from}T00:00:00Z`, ...(to === '' ? {} : { to: dayAfter(to) }) };
}

/** A run as the server is asked for it. */
export function bodyOf(values: Values, parameters: readonly StrategyParameter[]) {
  const title = (values['title'] ?? '').trim();
  return {
    ...strategyIn(values['strategyName'] ?? ''),
    symbols: symbolsIn(values),
    timeframe: values['timeframe'] ?? '1h',
    ...timeOf(values),
    parameters: Object.fromEntries(
      parameters.map(({ name }) => [name, readSigned(values[parameterField(name)] ?? '')]),
    ),
    initialCapital: readNumber(values['initialCapital'] ?? ''),
    settings: sentSettings(values),
    ...(title === '' ? {} : { title }),
  };
}

export interface FaultWords {
  readonly required: string;
  readonly positive: string;
  readonly number: string;
  readonly share: string;
  readonly count: string;
  readonly symbols: string;
  readonly days: string;
  readonly between: (low: string, high: string) => string;
}

/** What is wrong with what was typed, by field. */
export function check(
  values: Values,
  parameters: readonly StrategyParameter[],
  words: FaultWords,
  hasPeriod = true,
): { readonly [field: string]: string | undefined } {
  const isBetween = hasPeriod && values['period'] === 'between';
  const [from = '', to = ''] = [values['from'], values['to']];
  return {
    strategyName: values['strategyName'] ? undefined : words.required,
    symbols: symbolsIn(values).length > 0 && symbolsIn(values).length <= 10 ? undefined : words.symbols,
    initialCapital: readNumber(values['initialCapital'] ?? '') > 0 ? undefined : words.positive,
    from: isBetween && from === '' ? words.required : undefined,
    to: isBetween && to !== '' && to < from ? words.days : undefined,
    ...Object.fromEntries(
      parameters.map((parameter) => [
        parameterField(parameter.name),
        parameterFault(parameter, values[parameterField(parameter.name)] ?? '', words),
      ]),
    ),
    ...Object.fromEntries(
      allSettings.map((setting) => [settingField(setting.name), settingFault(setting, values, words)]),
    ),
  };
}

export function parameterFault(
  parameter: StrategyParameter,
  text: string,
  words: FaultWords,
): string | undefined {
  const { minimum, maximum } = parameter;
  return isAllowed({ ...parameter, choices: [...parameter.choices] }, readSigned(text))
    ? undefined
    : words.between(String(minimum), String(maximum));
}

function settingFault(setting: Setting, values: Values, words: FaultWords): string | undefined {
  if (!applies(setting, values) || setting.kind === 'flag' || setting.kind === 'choice') return undefined;
  const text = (values[settingField(setting.name)] ?? '').trim();
  if (text === '') return setting.isOptional ? undefined : words.required;
  const value = setting.isSigned ? readSigned(text) : readNumber(text);
  if (setting.kind === 'count') return Number.isInteger(value) ? undefined : words.count;
  if (!Number.isFinite(value)) return words.number;
  return setting.kind === 'share' && value >= 100 && setting.name !== 'target' ? words.share : undefined;
}
