import { expect, test } from 'vitest';
import { stepsOf } from './steps';

test('each step says how long after the one before it came', () => {
  const steps = stepsOf({
    exchangeAt: '2026-11-21T12:00:00.000Z',
    receivedAt: '2026-11-21T12:00:00.041Z',
    evaluatedAt: '2026-11-21T12:00:00.042Z',
    committedAt: '2026-11-21T12:00:00.049Z',
    sentAt: null,
    acceptedAt: null,
    acceptedBy: null,
    latencyMs: null,
  });
  expect(steps.map((step) => step.after)).toEqual([null, 41, 1, 7, null, null]);
  expect(steps.at(-1)?.at).toBeNull();
});
