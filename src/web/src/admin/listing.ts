export interface Listing {
  readonly search: string;
  readonly role: '' | 'user' | 'provider' | 'admin';
  readonly plan: '' | 'free' | 'pro' | 'premium';
  readonly status: '' | 'active' | 'unconfirmed' | 'locked';
  readonly cursor: string;
}

const words = {
  role: ['user', 'provider', 'admin'],
  plan: ['free', 'pro', 'premium'],
  status: ['active', 'unconfirmed', 'locked'],
} as const;

const oneOf = <Word extends string>(text: string | null, known: readonly Word[]): Word | '' =>
  known.find((word) => word === text) ?? '';

/** What the address asks for; what it says wrongly is left out. */
export function readListing(address: string): Listing {
  const query = new URLSearchParams(address);
  return {
    search: (query.get('search') ?? '').slice(0, 100),
    role: oneOf(query.get('role'), words.role),
    plan: oneOf(query.get('plan'), words.plan),
    status: oneOf(query.get('status'), words.status),
    cursor: query.get('cursor') ?? '',
  };
}

/** The same as an address; what is not asked for is not in it. */
export function writeListing(listing: Listing): string {
  const said = Object.entries(listing).filter(([, value]) => value !== '');
  return said.length === 0 ? '' : `?${new URLSearchParams(said)}`;
}

/** The query of the API. */
export const asQuery = (listing: Listing) => ({
  limit: 50,
  ...(listing.search === '' ? {} : { search: listing.search }),
  ...(listing.role === '' ? {} : { role: listing.role }),
  ...(listing.plan === '' ? {} : { plan: listing.plan }),
  ...(listing.status === '' ? {} : { status: listing.status }),
  ...(listing.cursor === '' ? {} : { cursor: listing.cursor }),
});
