import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { Tick } from '../../parts/form/Tick';
import { useForm } from '../../parts/form/useForm';
import { codeFault, needed } from '../checks';

interface CodeStepProps {
  readonly challenge: string;
  readonly onEntered: () => Promise<void>;
  readonly onBack: () => void;
}

/** The second factor: the authenticator's code, or one of the recovery codes. */
export function CodeStep({ challenge, onEntered, onBack }: CodeStepProps) {
  const { accounts: texts } = useTexts();
  const [isRecovery, setRecovery] = useState(false);
  const form = useForm({
    initial: { code: '', recoveryCode: '', trust: false },
    check: ({ code, recoveryCode }) =>
      isRecovery ? { recoveryCode: needed(recoveryCode, texts) } : { code: codeFault(code, texts) },
    send: async ({ code, recoveryCode, trust }) => {
      const proof = isRecovery ? { recoveryCode: recoveryCode.trim() } : { code: code.replaceAll(' ', '') };
      await unwrap(
        api.POST('/api/v1/auth/second-factor', { body: { challenge, ...proof, trustDevice: trust } }),
      );
      await onEntered();
    },
  });
  return (
    <>
      <Form of={form} action={texts.factor.action}>
        {isRecovery ? (
          <Field
            {...form.field('recoveryCode')}
            label={texts.factor.recovery}
            hint={texts.factor.recoveryHint}
            autoComplete="off"
            isMono
          />
        ) : (
          <Field
            {...form.field('code')}
            label={texts.factor.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            isMono
          />
        )}
        <Tick {...form.field('trust')}>{texts.factor.trust}</Tick>
      </Form>
      <Button kind="link" onClick={() => setRecovery(!isRecovery)}>
        {isRecovery ? texts.factor.useCode : texts.factor.useRecovery}
      </Button>
      <Button kind="link" onClick={onBack}>
        {texts.factor.back}
      </Button>
    </>
  );
}
