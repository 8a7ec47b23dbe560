import { describe, expect, test } from 'vitest';
import { english } from '../i18n/english';
import { codeFault, emailFault, isNetwork, passwordFault, readLines, readNumber } from './checks';

const texts = english.accounts;

describe('a password', () => {
  test.each([
    ['Short7', texts.password.tooShort],
    ['alllowercase', texts.password.tooPlain],
    ['a long sentence of words', undefined],
    ['Correct-horse-7', undefined],
    ['x'.repeat(129), texts.password.tooLong],
  ])('like %j is told what it lacks', (password, fault) => {
    expect(passwordFault(password, texts)).toBe(fault);
  });
});

describe('fields', () => {
  test('an address has two sides', () => {
    expect(emailFault('', texts)).toBe(texts.form.required);
    expect(emailFault('ann', texts)).toBe(texts.form.email);
    expect(emailFault(' ann@example.com ', texts)).toBeUndefined();
  });

  test('a code may be typed with a gap', () => {
    expect(codeFault('123 456', texts)).toBeUndefined();
    expect(codeFault('12345', texts)).toBe(texts.form.sixDigits);
  });

  test('a number may be typed with a comma', () => {
    expect(readNumber('1,5')).toBe(1.5);
    expect(readNumber('1e5')).toBeNaN();
    expect(readNumber('')).toBeNaN();
  });
});

describe('networks', () => {
  test('are read one a line', () => {
    expect(readLines(' 203.0.113.0/24\n\n2001:db8::/48, 198.51.100.7')).toEqual([
      '203.0.113.0/24',
      '2001:db8::/48',
      '198.51.100.7',
    ]);
  });

  test.each(['203.0.113.0/24', '198.51.100.7', '2001:db8::/48', '::ffff:198.51.100.7'])(
    '%s is one',
    (text) => {
      expect(isNetwork(text)).toBe(true);
    },
  );

  test.each(['203.0.113.0/33', '300.1.1.1', 'example.com', '10.0.0.0/8/8', '2001:db8::/129'])(
    '%s is none',
    (text) => {
      expect(isNetwork(text)).toBe(false);
    },
  );
});
