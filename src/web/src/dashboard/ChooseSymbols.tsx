import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { explainError } from '../accounts/explainError';
import { useMe } from '../accounts/session/useMe';
import { useStanding } from '../accounts/subscription/useStanding';
import { api, unwrap } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/form/Dialog';
import form from '../parts/form/Form.module.css';
import { useSight } from '../patterns/sight/useSight';
import css from './ChooseSymbols.module.css';

/** Where the plan has room for some symbols, they are the reader's choice. */
export function ChooseSymbols({ all }: { readonly all: readonly string[] }) {
  const { choose: texts } = useTexts().pages;
  const sight = useSight();
  const standing = useStanding('symbols').data;
  const isPerson = useMe() != null;
  const [isOpen, setOpen] = useState(false);
  const most = standing?.limit ?? null;
  if (!isPerson || sight?.symbols == null || standing?.only != null || most === null) return null;
  return (
    <>
      <Button kind="link" onClick={() => setOpen(true)}>
        {texts.action}
      </Button>
      {isOpen && <Choosing all={all} chosen={sight.symbols} most={most} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ChoosingProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly most: number;
  readonly onClose: () => void;
}

function Choosing({ all, chosen, most, onClose }: ChoosingProps) {
  const texts = useTexts();
  const { choose } = texts.pages;
  const cache = useQueryClient();
  const [wanted, setWanted] = useState(chosen);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await unwrap(api.PUT('/api/v1/matrix/symbols', { body: { symbols: [...wanted] } }));
      await cache.invalidateQueries({ predicate: ({ queryKey }) => ours.has(String(queryKey[0])) });
      onClose();
    } catch (error) {
      setProblem(explainError(error, texts));
    } finally {
      setBusy(false);
    }
  };
  const isFull = wanted.length >= most;
  return (
    <Dialog title={choose.title(String(most))} text={choose.text} onClose={onClose}>
      <div className={css['symbols']}>
        {all.map((symbol) => {
          const isChosen = wanted.includes(symbol);
          return (
            <label key={symbol} className={css['symbol']} data-full={(isFull && !isChosen) || undefined}>
              <input
                type="checkbox"
                checked={isChosen}
                disabled={isFull && !isChosen}
                onChange={() =>
                  setWanted(isChosen ? wanted.filter((one) => one !== symbol) : [...wanted, symbol])
                }
              />
              {symbol}
            </label>
          );
        })}
      </div>
      <div role="alert" className={form['alert']}>
        {problem && <p className={form['problem']}>{problem}</p>}
      </div>
      <div className={`${form['actions']} ${form['end']}`}>
        <span className={css['count']} role="status">
          {texts.accounts.subscription.usedOf(String(wanted.length), String(most))}
        </span>
        <Button onClick={onClose}>{texts.accounts.form.cancel}</Button>
        <Button kind="primary" disabled={isBusy || wanted.length === 0} onClick={() => void save()}>
          {isBusy ? texts.accounts.form.working : texts.accounts.form.save}
        </Button>
      </div>
    </Dialog>
  );
}

/** What depends on the choice. */
const ours = new Set(['matrix', 'sight', 'patterns', 'signals', 'account']);
