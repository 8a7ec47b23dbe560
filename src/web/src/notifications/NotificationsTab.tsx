import { useSearchParams } from 'wouter';
import type { Me } from '../accounts/session/useMe';
import { useTexts } from '../i18n/Texts';
import { Loaded } from '../parts/Loaded';
import { Segmented } from '../parts/Segmented';
import css from './channels/Channels.module.css';
import { ChannelsPanel } from './channels/ChannelsPanel';
import { OrderPanel } from './channels/OrderPanel';
import { useChannelList } from './channels/useChannelList';
import { LogPanel } from './log/LogPanel';
import { PhonePanel } from './phone/PhonePanel';
import { BrowsersPanel } from './push/BrowsersPanel';
import { QuotaPanel } from './QuotaPanel';

/** How a person is told, and what became of what he was told. */
export function NotificationsTab({ me }: { readonly me: Me }) {
  const { views } = useTexts().notices;
  const [params, setParams] = useSearchParams();
  const view = params.get('view') === 'log' ? 'log' : 'channels';
  return (
    <>
      <div>
        <Segmented
          label={views.label}
          value={view}
          choices={[
            ['channels', views.channels],
            ['log', views.log],
          ]}
          onChange={(next) => setParams(next === 'log' ? { view: 'log' } : {})}
        />
      </div>
      {view === 'log' ? <LogPanel /> : <Channels me={me} />}
    </>
  );
}

function Channels({ me }: { readonly me: Me }) {
  const { channel: texts } = useTexts().notices;
  const query = useChannelList();
  const email = me.email ?? '';
  return (
    <Loaded title={texts.title} of={query}>
      {(list) => {
        const phone = list.channels.find((channel) => channel.channel === 'NTFY');
        return (
          <>
            {phone?.isOffered && <PhonePanel channel={phone} email={email} />}
            <QuotaPanel />
            <ChannelsPanel list={list} email={email} />
            <OrderPanel list={list} />
            <div id="browsers" className={css['anchor']}>
              <BrowsersPanel user={me.id ?? 0} />
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
