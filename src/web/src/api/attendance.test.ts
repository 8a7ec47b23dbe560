import { afterEach, expect, test, vi } from 'vitest';
import { watchAttendance } from './attendance';

afterEach(() => {
  vi.useRealTimers();
});

test('a page is attended for a minute after somebody did something, and again when somebody does', () => {
  vi.useFakeTimers();
  const page = new EventTarget();
  const isAttended = watchAttendance(page);
  expect(isAttended()).toBe(true);
  vi.advanceTimersByTime(61_000);
  expect(isAttended()).toBe(false);
  page.dispatchEvent(new Event('keydown'));
  expect(isAttended()).toBe(true);
});
