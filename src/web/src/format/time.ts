import type { Clock } from '../preferences/preferences';

export interface TimeStyle {
  readonly locale: string;
  readonly timeZone: string;
  readonly clock: Clock;
}

/** A length of time in its two largest units: "3 d 4 h", "12 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  let rest = whole;
  for (const [unit, size] of durationUnits) {
    const count = Math.floor(rest / size);
    if (count > 0 || parts.length > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
    if (parts.length === 2) break;
  }
  const [first, second] = parts;
  if (!first) return '0 s';
  return second && !second.startsWith('0 ') ? `${first} ${second}` : first;
}

const durationUnits = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The largest unit alone, for something that ticks: "12 s", "3 min", "5 h". */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  for (const [unit, size] of durationUnits) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return '0 s';
}

/** The user's own zone and clock, to the second. */
export function formatInstant(at: Date, style: TimeStyle): string {
  return new Intl.DateTimeFormat(style.locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...zone(style.timeZone),
    ...hours(style.clock),
  }).format(at);
}

export function formatTimeOfDay(at: Date, style: TimeStyle): string {
  return new Intl.DateTimeFormat(style.locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...zone(style.timeZone),
    ...hours(style.clock),
  }).format(at);
}

/** For the hover: the same instant for every reader on earth. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const zone = (timeZone: string) => (timeZone === 'system' ? {} : { timeZone });
const hours = (clock: Clock) => (clock === 'system' ? {} : { hourCycle: clock });
