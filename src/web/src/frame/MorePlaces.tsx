import { useTexts } from '../i18n/Texts';
import { useModal } from '../parts/useModal';
import css from './MorePlaces.module.css';
import { PlaceLink } from './PlaceLink';
import { places, settingsPlace } from './places';

/** A sheet above the bar with the places that have no room in it. */
export function MorePlaces({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts();
  const dialog = useModal();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click anywhere, links included, closes it; the keyboard has Escape and the links.
    <dialog
      ref={dialog}
      className={css['sheet']}
      aria-label={texts.frame.more}
      onClose={onClose}
      onClick={onClose}
    >
      {[...places.filter((place) => place.isSpare), settingsPlace].map((place) => (
        <PlaceLink key={place.path} place={place} className={css['place']}>
          <place.icon size={18} aria-hidden="true" />
          {place.name(texts)}
        </PlaceLink>
      ))}
    </dialog>
  );
}
