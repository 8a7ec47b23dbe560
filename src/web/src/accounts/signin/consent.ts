import type { Messages } from '../../i18n/english';

/** What a person agrees to before an account opens. */
export interface Consent {
  readonly acceptTerms: boolean;
  readonly acceptPrivacy: boolean;
  readonly isAdult: boolean;
}

export const noConsent: Consent = { acceptTerms: false, acceptPrivacy: false, isAdult: false };

export function consentFaults(given: Consent, { register }: Messages['accounts']) {
  return {
    acceptTerms: given.acceptTerms ? undefined : register.termsFault,
    acceptPrivacy: given.acceptPrivacy ? undefined : register.privacyFault,
    isAdult: given.isAdult ? undefined : register.adultFault,
  };
}
