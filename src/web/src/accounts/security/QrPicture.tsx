import css from '../profile/Profile.module.css';

/** The server's picture, shown as an image: nothing in it can run. */
export function QrPicture({ svg, label }: { readonly svg: string; readonly label: string }) {
  return (
    <div className={css['qr']}>
      <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={label} />
    </div>
  );
}
