import { describe, expect, test } from 'vitest';
import { english } from '../../i18n/english';
import { explain } from './explain';

const backtests = {
  entitlement: 'backtest.run',
  title: 'Backtests',
  allowed: false,
  plan: 'free',
  limit: 0,
  measure: 'daily',
  unit: 'backtests',
  used: 0,
  resetsAt: null,
  only: null,
  whatToDo: null,
  opensWith: 'premium',
} as const;

describe('why something is locked', () => {
  test('names the plan and the one that opens it', () => {
    expect(explain(backtests, english.accounts, String)).toBe(
      'Free does not include Backtests. It opens with Premium.',
    );
  });

  test('says when a used-up limit starts anew', () => {
    const used = { ...backtests, limit: 20, used: 20, resetsAt: 'at midnight', opensWith: null };
    expect(explain(used, english.accounts, String)).toBe(
      'Your plan’s limit for Backtests is 20, and it is used up. It starts anew at midnight.',
    );
  });
});
