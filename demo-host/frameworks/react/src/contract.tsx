import { useState } from 'react';
import type { TuEsignSignedEvent } from 'tu-esign';
import { TuEsign } from 'tu-esign/react';

interface ContractProps {
  service: string;
  locale: string;
  getToken: () => Promise<string>;
}

export function Contract({ service, locale, getToken }: ContractProps) {
  const [signed, setSigned] = useState<TuEsignSignedEvent>();
  return (
    <>
      <TuEsign serviceUrl={service} locale={locale} getToken={getToken} onSigned={setSigned} />
      {signed && <a href={signed.outputs.document.link?.href}>Your copy of {signed.identifier}</a>}
    </>
  );
}
