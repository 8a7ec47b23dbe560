import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Panel } from '../../parts/Panel';
import { Figure, Figures } from './Figures';
import type { SystemStatus } from './useStatus';

export function SocketPanel({ sockets }: { readonly sockets: SystemStatus['sockets'] | undefined }) {
  const texts = useTexts().status;
  const format = useFormat();
  const rate =
    sockets &&
    new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 }).format(sockets.messagesPerSecond);
  return (
    <Panel title={texts.sockets}>
      <Figures>
        <Figure name={texts.connections} value={sockets && format.count(sockets.connections)} />
        <Figure name={texts.messageRate} value={rate} />
      </Figures>
    </Panel>
  );
}
