import { describe, expect, test } from 'vitest';
import { csrfToken } from './csrf';

describe('the token against forged requests', () => {
  test('is read from its cookie, with and without HTTPS', () => {
    expect(csrfToken('a=1; tidemark-csrf=abc; b=2')).toBe('abc');
    expect(csrfToken('__Host-tidemark-csrf=def')).toBe('def');
  });

  test.each(['', 'tidemark-csrf=', 'other-tidemark-csrf=abc'])('is none in %j', (cookies) => {
    expect(csrfToken(cookies)).toBeNull();
  });
});
