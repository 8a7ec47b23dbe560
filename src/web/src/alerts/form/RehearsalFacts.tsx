import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Instant } from '../../parts/Instant';
import css from './Form.module.css';
import type { Rehearsal } from './usePreview';

const shownMoments = 6;
const tooOften = 5;

/** How often an alert would have told, and what the price did afterwards. */
export function RehearsalFacts({ of }: { readonly of: Rehearsal }) {
  const { preview: words } = useTexts().alerts;
  const format = useFormat();
  const days = format.count(Math.round(of.days));
  const often =
    of.times === 0
      ? words.noTimes(days)
      : of.times === 1
        ? words.once(days)
        : words.times(format.count(of.times), days);
  const newest = of.moments.slice(-shownMoments).reverse();
  const before = of.times - newest.length;
  const move = (median: number | null, cases: number) => (
    <dd>
      {median === null ? words.tooFew : format.change(median)}{' '}
      <small>{words.cases(format.count(cases))}</small>
    </dd>
  );
  return (
    <>
      <p className={css['often']}>
        {often} {of.times > 1 && <small>· {words.aWeek(format.figure(of.timesAWeek))}</small>}
      </p>
      <dl className={css['facts']}>
        <dt>{words.afterHour}</dt>
        {move(of.medianMoveHour, of.casesHour)}
        <dt>{words.afterDay}</dt>
        {move(of.medianMoveDay, of.casesDay)}
      </dl>
      {of.days > 0 && of.times / of.days > tooOften && <p className={css['warn']}>{words.tooOften}</p>}
      {newest.length > 0 && (
        <dl className={css['facts']} aria-label={words.moments}>
          {newest.map((moment) => (
            <Moment key={moment.at} at={moment.at} price={moment.price} move={moment.moveHour} />
          ))}
        </dl>
      )}
      <p className={css['said']}>
        {before > 0 && newest.length > 0 && `${words.older(format.count(before))}. `}
        {of.note !== null && <span lang="en">{of.note} </span>}
        {words.honest}
      </p>
    </>
  );
}

interface MomentProps {
  readonly at: string;
  readonly price: number;
  readonly move: number | null;
}

function Moment({ at, price, move }: MomentProps) {
  const format = useFormat();
  return (
    <>
      <dt>
        <Instant at={at} />
      </dt>
      <dd>
        {format.price(price)} <small>{move === null ? '' : `${format.change(move)} / 1 h`}</small>
      </dd>
    </>
  );
}
