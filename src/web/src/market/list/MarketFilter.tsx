import { Search, Star } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
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
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onOpenFirst();
    if (event.key === 'Escape' && listing.query !== '') {
      event.preventDefault();
      onChange({ ...listing, query: '' });
    }
  };
  return (
    <div className={css['filter']}>
      <div className={css['search']}>
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          data-search
          aria-label={texts.search}
          aria-keyshortcuts="/"
          placeholder={texts.search}
          autoComplete="off"
          spellCheck={false}
          value={listing.query}
          onKeyDown={press}
          onChange={(event) => onChange({ ...listing, query: event.target.value })}
        />
        <span aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </div>
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
