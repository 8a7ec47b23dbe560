import { Star } from 'lucide-react';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { SearchBox } from '../../parts/SearchBox';
import { putFavouritesFirst, useFavourites } from '../favourites';
import type { Listing } from './listing';
import css from './MarketFilter.module.css';

interface MarketFilterProps {
  readonly listing: Listing;
  readonly onChange: (listing: Listing) => void;
  readonly onOpenFirst: () => void;
}

export function MarketFilter({ listing, onChange, onOpenFirst }: MarketFilterProps) {
  const { markets: texts } = useTexts();
  const { areFirst } = useFavourites();
  return (
    <div className={css['filter']}>
      <SearchBox
        className={css['search']}
        label={texts.search}
        value={listing.query}
        onChange={(query) => onChange({ ...listing, query })}
        onEnter={onOpenFirst}
      />
      <Button className={css['first']} aria-pressed={areFirst} onClick={() => putFavouritesFirst(!areFirst)}>
        <Star size={14} aria-hidden="true" fill={areFirst ? 'currentColor' : 'none'} />
        {texts.favouritesFirst}
      </Button>
      <p className={css['keys']} aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> {texts.keyMove} <kbd>↵</kbd> {texts.keyChart} <kbd>f</kbd>{' '}
        {texts.keyFavourite}
      </p>
    </div>
  );
}
