import type { Messages } from '../i18n/english';
import { codeOf, patternKinds } from '../patterns/kinds';
import { groupOf, type NewAlert } from './kinds';

export interface Numbers {
  readonly price: (value: number) => string;
  readonly figure: (value: number) => string;
  readonly share: (ratio: number) => string;
  readonly count: (value: number) => string;
}

export type Said = Pick<
  NewAlert,
  | 'condition'
  | 'threshold'
  | 'metadata'
  | 'timeframe'
  | 'formula'
  | 'windowMinutes'
  | 'patternKind'
  | 'direction'
  | 'signalClass'
>;

/** What an alert waits for, in a line of the reader's language; the symbol stands beside it. */
export function describe(alert: Said, { alerts: texts, eye }: Messages, format: Numbers): string {
  const { say } = texts;
  const how = texts.conditions[alert.condition];
  const timeframe = alert.timeframe ?? '1h';
  const threshold = alert.threshold ?? alert.metadata?.value ?? 0;
  const way = alert.direction
    ? `${eye.directions[alert.direction === 'BULLISH' ? 'bullish' : 'bearish']} `
    : '';
  const on = alert.timeframe ? say.on(alert.timeframe) : '';
  switch (groupOf(alert.condition)) {
    case 'price':
      return say.price(how, format.price(threshold));
    case 'percent':
      return say.percent(
        how,
        format.share(threshold / 100),
        windowText(alert.windowMinutes ?? 1, texts, format),
      );
    case 'volume':
      return say.volume(format.figure(threshold), timeframe);
    case 'indicator':
      return say.indicator(
        alert.metadata?.indicator ?? '',
        how,
        format.figure(alert.metadata?.value ?? threshold),
        timeframe,
      );
    case 'formula':
      return say.formula(alert.formula ?? '', timeframe);
    case 'pattern':
      return say.pattern(way, kindText(alert.patternKind, texts, eye), on);
    case 'signal':
      return say.signal(way, alert.signalClass ? say.grade(gradeText(alert.signalClass, eye)) : '', on);
  }
}

export function windowText(
  minutes: number,
  { form }: Messages['alerts'],
  format: Pick<Numbers, 'count'>,
): string {
  if (minutes % 1_440 === 0) return form.days(format.count(minutes / 1_440));
  return minutes % 60 === 0 ? form.hours(format.count(minutes / 60)) : form.minutes(format.count(minutes));
}

function kindText(code: string | null | undefined, texts: Messages['alerts'], eye: Messages['eye']): string {
  const kind = patternKinds.find((one) => codeOf[one] === code);
  return kind === undefined ? texts.say.anyPattern : eye.kinds[kind];
}

function gradeText(grade: string, eye: Messages['eye']): string {
  const grades: { readonly [grade: string]: string } = eye.classes;
  return grades[grade] ?? grade;
}
