import { useTexts } from '../../i18n/Texts';
import css from './Legend.module.css';

/** How a cell is read. */
export function Legend() {
  const { eye, pages } = useTexts();
  const { legend } = pages.matrix;
  return (
    <ul className={css['legend']} aria-label={legend.title}>
      <li>
        <span className={css['up']} aria-hidden="true">
          ▲
        </span>
        {eye.directions.bullish}
      </li>
      <li>
        <span className={css['down']} aria-hidden="true">
          ▼
        </span>
        {eye.directions.bearish}
      </li>
      <li>
        <span aria-hidden="true">△</span>
        {legend.touched}
      </li>
      <li>
        <span className={css['bar']} aria-hidden="true" />
        {legend.strength}
      </li>
    </ul>
  );
}
