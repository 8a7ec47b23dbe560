import type { ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { NotificationsTab } from '../../notifications/NotificationsTab';
import { Page } from '../../parts/Page';
import { KeysTab } from '../keys/KeysTab';
import { SecurityTab } from '../security/SecurityTab';
import { Needs } from '../session/Needs';
import type { Me } from '../session/useMe';
import { SubscriptionTab } from '../subscription/SubscriptionTab';
import { AccountTab } from './AccountTab';

import css from './Profile.module.css';
import { TradingTab } from './TradingTab';
import { type ProfileTab, tabs } from './tabs';

const contents: { readonly [tab in ProfileTab]: ComponentType<{ readonly me: Me }> } = {
  account: AccountTab,
  security: SecurityTab,
  notifications: NotificationsTab,
  trading: TradingTab,
  subscription: SubscriptionTab,
  keys: KeysTab,
};

export function ProfilePage({ tab }: { readonly tab: ProfileTab }) {
  const { profile } = useTexts().accounts;
  const Content = contents[tab];
  return (
    <Needs title={`${profile.tabs[tab]} · ${profile.title}`}>
      {(me) => (
        <Page title={profile.title} lead={me.email}>
          <Tabs current={tab} />
          <div className={css['tab']}>
            <Content me={me} />
          </div>
        </Page>
      )}
    </Needs>
  );
}

function Tabs({ current }: { readonly current: ProfileTab }) {
  const { profile } = useTexts().accounts;
  const [location] = useLocation();
  return (
    <nav className={css['tabs']} aria-label={profile.title}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={`/profile/${tab}`}
          className={css['link']}
          aria-current={tab === current && location.startsWith('/profile') ? 'page' : undefined}
        >
          {profile.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
