/** The mark: a tide line with its high-water stroke. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M6 20.5c3.3 0 3.3-4 6.7-4s3.3 4 6.6 4 3.4-4 6.7-4"
        stroke="var(--on-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path d="M6 10h20" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round" opacity="0.55" />
    </svg>
  );
}
