import { describe, expect, test } from 'vitest';
import { findCommands } from './match';

const commands = [
  { title: 'Status', keywords: 'health uptime' },
  { title: 'Use the dark theme', keywords: 'appearance' },
  { title: 'Use the light theme', keywords: 'appearance' },
  { title: 'Aufträge' },
];
const titles = (query: string) => findCommands(commands, query).map((command) => command.title);

describe('the palette finds', () => {
  test('everything, in its order, before anything is typed', () => {
    expect(titles('  ')).toEqual(commands.map((command) => command.title));
  });

  test('by any words of the title, in any order', () => {
    expect(titles('theme dark')).toEqual(['Use the dark theme']);
  });

  test('by a keyword that is not in the title', () => {
    expect(titles('upt')).toEqual(['Status']);
  });

  test('the better fit first', () => {
    expect(titles('t')[0]).toBe('Use the dark theme');
    expect(titles('st')[0]).toBe('Status');
  });

  test('the one whose short name was typed before all others', () => {
    const indicators = [{ title: 'RSI of Connors' }, { title: 'Relative strength index', code: 'RSI' }];
    expect(findCommands(indicators, 'rsi')[0]?.title).toBe('Relative strength index');
  });

  test('without accents', () => {
    expect(titles('auftrage')).toEqual(['Aufträge']);
  });

  test('nothing when one word fits nowhere', () => {
    expect(titles('dark side')).toEqual([]);
  });
});
