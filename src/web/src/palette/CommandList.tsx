import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/Texts';
import css from './CommandPalette.module.css';
import type { Command } from './useCommands';

export const optionId = (listId: string, command: Command) => `${listId}-${command.id}`;

interface CommandListProps {
  readonly id: string;
  readonly commands: readonly Command[];
  readonly active: Command | undefined;
  /** Ranked by fit, the list has no groups. */
  readonly isRanked: boolean;
  readonly onRun: (command: Command) => void;
}

export function CommandList({ id, commands, active, isRanked, onRun }: CommandListProps) {
  const { palette } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const activeId = active && optionId(id, active);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const groups = isRanked ? [['', commands] as const] : byGroup(commands);
  return (
    <div ref={list} id={id} className={css['list']} role="listbox" aria-label={palette.results}>
      {groups.map(([name, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a listbox.
        <div key={name} role="group" aria-label={name || palette.results}>
          {name && (
            <p className={css['group']} aria-hidden="true">
              {name}
            </p>
          )}
          {members.map((command) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard drives the list from the input.
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option.
            <div
              key={command.id}
              id={optionId(id, command)}
              className={css['option']}
              role="option"
              aria-selected={command === active}
              onClick={() => onRun(command)}
            >
              <command.icon size={15} aria-hidden="true" />
              {command.title}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function byGroup(commands: readonly Command[]): (readonly [string, Command[]])[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}
