import { Search } from 'lucide-react';
import { useTexts } from '../i18n/Texts';
import { Bell } from '../notifications/bell/Bell';
import { AccountMenu } from './AccountMenu';
import { ConnectionDot } from './ConnectionDot';
import { Mark } from './Mark';
import { PlaceLink } from './PlaceLink';
import { places, settingsPlace } from './places';
import css from './TopBar.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const texts = useTexts();
  const Settings = settingsPlace.icon;
  return (
    <header className={css['bar']}>
      <a className={css['home']} href="/" aria-label={texts.frame.home}>
        <Mark size={24} />
        <span className={css['name']}>{texts.product}</span>
      </a>
      <nav className={css['places']} aria-label={texts.frame.mainNavigation}>
        {places.map((place) => (
          <PlaceLink key={place.path} place={place} className={css['place']}>
            {place.name(texts)}
          </PlaceLink>
        ))}
      </nav>
      <button type="button" className={css['search']} aria-keyshortcuts="Control+K Meta+K" onClick={onSearch}>
        <Search size={14} aria-hidden="true" />
        <span>{texts.frame.searchOrJump}</span>
        <span aria-hidden="true">
          <kbd>{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
        </span>
      </button>
      <ConnectionDot />
      <Bell />
      <PlaceLink place={settingsPlace} className={css['icon']} label={settingsPlace.name(texts)}>
        <Settings size={16} aria-hidden="true" />
      </PlaceLink>
      <AccountMenu />
    </header>
  );
}
