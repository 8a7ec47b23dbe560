import { describe, expect, test } from 'vitest';
import type { Strategy } from '../kinds';
import { olderVersion } from './olderVersion';
import { dig } from './settings';
import { beginWith, bodyOf, check, defaultsOf, overridesIn, sentSettings, settingsOf } from './values';

const strategy: Strategy = {
  key: 'rsi',
  id: null,
  name: 'rsi',
  title: 'RSI',
  meaning: '',
  definition: '',
  isOwn: false,
  version: null,
  directions: ['long'],
  parameters: [
    {
      name: 'period',
      title: 'Period',
      kind: 'whole',
      default: 14,
      minimum: 2,
      maximum: 100,
      step: 1,
      choices: [],
      aliases: [],
    },
  ],
  warmUpBars: 15,
  formulas: null,
  note: null,
  createdAt: null,
  changedAt: null,
};

const defaults = defaultsOf([
  { name: 'direction', default: 'long' },
  { name: 'takerFee', default: 0.001 },
  { name: 'makerFee', default: -0.0001 },
  { name: 'spread', default: 0 },
  { name: 'slippage.model', default: 'none' },
  { name: 'slippage.value', default: 0 },
  { name: 'participationCap', default: null },
  { name: 'sizing.model', default: 'all' },
  { name: 'sizing.value', default: 1 },
  { name: 'leverage', default: 1 },
  { name: 'maintenanceMargin', default: 0 },
  { name: 'stop', default: null },
  { name: 'coolDownBars', default: 0 },
  { name: 'stopGuard.stops', default: null },
  { name: 'lot', default: 1e-8 },
  { name: 'tick', default: 0 },
  { name: 'minNotional', default: 0 },
  { name: 'intrabar', default: true },
  { name: 'closeAtEnd', default: false },
  { name: 'riskFreeRate', default: 0 },
]);

const words = {
  required: 'required',
  positive: 'positive',
  number: 'number',
  share: 'share',
  count: 'count',
  symbols: 'symbols',
  days: 'days',
  between: (low: string, high: string) => `${low}-${high}`,
};

const begun = beginWith(strategy, defaults, 'BTC/USDT');
const faults = (change: { [field: string]: string }) =>
  Object.entries(check({ ...begun, ...change }, strategy.parameters, words)).filter(([, fault]) => fault);

describe('the form of a backtest', () => {
  test('begins with what the server assumes, and nothing is wrong with that', () => {
    expect(begun).toMatchObject({
      'parameters.period': '14',
      'settings.takerFee': '0.1',
      'settings.makerFee': '-0.01',
      'settings.lot': '0.00000001',
      'settings.stop': '',
      'settings.intrabar': 'yes',
    });
    expect(faults({})).toEqual([]);
  });

  test('sends shares as fractions, leaves out what does not apply, and says null for what is empty', () => {
    const sent = sentSettings({ ...begun, 'settings.stop': '2,5' });
    expect(sent).toMatchObject({ takerFee: 0.001, stop: 0.025, participationCap: null, intrabar: true });
    expect(sent['slippage']).toEqual({ model: 'none' });
    expect(sent).not.toHaveProperty('stopGuard');
    expect(settingsOf(sent)['settings.stop']).toBe('2.5');
  });

  test('asks for a period, or for days of which the last is included', () => {
    expect(bodyOf(begun, strategy.parameters)).toMatchObject({
      strategyName: 'rsi',
      symbols: ['BTC/USDT'],
      period: '1y',
      parameters: { period: 14 },
      initialCapital: 10_000,
    });
    const between = bodyOf(
      { ...begun, period: 'between', from: '2026-01-01', to: '2026-01-31' },
      strategy.parameters,
    );
    expect(between).toMatchObject({ from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00.000Z' });
    expect(between).not.toHaveProperty('period');
  });

  test('asks for the very time of a run before, until another is chosen', () => {
    const [sameFrom, sameTo] = ['2026-01-03T07:00:00Z', '2026-02-01T15:00:00Z'];
    const same = { ...begun, period: 'same', sameFrom, sameTo };
    expect(check(same, strategy.parameters, words)).toEqual(check(begun, strategy.parameters, words));
    const body = bodyOf(same, strategy.parameters);
    expect(body).toMatchObject({ from: sameFrom, to: sameTo });
    expect(body).not.toHaveProperty('period');
    expect(bodyOf({ ...same, period: '90d' }, strategy.parameters)).not.toHaveProperty('from');
  });

  test('runs an older version of a strategy as that version, with the parameters it had', () => {
    const newest = { ...strategy, key: 'own:12', id: 12, isOwn: true, version: 5 };
    const older = olderVersion(newest, {
      version: 3,
      title: 'Dips',
      note: '',
      formulas: { entry: 'RSI(len) < 30' },
      parameters: [{ name: 'len', default: 14, minimum: 2, maximum: 52 }],
      createdAt: '2026-01-01T00:00:00Z',
    });
    expect(older.parameters).toMatchObject([{ name: 'len', kind: 'whole', step: 5 }]);
    const sent = bodyOf(beginWith(older, defaults, 'BTC/USDT'), older.parameters);
    expect(sent).toMatchObject({ strategyName: 'own:12', strategyVersion: 3, parameters: { len: 14 } });
    expect(bodyOf(begun, strategy.parameters)).not.toHaveProperty('strategyVersion');
  });

  test.each([
    [{ 'parameters.period': '14.5' }, 'parameters.period', '2-100'],
    [{ symbols: '' }, 'symbols', 'symbols'],
    [{ initialCapital: '0' }, 'initialCapital', 'positive'],
    [{ 'settings.takerFee': '' }, 'settings.takerFee', 'required'],
    [{ 'settings.stop': '100' }, 'settings.stop', 'share'],
    [{ 'settings.coolDownBars': '1.5' }, 'settings.coolDownBars', 'count'],
    [{ period: 'between', from: '' }, 'from', 'required'],
  ] as const)('finds %j wrong', (change, field, fault) => {
    expect(faults(change)).toEqual([[field, fault]]);
  });

  test('takes parameters from an address, and no nonsense', () => {
    expect(overridesIn(new URLSearchParams('p.period=9&p.x=y&of=BT-1'))).toEqual({
      'parameters.period': '9',
    });
  });
});

test('a value inside another is found by its dotted name', () => {
  expect(dig(defaults, 'slippage.model')).toBe('none');
  expect(dig(defaults, 'slippage.model.more')).toBeUndefined();
  expect(dig(null, 'a')).toBeUndefined();
});
