import { introduce } from '../platform/config/about.js';

introduce({
  lead: 'The headless API for a tech career: contacts, recruiters, interviews and reminders over REST and GraphQL, and signed webhooks when something is due.',
  query: `query Overdue {
  contacts(
    first: 10
    sort: [{ field: nextTouchAt }]
  ) {
    nodes { name company nextTouchAt }
    pageInfo { hasNextPage }
  }
}
`,
});
