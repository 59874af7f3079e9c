import { expect } from 'chai';
import { unreadOf } from './unread.ts';

describe('pages unread', () => {
  it('are told as people write them', () => {
    expect(unreadOf([1, 3, 8], 9)).to.deep.equal({ ranges: ['2', '4–7', '9'], count: 6 });
    expect(unreadOf([1], 1)).to.deep.equal({ ranges: [], count: 0 });
  });

  it('are cut short where there are very many', () => {
    expect(unreadOf([2, 4, 6, 8, 10], 11).ranges).to.deep.equal(['1', '3', '5', '7', '…']);
  });
});
