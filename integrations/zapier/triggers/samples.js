/** What Zapier shows before there is an account: the shapes that hooks get. The tests hold them against a server. */
exports.ring = {
  type: 'reminder.due',
  timestamp: '2027-03-01T09:00:00.000Z',
  sequence: 42,
  eventId: '0192f1c4-0000-7000-8000-000000000001',
  id: '0192f1c4-0000-7000-8000-000000000002',
  reminderId: '0192f1c4-0000-7000-8000-000000000003',
  kind: 'keep_in_touch',
  title: 'Keep in touch with Ada Lovelace',
  dueAt: '2027-03-01T09:00:00.000Z',
  state: 'open',
  priority: 'normal',
  late: false,
  missedCount: 0,
};

exports.digest = {
  type: 'digest.ready',
  timestamp: '2027-03-01T09:00:00.000Z',
  sequence: 43,
  eventId: '0192f1c4-0000-7000-8000-000000000005',
  id: '0192f1c4-0000-7000-8000-000000000006',
};

exports.contact = {
  id: '0192f1c4-0000-7000-8000-000000000007',
  createdAt: '2027-03-01T09:00:00.000Z',
  name: 'Ada Lovelace',
  company: 'Analytical Engines',
  title: 'Programmer',
};
