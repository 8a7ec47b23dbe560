import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTexts } from '../i18n/Texts';
import { useModal } from '../parts/useModal';
import css from './Finder.module.css';
import { FinderList, optionId } from './FinderList';
import { findCommands } from './match';
import type { Command } from './useCommands';

interface FinderProps {
  readonly title: string;
  readonly placeholder: string;
  readonly results: string;
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

/** A dialog to choose one of many by typing a few letters: commands, symbols, indicators. */
export function Finder({ title, placeholder, results, commands, onClose }: FinderProps) {
  const { palette } = useTexts();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const dialog = useModal();
  const found = findCommands(commands, query);
  const active = found[Math.min(chosen, found.length - 1)];

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      setChosen(step(Math.min(chosen, found.length - 1), found.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(active);
    }
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; the keyboard has Escape.
    <dialog
      ref={dialog}
      className={css['palette']}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={css['field']}>
        <Search size={16} aria-hidden="true" />
        <input
          className={css['input']}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={active && optionId(listId, active)}
          aria-label={placeholder}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onKeyDown={press}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
        />
      </div>
      <FinderList
        id={listId}
        label={results}
        commands={found}
        active={active}
        isRanked={query.trim() !== ''}
        onRun={run}
      />
      {found.length === 0 && commands.length > 0 && (
        <p className={css['nothing']} role="status">
          {palette.nothing(query.trim())}
        </p>
      )}
      <p className={css['hints']} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {palette.hintMove}
        </span>
        <span>
          <kbd>↵</kbd> {palette.hintRun}
        </span>
        <span>
          <kbd>Esc</kbd> {palette.hintClose}
        </span>
      </p>
    </dialog>
  );
}

const steps: { readonly [key: string]: (at: number, count: number) => number } = {
  ArrowDown: (at, count) => (at + 1) % Math.max(1, count),
  ArrowUp: (at, count) => (at - 1 + count) % Math.max(1, count),
  Home: () => 0,
  End: (_, count) => count - 1,
};
