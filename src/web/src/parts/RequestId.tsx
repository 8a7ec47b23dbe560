import { useTexts } from '../i18n/Texts';
import css from './RequestId.module.css';

/** What a person quotes when asking for help. */
export function RequestId({ value }: { readonly value: string | null }) {
  const { failure } = useTexts();
  if (value === null) return null;
  return (
    <span className={css['id']}>
      {failure.requestId} <code>{value}</code>
    </span>
  );
}
