import { link, notice, shown } from './notices.js';

describe('the standard body', () => {
  it('has previous values, actions and the mark of a sample only when there are some', () => {
    const plain = ['type', 'timestamp', 'sequence', 'data'];
    expect(Object.keys(shown('standard', notice()))).toEqual(plain);
    expect(Object.keys(shown('standard', notice({ previous: { name: 'Before' } })))).toEqual([...plain, 'previous']);
    expect(Object.keys(shown('standard', notice({ actions: [link('done', 'Done')] })))).toEqual([...plain, 'actions']);
    expect(Object.keys(shown('standard', notice({ sample: true })))).toEqual([...plain, 'sample']);
  });
});
