import { BellOff } from 'lucide-react';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';

export function NotificationsTab() {
  const { notifications } = useTexts().accounts;
  return (
    <Panel title={notifications.title}>
      <Notice icon={BellOff} title={notifications.none} hint={notifications.hint} />
    </Panel>
  );
}
