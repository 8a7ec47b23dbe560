import { useTexts } from '../i18n/Texts';
import css from './DirectionMark.module.css';
import { arrowOf, type Direction } from './kinds';

interface DirectionMarkProps {
  readonly direction: Direction;
  /** Instead of the word for the direction: "Buy", or a symbol. */
  readonly text?: string;
}

/** Up or down as an arrow and a word; the colour only repeats them. */
export function DirectionMark({ direction, text }: DirectionMarkProps) {
  const { directions } = useTexts().eye;
  return (
    <span className={css['mark']} data-way={direction}>
      <span className={css['arrow']} aria-hidden="true">
        {arrowOf[direction]}
      </span>
      {text ?? directions[direction]}
    </span>
  );
}
