/** Milliseconds to add to a UTC time so that its UTC fields read as the clock of a zone. */
export type Offset = (utc: number) => number;

const day = 86_400_000;

/** Asks the browser about a zone once a day of data, and for each time only on the days its clocks are changed. */
export function offsetOf(timeZone: string): Offset {
  const clock = new Intl.DateTimeFormat('en-US', {
    ...(timeZone === 'system' ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const byDay = new Map<number, number>();
  const ask = (utc: number): number => {
    const fields: { [type: string]: number } = {};
    for (const { type, value } of clock.formatToParts(utc)) fields[type] = Number(value);
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = fields;
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(utc / 1_000) * 1_000;
  };
  const atStartOf = (number: number): number => {
    const known = byDay.get(number);
    if (known !== undefined) return known;
    const asked = ask(number * day);
    byDay.set(number, asked);
    return asked;
  };
  return (utc) => {
    const number = Math.floor(utc / day);
    const offset = atStartOf(number);
    return offset === atStartOf(number + 1) ? offset : ask(utc);
  };
}

/** How much a moment stands out on a time axis: a year more than a month, an hour more than a minute. */
export function weigh(local: number, before: number): number {
  const [now, then] = [new Date(local), new Date(before)];
  if (now.getUTCFullYear() !== then.getUTCFullYear()) return 70;
  if (now.getUTCMonth() !== then.getUTCMonth()) return 60;
  if (now.getUTCDate() !== then.getUTCDate()) return 50;
  for (const [length, weight] of spans)
    if (Math.floor(local / length) !== Math.floor(before / length)) return weight;
  return 0;
}

const minute = 60_000;
const hour = 3_600_000;

const spans = [
  [12 * hour, 33],
  [6 * hour, 32],
  [3 * hour, 31],
  [hour, 30],
  [30 * minute, 22],
  [5 * minute, 21],
  [minute, 20],
  [1_000, 10],
] as const;
