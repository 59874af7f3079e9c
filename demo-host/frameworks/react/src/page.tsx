import { useState } from 'react';
import { getToken, service } from '../../host';
import { Contract } from './contract';

const notes = ['Questions about your contract? Ask your advisor.', 'We answer from nine to six.'];

/** Takes the contract out and puts it back, and moves it behind what is beside it. */
export function Page() {
  const [isOpen, setOpen] = useState(true);
  const [isLast, setLast] = useState(false);
  const contract = isOpen && <Contract key="contract" service={service} getToken={getToken} />;
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
        </p>
      </div>
      {isLast ? [...around, contract] : [contract, ...around]}
    </main>
  );
}
