import { formatAge, formatUtc } from '../../../format/time';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { useServerNow } from '../../../live/live';
import { arrowOf } from '../../../patterns/kinds';
import type { ChartFocus } from '../SideChart';
import css from './Eye.module.css';
import { type Item, isAlive } from './items';

interface ItemListProps {
  readonly items: readonly Item[];
  /** The moment that is shown; null is now. */
  readonly moment: number | null;
  readonly onChoose: (of: ChartFocus) => void;
}

/** At most so many of a kind: the list is for now, the pages of patterns and signals for all. */
const most = 40;

/** What is active now, as a list: for the keyboard, for a screen reader, and for a thumb. */
export function ItemList({ items, moment, onChoose }: ItemListProps) {
  const { overlay: texts } = useTexts().eye;
  const alive = items.filter(isAlive);
  const signals = alive.filter((item) => 'signal' in item).slice(0, most);
  const patterns = alive.filter((item) => 'pattern' in item).slice(0, most);
  if (alive.length === 0)
    return (
      <div className={css['nothing']}>
        <p>{texts.nothing}</p>
        <p className={css['hint']}>{texts.nothingHint}</p>
      </div>
    );
  return (
    <>
      <Group title={texts.runningSignals} items={signals} moment={moment} onChoose={onChoose} />
      <Group title={texts.activePatterns} items={patterns} moment={moment} onChoose={onChoose} />
    </>
  );
}

function Group({ title, items, moment, onChoose }: ItemListProps & { readonly title: string }) {
  if (items.length === 0) return null;
  return (
    <section className={css['group']} aria-label={title}>
      <h2 className={css['title']}>
        {title} <span>{items.length}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={JSON.stringify(item.of)}>
            <Row item={item} moment={moment} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly item: Item;
  readonly moment: number | null;
  readonly onChoose: (of: ChartFocus) => void;
}

function Row({ item, moment, onChoose }: RowProps) {
  const { eye } = useTexts();
  const format = useFormat();
  const { direction } = 'pattern' in item ? item.pattern : item.signal;
  const name =
    'pattern' in item
      ? eye.kinds[item.pattern.kind]
      : `${direction === 'bullish' ? eye.sides.buy : eye.sides.sell} · ${item.signal.timeframe}`;
  const detail =
    'pattern' in item
      ? `${format.price(item.pattern.zone.bottom)} – ${format.price(item.pattern.zone.top)}`
      : `${eye.overlay.entry} ${format.price(item.signal.entry)}`;
  const note =
    'pattern' in item
      ? eye.overlay.strength(String(Math.round(item.pattern.strength)))
      : eye.signalStatuses[item.signal.status];
  return (
    <button type="button" className={css['row']} data-way={direction} onClick={() => onChoose(item.of)}>
      <span className={css['arrow']} aria-hidden="true">
        {arrowOf[direction]}
      </span>
      <span className={css['name']}>
        {name}
        <span className="visually-hidden">, {eye.directions[direction]}</span>
      </span>
      <span className={css['age']}>
        <Age at={item.known} moment={moment} />
      </span>
      <span className={css['price']}>{detail}</span>
      <span className={css['strength']}>{note}</span>
    </button>
  );
}

function Age({ at, moment }: { readonly at: number; readonly moment: number | null }) {
  const now = useServerNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatUtc(new Date(at))}>
      {formatAge((moment ?? now) - at)}
    </time>
  );
}
