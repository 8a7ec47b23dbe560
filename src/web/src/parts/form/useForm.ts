import { type FormEvent, useRef, useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { NotConfirmed } from '../../accounts/session/asking';
import { ApiError } from '../../api/ApiError';
import { useTexts } from '../../i18n/Texts';
import { afterPress } from './afterPress';
import { faultsOf } from './faults';

export type Faults<Values> = { readonly [Name in keyof Values]?: string | undefined };

interface FormSetup<Values> {
  readonly initial: Values;
  /** What is wrong with what was typed, by field. */
  readonly check: (values: Values) => Faults<Values>;
  readonly send: (values: Values) => Promise<void>;
}

/** A form that speaks up when a field is left, keeps what was typed, and leads to the first fault. */
export function useForm<Values extends object>({ initial, check, send }: FormSetup<Values>) {
  const texts = useTexts();
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<PropertyKey>>(new Set());
  const [refused, setRefused] = useState<{ readonly [name: string]: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = check(values);

  const focusFirst = (names: ReadonlySet<string>) => {
    const first = Array.from(form.current?.elements ?? []).find(
      (element): element is HTMLInputElement =>
        element instanceof HTMLElement && names.has(element.getAttribute('name') ?? ''),
    );
    // What is folded away cannot take the focus.
    first?.closest('details')?.setAttribute('open', '');
    first?.focus();
  };

  const set = <Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setRefused(({ [name]: _, ...rest }) => rest);
  };

  const field = <Name extends keyof Values & string>(name: Name) => ({
    name,
    value: values[name],
    onChange: (value: Values[Name]) => set(name, value),
    onLeave: () => afterPress(() => setLeft((before) => new Set(before).add(name))),
    fault: refused[name] ?? (left.has(name) ? faults[name] : undefined),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setLeft(new Set(Object.keys(values)));
    setProblem(null);
    const wrong = Object.entries(faults).filter(([, fault]) => fault !== undefined);
    if (wrong.length > 0) return focusFirst(new Set(wrong.map(([name]) => name)));
    setBusy(true);
    try {
      await send(values);
      setLeft(new Set());
    } catch (error) {
      if (error instanceof NotConfirmed) return;
      const said = error instanceof ApiError ? faultsOf(error) : {};
      const known = Object.fromEntries(Object.entries(said).filter(([name]) => name in values));
      setRefused(known);
      if (Object.keys(known).length > 0) focusFirst(new Set(Object.keys(known)));
      else setProblem(explainError(error, texts));
    } finally {
      setBusy(false);
    }
  };

  return { values, setValues, set, field, submit, form, isBusy, problem };
}
