import { useState } from 'react';
import { getToken, service } from '../../host';
import { Contract } from './contract';

const notes = ['Questions about your contract? Ask your advisor.', 'We answer from nine to six.'];

/** Takes the contract out and puts it back, moves it behind what is beside it, and changes its language. */
export function Page() {
  const [isOpen, setOpen] = useState(true);
  const [isLast, setLast] = useState(false);
  const [locale, setLocale] = useState('en');
  const contract = isOpen && <Contract key="contract" service={service} locale={locale} getToken={getToken} />;
  const around = notes.map((note) => (
    <p key={note} className="note">
      {note}
    </p>
  ));
  return (
    <main className="alone">
      <div className="title">
        <h1>Sign your contract</h1>
        <p>
          <button onClick={() => setOpen(!isOpen)}>{isOpen ? 'Close' : 'Open'}</button>
          <button onClick={() => setLast(!isLast)}>Move</button>
          <button onClick={() => setLocale('es-MX')}>Español</button>
        </p>
      </div>
      {isLast ? [...around, contract] : [contract, ...around]}
    </main>
  );
}
