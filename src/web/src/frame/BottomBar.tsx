import { Ellipsis, Search } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './BottomBar.module.css';
import { MorePlaces } from './MorePlaces';
import { PlaceLink } from './PlaceLink';
import { type Place, places } from './places';

/** The bar under the thumb; on a phone it stands in for the places of the top bar. */
export function BottomBar({ onSearch }: { readonly onSearch: () => void }) {
  const texts = useTexts();
  const [isMoreOpen, setMoreOpen] = useState(false);
  return (
    <>
      <nav className={css['bar']} aria-label={texts.frame.mainNavigation}>
        {places
          .filter((place) => !place.isSpare)
          .map((place) => (
            <BarPlace key={place.path} place={place} />
          ))}
        <button type="button" className={css['place']} onClick={onSearch}>
          <Search size={18} aria-hidden="true" />
          {texts.frame.search}
        </button>
        <button
          type="button"
          className={css['place']}
          aria-haspopup="dialog"
          onClick={() => setMoreOpen(true)}
        >
          <Ellipsis size={18} aria-hidden="true" />
          {texts.frame.more}
        </button>
      </nav>
      {isMoreOpen && <MorePlaces onClose={() => setMoreOpen(false)} />}
    </>
  );
}

function BarPlace({ place }: { readonly place: Place }) {
  const texts = useTexts();
  const Icon = place.icon;
  return (
    <PlaceLink place={place} className={css['place']}>
      <Icon size={18} aria-hidden="true" />
      {place.name(texts)}
    </PlaceLink>
  );
}
