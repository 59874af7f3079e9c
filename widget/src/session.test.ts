import { expect } from 'chai';
import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import { advance, begin, type Happening, type Session } from './session.ts';

const signing = (status: SigningView['status']) => ({ id: 's-1', status }) as SigningView;
const request = (signing: SigningView | null = null) => ({ signing }) as SigningRequestView;

function after(...happenings: Happening[]): { session: Session; effects: string[] } {
  let session = begin();
  let effects: string[] = [];
  for (const happening of happenings) {
    const step = advance(session, happening);
    session = step.session;
    effects = step.effects.map((effect) =>
      effect.do === 'later' ? `later ${effect.next.do} ${effect.ms}` : effect.do,
    );
  }
  return { session, effects };
}

const read: Happening[] = [{ type: 'started' }, { type: 'request', request: request() }];
const lost = (during: 'sign' | 'ask'): Happening => ({ type: 'problem', problem: 'network', during });

describe('the session', () => {
  it('asks for the truth after a lost answer, before it sends again', () => {
    expect(after(...read, { type: 'sign' }, lost('sign')).effects).to.deep.equal(['later ask 1000']);
    const again = after(...read, { type: 'sign' }, lost('sign'), { type: 'request', request: request() });
    expect(again.effects).to.deep.equal(['tell', 'sign']);
  });

  it('follows instead of sending again when the lost answer was a yes', () => {
    const accepted = request(signing('accepted'));
    const { session, effects } = after(...read, { type: 'sign' }, lost('sign'), { type: 'request', request: accepted });
    expect(session.phase).to.equal('following');
    expect(effects).to.deep.equal(['tell', 'follow']);
  });

  it('waits longer after each loss, half a minute at most', () => {
    const losses = Array.from({ length: 8 }, () => lost('ask'));
    expect(after(...read, { type: 'sign' }, lost('sign'), ...losses).effects).to.deep.equal(['later ask 30000']);
  });

  it('reads the truth after a conflict', () => {
    const conflict: Happening = { type: 'problem', problem: 'already-signed', during: 'sign' };
    expect(after(...read, { type: 'sign' }, conflict).effects).to.deep.equal(['ask']);
  });

  it('tells a busy service’s problem only after it has tried four times', () => {
    const busy: Happening = { type: 'problem', problem: 'overloaded', during: 'ask' };
    const four = after({ type: 'started' }, busy, busy, busy, busy);
    expect([four.session.phase, four.session.problem]).to.deep.equal(['loading', null]);
    const five = after({ type: 'started' }, busy, busy, busy, busy, busy);
    expect([five.session.phase, five.session.problem]).to.deep.equal(['stopped', 'overloaded']);
  });

  it('goes back to reading when the token has expired for good, and keeps what was read', () => {
    const expired: Happening = { type: 'problem', problem: 'token-expired', during: 'sign' };
    const { session } = after(...read, { type: 'sign' }, expired);
    expect([session.phase, session.problem, session.wanted]).to.deep.equal(['reading', 'token-expired', null]);
  });

  it('ends where the signing ended', () => {
    const ends = { completed: 'done', declined: 'declined', failed: 'stopped' } as const;
    for (const [status, phase] of Object.entries(ends)) {
      const { session } = after(...read, { type: 'signing', signing: signing(status as 'failed') });
      expect(session.phase).to.equal(phase);
    }
  });

  it('tells that it is signed once, however often the service says so', () => {
    const completed: Happening = { type: 'signing', signing: signing('completed') };
    expect(after(...read, completed).effects).to.deep.equal(['tell', 'tell', 'show-signed']);
    expect(after(...read, completed, completed).effects).to.deep.equal([]);
  });

  it('is done as soon as the document is signed, and goes on following what comes after', () => {
    const signed: Happening = { type: 'signing', signing: signing('signed') };
    const { session, effects } = after(...read, signed);
    expect(session.phase).to.equal('done');
    expect(effects).to.deep.equal(['tell', 'tell', 'show-signed', 'follow']);
    const completed: Happening = { type: 'signing', signing: signing('completed') };
    expect(after(...read, signed, completed).effects).to.deep.equal(['tell']);
    const lostLine: Happening = { type: 'problem', problem: 'token-source', during: 'follow' };
    expect(after(...read, signed, lostLine).session.problem).to.equal(null);
  });

  it('waits for its turn, shows so, and goes on when it has come', () => {
    const early: Happening = { type: 'problem', problem: 'not-your-turn', during: 'ask' };
    const { session, effects } = after({ type: 'started' }, early);
    expect([session.phase, session.problem]).to.deep.equal(['stopped', 'not-your-turn']);
    expect(effects).to.deep.equal(['later ask 4000']);
    expect(after({ type: 'started' }, early, early, early).effects).to.deep.equal(['later ask 4000']);
    const turn = after({ type: 'started' }, early, { type: 'request', request: request() });
    expect([turn.session.phase, turn.session.problem]).to.deep.equal(['reading', null]);
  });

  it('opens the document when its turn has come', () => {
    const early: Happening = { type: 'problem', problem: 'not-your-turn', during: 'document' };
    expect(after({ type: 'started' }, early).effects).to.deep.equal(['later open-document 4000']);
  });

  it('stops where somebody before has declined', () => {
    const declined: Happening = { type: 'problem', problem: 'already-declined', during: 'ask' };
    const { session, effects } = after({ type: 'started' }, declined);
    expect([session.phase, session.problem]).to.deep.equal(['stopped', 'already-declined']);
    expect(effects).to.deep.equal(['tell']);
  });
});
