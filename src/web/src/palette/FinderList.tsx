import { useEffect, useRef } from 'react';
import css from './Finder.module.css';
import type { Command } from './useCommands';

export const optionId = (listId: string, command: Command) => `${listId}-${command.id}`;

interface FinderListProps {
  readonly id: string;
  readonly label: string;
  readonly commands: readonly Command[];
  readonly active: Command | undefined;
  /** Ranked by fit, the list has no groups. */
  readonly isRanked: boolean;
  readonly onRun: (command: Command) => void;
}

export function FinderList({ id, label, commands, active, isRanked, onRun }: FinderListProps) {
  const list = useRef<HTMLDivElement>(null);
  const activeId = active && optionId(id, active);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const groups = isRanked ? [['', commands] as const] : byGroup(commands);
  return (
    <div ref={list} id={id} className={css['list']} role="listbox" aria-label={label}>
      {groups.map(([name, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a listbox.
        <div key={name} role="group" aria-label={name || label}>
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
              <span className={css['title']}>{command.title}</span>
              {command.detail && <span className={css['detail']}>{command.detail}</span>}
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
