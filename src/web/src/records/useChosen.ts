import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';

/** The item whose chart stands beside the list, in the address as `at`. */
export function useChosen(): readonly [number | null, (id: number | null) => void] {
  const [params, setParams] = useSearchParams();
  const at = Number(params.get('at') ?? Number.NaN);
  const choose = (id: number | null) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (id === null) next.delete('at');
        else next.set('at', String(id));
        return next;
      },
      { replace: true },
    );
  return [Number.isSafeInteger(at) && at > 0 ? at : null, choose];
}

/** A value once it has stopped changing: whoever runs through a list does not load every chart on the way. */
export function useSettled<Value>(value: Value, within: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), within);
    return () => clearTimeout(timer);
  }, [value, within]);
  return settled;
}
