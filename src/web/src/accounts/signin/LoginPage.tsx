import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { safeReturn } from '../session/returning';
import { useMe } from '../session/useMe';
import { CodeStep } from './CodeStep';
import { DemoAccounts } from './DemoAccounts';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { PasswordStep } from './PasswordStep';
import { useEnter } from './useEnter';

export function LoginPage() {
  const { accounts: texts } = useTexts();
  const search = useSearch();
  const [, navigate] = useLocation();
  const me = useMe();
  const [challenge, setChallenge] = useState<string | null>(null);
  const enter = useEnter(safeReturn(search));
  if (me)
    return (
      <Entrance title={texts.login.title} lead={texts.login.already(me.name || (me.email ?? ''))}>
        <Button kind="primary" onClick={() => navigate(safeReturn(search))}>
          {texts.login.goOn}
        </Button>
      </Entrance>
    );
  if (challenge !== null)
    return (
      <Entrance title={texts.factor.title} lead={texts.factor.lead}>
        <CodeStep challenge={challenge} onEntered={enter} onBack={() => setChallenge(null)} />
      </Entrance>
    );
  return (
    <Entrance
      title={texts.login.title}
      lead={texts.login.lead}
      below={
        <>
          <p>
            {texts.login.noAccount} <Link href="/register">{texts.menu.register}</Link>
          </p>
          <DemoAccounts onEntered={enter} onChallenge={setChallenge} />
        </>
      }
    >
      <PasswordStep onEntered={enter} onChallenge={setChallenge} />
      <p className={css['plain']}>
        <Link href="/forgot">{texts.login.forgot}</Link>
      </p>
    </Entrance>
  );
}
