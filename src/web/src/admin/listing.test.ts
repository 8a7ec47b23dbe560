import { describe, expect, test } from 'vitest';
import { asQuery, readListing, writeListing } from './listing';

describe('the list of users in the address', () => {
  test('comes back as it was written', () => {
    const listing = { search: 'ann', role: 'admin', plan: '', status: 'locked', cursor: 'c1' } as const;
    expect(writeListing(listing)).toBe('?search=ann&role=admin&status=locked&cursor=c1');
    expect(readListing(writeListing(listing))).toEqual(listing);
  });

  test('leaves out what it does not know', () => {
    expect(readListing('?role=king&plan=pro')).toEqual({
      search: '',
      role: '',
      plan: 'pro',
      status: '',
      cursor: '',
    });
    expect(asQuery(readListing('?role=king&plan=pro'))).toEqual({ limit: 50, plan: 'pro' });
  });
});
