import css from './Skeleton.module.css';

/** Holds the place of a text that is still loading, at the size it will have. */
export function Skeleton({ width }: { readonly width: number }) {
  return <span className={css['bar']} style={{ width }} aria-hidden="true" />;
}
