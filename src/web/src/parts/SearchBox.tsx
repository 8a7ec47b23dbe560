import { Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import css from './SearchBox.module.css';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  readonly className?: string | undefined;
}

/** Narrows what the page lists. The slash leads here, Escape empties it. */
export function SearchBox({ label, value, onChange, onEnter, className }: SearchBoxProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.();
    if (event.key !== 'Escape' || value === '') return;
    event.preventDefault();
    onChange('');
  };
  return (
    <div className={`${css['search']} ${className ?? ''}`}>
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        data-search
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onKeyDown={press}
        onChange={(event) => onChange(event.target.value)}
      />
      <span aria-hidden="true">
        <kbd>/</kbd>
      </span>
    </div>
  );
}
