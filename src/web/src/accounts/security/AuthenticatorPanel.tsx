import { useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import formCss from '../../parts/form/Form.module.css';
import { Panel } from '../../parts/Panel';
import { explainError } from '../explainError';
import css from '../profile/Profile.module.css';
import { confirmed, NotConfirmed } from '../session/asking';
import { type Security, useSecurityChanged } from './SecurityTab';
import { RecoveryCodes, SetUpDialog } from './SetUpDialog';

type Step =
  | { readonly setup: Schemas['NewAuthenticator'] }
  | { readonly codes: readonly string[] }
  | 'off'
  | 'renew'
  | null;

export function AuthenticatorPanel({ security }: { readonly security: Security }) {
  const texts = useTexts();
  const words = texts.accounts.security;
  const changed = useSecurityChanged();
  const [step, setStep] = useState<Step>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async () => {
    setProblem(null);
    try {
      setStep({ setup: await confirmed(() => unwrap(api.POST('/api/v1/account/two-factor/setup'))) });
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explainError(error, texts));
    }
  };
  const close = () => setStep(null);
  const isOn = security.hasAuthenticator;
  return (
    <Panel title={words.factor} note={words.factorHint}>
      <div className={css['body']}>
        <div className={css['bar']}>
          <Badge tone={isOn ? 'good' : 'warning'}>{isOn ? words.factorOn : words.factorOff}</Badge>
          {isOn && <span className={css['text']}>{words.codesLeft(security.recoveryCodesLeft)}</span>}
        </div>
        <div className={css['bar']}>
          {isOn ? (
            <>
              <Button onClick={() => setStep('renew')}>{words.newCodes}</Button>
              <Button kind="danger" onClick={() => setStep('off')}>
                {words.turnOff}
              </Button>
            </>
          ) : (
            <Button kind="primary" onClick={() => void begin()}>
              {words.turnOn}
            </Button>
          )}
        </div>
        <div role="alert" className={formCss['alert']}>
          {problem && <p className={formCss['problem']}>{problem}</p>}
        </div>
      </div>
      {step === 'off' && (
        <Ask
          title={words.turnOffTitle}
          text={words.turnOffText}
          action={words.turnOff}
          onClose={close}
          work={async () => {
            await confirmed(() => unwrap(api.POST('/api/v1/account/two-factor/disable')));
            await changed();
          }}
        />
      )}
      {step === 'renew' && (
        <Ask
          title={words.newCodesTitle}
          text={words.newCodesText}
          action={words.newCodes}
          onClose={() => setStep((now) => (now === 'renew' ? null : now))}
          work={async () => {
            const made = await confirmed(() => unwrap(api.POST('/api/v1/account/two-factor/recovery-codes')));
            setStep(made);
            await changed();
          }}
        />
      )}
      {step !== null && typeof step === 'object' && 'setup' in step && (
        <SetUpDialog setup={step.setup} onClose={close} onDone={(codes) => setStep({ codes })} />
      )}
      {step !== null && typeof step === 'object' && 'codes' in step && (
        <RecoveryCodes
          codes={step.codes}
          onClose={() => {
            close();
            void changed();
          }}
        />
      )}
    </Panel>
  );
}
