import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { splitSymbol } from '../../market/symbols';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import table from '../../parts/Table.module.css';
import { Age } from '../../records/Age';
import records from '../../records/Records.module.css';
import css from '../Alerts.module.css';
import { describe } from '../describe';
import type { Alert } from '../kinds';
import { AlertState } from './AlertState';

interface AlertTableProps {
  readonly alerts: readonly Alert[];
  readonly onPause: (alert: Alert) => void;
  readonly onResume: (alert: Alert) => void;
  readonly onDelete: (alert: Alert) => void;
}

export function AlertTable({ alerts, ...deeds }: AlertTableProps) {
  const { list: words } = useTexts().alerts;
  return (
    <div className={css['rows']}>
      <DataTable isTall>
        <thead>
          <tr>
            <th scope="col" className={table['spare']}>
              {words.symbol}
            </th>
            <th scope="col" className={table['wide']}>
              {words.what}
            </th>
            <th scope="col">{words.state}</th>
            <th scope="col" className={`${table['number']} ${table['spare']}`}>
              {words.last}
            </th>
            <th scope="col">
              <span className="visually-hidden">{words.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <Row key={alert.id} alert={alert} {...deeds} />
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}

interface RowProps extends Omit<AlertTableProps, 'alerts'> {
  readonly alert: Alert;
}

function Row({ alert, onPause, onResume, onDelete }: RowProps) {
  const texts = useTexts();
  const { list: words, repeats } = texts.alerts;
  const { channels } = texts.notices;
  const format = useFormat();
  const [base, quote] = splitSymbol(alert.market);
  const what = describe(alert, texts, format);
  const full = `${alert.market}, ${what}`;
  const names = alert.channels.map((channel) => channels[channel].name).join(', ');
  return (
    <tr className={records['row']} data-alert={alert.id} data-status={alert.status}>
      <td className={table['spare']}>
        {base}
        <span className={records['quote']}>/{quote}</span>
        {alert.quoteSubstituted && (
          <span className={table['under']}>{words.substituted(alert.symbol, alert.market)}</span>
        )}
      </td>
      <th scope="row" className={table['wide']}>
        <Link href={`/alerts/${alert.id}`} className={`${records['pick']} ${css['what']}`}>
          <span className="visually-hidden">{words.edit}: </span>
          <span className={records['narrow']}>{base} </span>
          {what}
        </Link>
        <span className={table['under']}>
          {[repeats[alert.repeat], names, alert.note].filter(Boolean).join(' · ')}
        </span>
      </th>
      <td>
        <AlertState alert={alert} />
      </td>
      <td className={`${table['number']} ${table['spare']}`}>
        {alert.triggeredAt ? <Age at={alert.triggeredAt} /> : words.never}
        {alert.triggers > 0 && (
          <span className={table['under']}>{words.told(format.count(alert.triggers))}</span>
        )}
      </td>
      <td className={records['above']}>
        <span className={css['actions']}>
          {alert.status === 'ACTIVE' ? (
            <Button kind="link" aria-label={words.pauseOf(full)} onClick={() => onPause(alert)}>
              {words.pause}
            </Button>
          ) : (
            <Button kind="link" aria-label={words.resumeOf(full)} onClick={() => onResume(alert)}>
              {words.resume}
            </Button>
          )}
          <Button kind="link" aria-label={words.deleteOf(full)} onClick={() => onDelete(alert)}>
            {words.delete}
          </Button>
        </span>
      </td>
    </tr>
  );
}
