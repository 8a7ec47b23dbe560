import type { Schemas } from '../../api/client';
import type { Strategy } from '../kinds';
import { toSent, toWritten, type WrittenParameter } from '../parameters';

/** Each part of a strategy that a formula says. */
export const parts = [
  'entry',
  'exit',
  'shortEntry',
  'shortExit',
  'stop',
  'target',
  'shortStop',
  'shortTarget',
  'size',
] as const;
export type Part = (typeof parts)[number];

/** In sight from the beginning; the others are opened. */
export const mainParts: readonly Part[] = ['entry', 'exit'];

export interface Written {
  readonly title: string;
  readonly note: string;
  readonly formulas: { readonly [part in Part]: string };
  readonly parameters: readonly WrittenParameter[];
}

export const begin: Written = {
  title: '',
  note: '',
  formulas: {
    entry: 'RSI(len) < 30',
    exit: 'RSI(len) > 70',
    shortEntry: '',
    shortExit: '',
    stop: '',
    target: '',
    shortStop: '',
    shortTarget: '',
    size: '',
  },
  parameters: [{ name: 'len', default: '14', minimum: '2', maximum: '100' }],
};

export function writtenOf(of: Pick<Strategy, 'title' | 'note' | 'formulas' | 'parameters'>): Written {
  const { formulas } = of;
  return {
    title: of.title,
    note: of.note ?? '',
    formulas: {
      entry: formulas?.entry ?? '',
      exit: formulas?.exit ?? '',
      shortEntry: formulas?.shortEntry ?? '',
      shortExit: formulas?.shortExit ?? '',
      stop: formulas?.stop ?? '',
      target: formulas?.target ?? '',
      shortStop: formulas?.shortStop ?? '',
      shortTarget: formulas?.shortTarget ?? '',
      size: formulas?.size ?? '',
    },
    parameters: of.parameters.map(toWritten),
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** What the server is asked to keep; what is empty is not there. */
export function bodyOf({ title, note, formulas, parameters }: Written): Schemas['NewStrategy'] {
  return {
    title: title.trim(),
    note: orNull(note),
    formulas: {
      entry: orNull(formulas.entry),
      exit: orNull(formulas.exit),
      shortEntry: orNull(formulas.shortEntry),
      shortExit: orNull(formulas.shortExit),
      stop: orNull(formulas.stop),
      target: orNull(formulas.target),
      shortStop: orNull(formulas.shortStop),
      shortTarget: orNull(formulas.shortTarget),
      size: orNull(formulas.size),
    },
    parameters: parameters.map(toSent),
  };
}
