import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import css from './Records.module.css';

interface MoreProps {
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly shown: number;
  /** Why it ends here, where it is the plan that ends it. */
  readonly end?: string | null;
  /** Where more is not older. */
  readonly label?: string;
}

/** On into the past. */
export function More({ of, shown, end, label }: MoreProps) {
  const { records: texts } = useTexts().pages;
  return (
    <div className={css['more']}>
      <span role="status">{texts.shown(String(shown))}</span>
      {of.hasNextPage && (
        <Button disabled={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
          {of.isFetchingNextPage ? texts.loadingOlder : (label ?? texts.older)}
        </Button>
      )}
      {of.isFetchNextPageError && <span role="alert">{texts.olderFailed}</span>}
      {!of.hasNextPage && end}
    </div>
  );
}
