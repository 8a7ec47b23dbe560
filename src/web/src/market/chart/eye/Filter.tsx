import { Check, LockKeyhole } from 'lucide-react';
import { Link } from 'wouter';
import { useTexts } from '../../../i18n/Texts';
import { Segmented } from '../../../parts/Segmented';
import { isWhole, type OverlayFilter, showAll, togglePart } from '../overlay/filter';
import { type Part, parts } from '../overlay/parts';
import css from './Eye.module.css';

interface FilterProps {
  readonly filter: OverlayFilter;
  /** What the plan leaves out, with the entitlement that is missing. */
  readonly locked: ReadonlyMap<Part, string>;
  readonly onChange: (filter: OverlayFilter) => void;
}

/** What is drawn of what there is. */
export function Filter({ filter, locked, onChange }: FilterProps) {
  const { overlay: texts } = useTexts().eye;
  return (
    <section className={css['filter']} aria-label={texts.shown}>
      <fieldset className={css['chips']}>
        <legend className="visually-hidden">{texts.shown}</legend>
        {parts.map((part) => {
          const missing = locked.get(part);
          return missing === undefined ? (
            <button
              key={part}
              type="button"
              className={css['chip']}
              aria-pressed={!filter.hidden.includes(part)}
              onClick={() => onChange(togglePart(filter, part))}
            >
              <Check size={11} strokeWidth={2.5} aria-hidden="true" />
              {texts.parts[part]}
            </button>
          ) : (
            <Link
              key={part}
              href={`/profile/subscription?why=${missing}`}
              className={css['lockedChip']}
              title={texts.why}
              aria-label={`${texts.parts[part]}, ${texts.locked}. ${texts.why}`}
            >
              <LockKeyhole size={11} aria-hidden="true" />
              {texts.parts[part]}
            </Link>
          );
        })}
      </fieldset>
      <div className={css['switches']}>
        <Segmented
          label={texts.direction}
          choices={[
            ['both', texts.directions.both],
            ['bullish', '▲'],
            ['bearish', '▼'],
          ]}
          value={filter.direction}
          onChange={(direction) => onChange({ ...filter, direction })}
        />
        <Segmented
          label={texts.state}
          choices={[
            ['all', texts.states.all],
            ['active', texts.states.active],
          ]}
          value={filter.state}
          onChange={(state) => onChange({ ...filter, state })}
        />
        {!isWhole(filter) && (
          <button type="button" className={css['link']} onClick={() => onChange(showAll)}>
            {texts.showAll}
          </button>
        )}
      </div>
    </section>
  );
}
