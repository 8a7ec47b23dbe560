import { useTexts } from '../../i18n/Texts';
import { Tick } from '../../parts/form/Tick';
import type { useForm } from '../../parts/form/useForm';
import type { Consent } from './consent';

export function ConsentTicks({
  form,
}: {
  readonly form: Pick<ReturnType<typeof useForm<Consent>>, 'field'>;
}) {
  const { register } = useTexts().accounts;
  return (
    <>
      <Tick {...form.field('acceptTerms')}>
        {register.terms[0]}{' '}
        <a href="/terms" target="_blank" rel="noreferrer">
          {register.terms[1]}
        </a>
      </Tick>
      <Tick {...form.field('acceptPrivacy')}>
        {register.privacy[0]}{' '}
        <a href="/privacy" target="_blank" rel="noreferrer">
          {register.privacy[1]}
        </a>
      </Tick>
      <Tick {...form.field('isAdult')}>{register.adult}</Tick>
    </>
  );
}
