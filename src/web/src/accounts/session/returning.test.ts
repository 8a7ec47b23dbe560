import { describe, expect, test } from 'vitest';
import { safeReturn, signInPath } from './returning';

describe('the way back after signing in', () => {
  test('leads to the page it began on', () => {
    expect(signInPath('/profile/security', '?a=1')).toBe('/login?next=%2Fprofile%2Fsecurity%3Fa%3D1');
    expect(safeReturn('?next=%2Fprofile%2Fsecurity%3Fa%3D1')).toBe('/profile/security?a=1');
  });

  test.each([
    '',
    '?next=https://evil.example',
    '?next=//evil.example',
    '?next=/\\evil.example',
    '?next=/\t/evil.example',
    '?next=/login',
  ])('never leaves the app: %j', (search) => {
    expect(safeReturn(search)).toBe('/dashboard');
  });

  test('does not lead back to the sign-in page', () => {
    expect(signInPath('/login', '')).toBe('/login');
  });
});
