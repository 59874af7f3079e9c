import { expect } from 'chai';
import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import { advance } from './advance.ts';
import { initialSession, type VisitEvent, type Session } from './session.ts';

const signing = (status: SigningView['status']) => ({ id: 's-1', status }) as SigningView;
const request = (signing: SigningView | null = null) => ({ signing }) as SigningRequestView;

function after(...events: VisitEvent[]): { session: Session; effects: string[] } {
  let session = initialSession();
  let effects: string[] = [];
  for (const event of events) {
    const step = advance(session, event);
    session = step.session;
    effects = step.effects.map((effect) =>
      effect.do === 'later' ? `later ${effect.next.do} ${effect.ms}` : effect.do,
    );
  }
  return { session, effects };
}

const read: VisitEvent[] = [{ type: 'started' }, { type: 'request', request: request() }];
const lost = (during: 'sign' | 'ask'): VisitEvent => ({ type: 'problem', problem: 'network', during });
const expired = (during: 'sign' | 'ask'): VisitEvent => ({ type: 'problem', problem: 'token-expired', during });

describe('the session', () => {
  it('asks for the truth after a lost answer, before it sends again', () => {
    expect(after(...read, { type: 'sign' }, lost('sign')).effects).to.deep.equal(['later ask 1000']);
    const again = after(...read, { type: 'sign' }, lost('sign'), { type: 'request', request: request() });
    expect(again.effects).to.deep.equal(['emit-progress', 'sign']);
  });

  it('follows instead of sending again when the lost answer was a yes', () => {
    const accepted = request(signing('accepted'));
    const { session, effects } = after(...read, { type: 'sign' }, lost('sign'), { type: 'request', request: accepted });
    expect(session.phase).to.equal('following');
    expect(effects).to.deep.equal(['emit-progress', 'follow']);
  });

  it('stops where the host has withdrawn what was to be signed, whatever it was doing', () => {
    const withdrawn: VisitEvent = { type: 'problem', problem: 'request-withdrawn', during: 'sign' };
    const refused = after(...read, { type: 'sign' }, withdrawn);
    expect(refused.session).to.include({ phase: 'stopped', problem: 'request-withdrawn', wanted: null });
    expect(refused.effects).to.deep.equal(['emit-error']);
    const asked = after({ type: 'started' }, { ...withdrawn, during: 'ask' });
    expect(asked.session.phase).to.equal('stopped');
    const followed = after(...read, { type: 'sign' }, { type: 'signing', signing: signing('withdrawn') });
    expect(followed.session).to.include({ phase: 'stopped', problem: 'request-withdrawn' });
  });

  it('waits longer after each loss, half a minute at most', () => {
    const losses = Array.from({ length: 8 }, () => lost('ask'));
    expect(after(...read, { type: 'sign' }, lost('sign'), ...losses).effects).to.deep.equal(['later ask 30000']);
  });

  it('reads the truth after a conflict', () => {
    const conflict: VisitEvent = { type: 'problem', problem: 'already-signed', during: 'sign' };
    expect(after(...read, { type: 'sign' }, conflict).effects).to.deep.equal(['ask']);
  });

  it('tells a busy service’s problem only after it has tried four times', () => {
    const busy: VisitEvent = { type: 'problem', problem: 'overloaded', during: 'ask' };
    const four = after({ type: 'started' }, busy, busy, busy, busy);
    expect([four.session.phase, four.session.problem]).to.deep.equal(['loading', null]);
    const five = after({ type: 'started' }, busy, busy, busy, busy, busy);
    expect([five.session.phase, five.session.problem]).to.deep.equal(['stopped', 'overloaded']);
  });

  it('goes back to reading when the token has expired for good, and keeps what was read', () => {
    expect(after(...read, { type: 'sign' }, expired('sign')).effects).to.deep.equal(['ask']);
    const { session } = after(...read, { type: 'sign' }, expired('sign'), expired('ask'));
    expect([session.phase, session.problem, session.wanted]).to.deep.equal(['reading', 'token-expired', null]);
  });

  it('pain 3: reads the truth after any error of a post, before it calls anything failed', () => {
    const sent: VisitEvent[] = [...read, { type: 'sign' }];
    for (const problem of ['internal', 'overloaded', 'service-answer', 'signing-failed', 'network'] as const) {
      const failed: VisitEvent = { type: 'problem', problem, during: 'sign' };
      const { session, effects } = after(...sent, failed);
      expect([session.problem, effects.filter((effect) => /ask/.test(effect)).length], problem).to.deep.equal([
        null,
        1,
      ]);
      const signed: VisitEvent = { type: 'request', request: request(signing('completed')) };
      expect(after(...sent, failed, signed).session.phase, problem).to.equal('done');
    }
  });

  it('pain 3: tells the problem that a post ended in once the service says that nothing came of it', () => {
    const refused: VisitEvent = { type: 'problem', problem: 'consent-unknown', during: 'sign' };
    const { session, effects } = after(...read, { type: 'sign' }, refused, { type: 'request', request: request() });
    expect([session.phase, session.problem, session.wanted]).to.deep.equal(['reading', 'consent-unknown', null]);
    expect(effects).to.deep.equal(['emit-error']);
  });

  it('pain 3: lets nobody sign again while a post may have arrived, and goes on where it was after a renewal', () => {
    const noToken: VisitEvent = { type: 'problem', problem: 'token-source', during: 'ask' };
    const lostThenRefused: VisitEvent[] = [...read, { type: 'sign' }, lost('sign'), noToken];
    const { session } = after(...lostThenRefused);
    expect([session.phase, session.problem, session.wanted]).to.deep.equal(['sending', 'token-source', 'sign']);
    expect(after(...lostThenRefused, { type: 'retry' }).effects).to.deep.equal(['renew']);
    const renewed: VisitEvent[] = [...lostThenRefused, { type: 'retry' }, { type: 'request', request: request() }];
    expect(after(...renewed).effects).to.deep.equal(['emit-progress', 'sign']);
  });

  it('does not ask for the truth of what was never sent, and keeps the host’s words', () => {
    const refused: VisitEvent = { type: 'problem', problem: 'host-refused', during: 'sign', detail: 'Llame al banco' };
    const { session, effects } = after(...read, { type: 'sign' }, refused);
    expect([session.phase, session.problem, session.detail]).to.deep.equal([
      'reading',
      'host-refused',
      'Llame al banco',
    ]);
    expect(effects).to.deep.equal(['emit-error']);
    expect(after(...read, { type: 'sign' }, refused, { type: 'sign' }).session.detail).to.equal(null);
  });

  it('shows at once that the line is down and up, and tells the host of the third loss in a row', () => {
    expect(after(...read, { type: 'line', up: false }).session.offline).to.equal(true);
    expect(after(...read, { type: 'line', up: false }, { type: 'line', up: true }).session.offline).to.equal(false);
    expect(after({ type: 'started' }, lost('ask'), lost('ask')).effects).to.deep.equal(['later ask 2000']);
    expect(after({ type: 'started' }, lost('ask'), lost('ask'), lost('ask')).effects).to.deep.equal([
      'emit-error',
      'later ask 4000',
    ]);
    const four = after({ type: 'started' }, lost('ask'), lost('ask'), lost('ask'), lost('ask'));
    expect(four.effects).to.deep.equal(['later ask 8000']);
  });

  it('reads the truth when another tab has signed, unless it waits for an answer itself', () => {
    expect(after(...read, { type: 'elsewhere' }).effects).to.deep.equal(['ask']);
    expect(after(...read, { type: 'sign' }, { type: 'elsewhere' }).effects).to.deep.equal([]);
  });

  it('goes on asking for late outputs after a lost line', () => {
    const signed: VisitEvent = { type: 'signing', signing: signing('signed') };
    const loss: VisitEvent = { type: 'problem', problem: 'network', during: 'follow' };
    const { session, effects } = after(...read, signed, loss);
    expect([session.problem, session.offline]).to.deep.equal([null, false]);
    expect(effects).to.deep.equal(['later follow 30000']);
  });

  it('ends where the signing ended', () => {
    const ends = { completed: 'done', declined: 'declined', failed: 'stopped' } as const;
    for (const [status, phase] of Object.entries(ends)) {
      const { session } = after(...read, { type: 'signing', signing: signing(status as 'failed') });
      expect(session.phase).to.equal(phase);
    }
  });

  it('tells that it is signed once, however often the service says so', () => {
    const completed: VisitEvent = { type: 'signing', signing: signing('completed') };
    expect(after(...read, completed).effects).to.deep.equal(['emit-progress', 'emit-signed', 'show-signed']);
    expect(after(...read, completed, completed).effects).to.deep.equal([]);
  });

  it('is done as soon as the document is signed, and goes on following what comes after', () => {
    const signed: VisitEvent = { type: 'signing', signing: signing('signed') };
    const { session, effects } = after(...read, signed);
    expect(session.phase).to.equal('done');
    expect(effects).to.deep.equal(['emit-progress', 'emit-signed', 'show-signed', 'follow']);
    const completed: VisitEvent = { type: 'signing', signing: signing('completed') };
    expect(after(...read, signed, completed).effects).to.deep.equal(['emit-progress']);
    const lostLine: VisitEvent = { type: 'problem', problem: 'token-source', during: 'follow' };
    expect(after(...read, signed, lostLine).session.problem).to.equal(null);
  });

  it('waits for its turn, shows so, and goes on when it has come', () => {
    const early: VisitEvent = { type: 'problem', problem: 'not-your-turn', during: 'ask' };
    const { session, effects } = after({ type: 'started' }, early);
    expect([session.phase, session.problem]).to.deep.equal(['stopped', 'not-your-turn']);
    expect(effects).to.deep.equal(['later ask 4000']);
    expect(after({ type: 'started' }, early, early, early).effects).to.deep.equal(['later ask 4000']);
    const turn = after({ type: 'started' }, early, { type: 'request', request: request() });
    expect([turn.session.phase, turn.session.problem]).to.deep.equal(['reading', null]);
  });

  it('opens the document when its turn has come', () => {
    const early: VisitEvent = { type: 'problem', problem: 'not-your-turn', during: 'document' };
    expect(after({ type: 'started' }, early).effects).to.deep.equal(['later open-document 4000']);
  });

  it('stops where somebody before has declined', () => {
    const declined: VisitEvent = { type: 'problem', problem: 'already-declined', during: 'ask' };
    const { session, effects } = after({ type: 'started' }, declined);
    expect([session.phase, session.problem]).to.deep.equal(['stopped', 'already-declined']);
    expect(effects).to.deep.equal(['emit-error']);
  });
});
