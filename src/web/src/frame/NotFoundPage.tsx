import { Compass } from 'lucide-react';
import { Link } from 'wouter';
import { useTexts } from '../i18n/Texts';
import { Notice } from '../parts/Notice';
import { Page } from '../parts/Page';

export function NotFoundPage() {
  const { notFound } = useTexts();
  return (
    <Page title={notFound.title}>
      <Notice icon={Compass} title={location.pathname} hint={notFound.hint}>
        <Link href="/status">{notFound.toStatus}</Link>
      </Notice>
    </Page>
  );
}
