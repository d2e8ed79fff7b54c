import { createHash } from 'node:crypto';
import { cutText } from '../../../../kit/cut-text.js';
import { isLocalDate } from '../../../../kit/instants.js';
import { profileSlug } from '../../../../kit/profile-slug.js';
import { cleanLines } from './clean-text.js';
import { tablePlanOf } from './plan.js';
import type {
  FileReader,
  FileRow,
  HowToRead,
  ImportPlan,
  OpenedFile,
  Parts,
  ReadMessage,
  ReadRow,
  TablePlan,
} from './reader.js';
import { RowCount } from './row-count.js';
import type { HeaderFormat, TableRow } from './table-format.js';
import { fieldsBy, tableRecords } from './table-reader.js';

/** Who the account is, in a file of messages. */
interface MessagesPlan extends TablePlan {
  /** As the caller declared it; null when the file is to show it. */
  readonly own: string | null;
}

const FORMAT: HeaderFormat = {
  file: {
    wanted: "LinkedIn's messages.csv",
    advice: 'Choose the file that the export calls messages.csv.',
  },
  columns: {
    conversation: ['CONVERSATION ID'],
    title: ['CONVERSATION TITLE'],
    from: ['FROM'],
    sender: ['SENDER PROFILE URL'],
    to: ['TO'],
    recipients: ['RECIPIENT PROFILE URLS', 'RECIPIENT PROFILE URL'],
    date: ['DATE'],
    subject: ['SUBJECT'],
    content: ['CONTENT'],
    folder: ['FOLDER'],
    isDraft: ['IS MESSAGE DRAFT'],
  },
  isHeader: ({ from, sender, date, conversation }) =>
    [from, sender, date, conversation].every((one) => one !== undefined),
  wanted: 'CONVERSATION ID, FROM, SENDER PROFILE URL, DATE',
};

const MOST_RECIPIENTS = 100;
/** A message to more people than these is mass mail. */
const MOST_ADDRESSED = 5;
const LONGEST_SUMMARY = 2_000;
/** What LinkedIn calls what somebody paid for, or who is not a member any more; the class is that of its advertisements. */
const SPONSORED = /sponsored|gesponsert|sponsoris[ée]|patrocinad[oa]|spinmail/i;
const DATE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?:UTC|Z)?$/;

/** LinkedIn's `messages.csv`. */
export const messages: FileReader = {
  source: 'linkedin_messages',
  brings: 'messages',
  howWeMet: null,
  tags: [],
  planOf,
  open: opened,
};

async function planOf(bytes: Buffer, how: HowToRead): Promise<MessagesPlan> {
  const plan = await tablePlanOf(bytes, FORMAT, how);
  return { ...plan, own: how.ownProfile ? profileSlug(how.ownProfile) : null };
}

async function opened(parts: Parts, plan: ImportPlan): Promise<OpenedFile> {
  const given = plan as MessagesPlan;
  const count = new RowCount();
  const parties = new Parties();
  for await (const records of tableRecords(parts, given)) {
    count.add(records.length);
    for (const { fields } of records) parties.see(fieldsBy(fields, given));
  }
  const own = given.own ?? parties.likeliest();
  const note =
    given.own !== null || own === null
      ? []
      : [
          `You are taken to be linkedin.com/in/${own}, who has part in most messages. Give ownProfile if that is wrong.`,
        ];
  return { notes: note, rows: rowsOf(parts, given, own) };
}

async function* rowsOf(parts: Parts, plan: MessagesPlan, own: string | null): AsyncGenerator<readonly FileRow[]> {
  for await (const records of tableRecords(parts, plan)) {
    yield records.map(({ fields, line }) => ({ line, row: messageOf(fieldsBy(fields, plan), own) }));
  }
}

/** Everybody who sent or received a message. The owner of the file has part in each, and is the one who sent the most of two such. */
class Parties {
  private readonly counts = new Map<string, { parts: number; sent: number }>();

  see(field: TableRow['field']): void {
    const sender = profileSlug(field('sender'));
    if (sender !== null) this.add(sender, true);
    for (const slug of new Set(slugsIn(field('recipients')))) if (slug !== sender) this.add(slug, false);
  }

  likeliest(): string | null {
    const [first] = [...this.counts].sort(([, a], [, b]) => b.parts - a.parts || b.sent - a.sent);
    return first?.[0] ?? null;
  }

  private add(slug: string, isSender: boolean): void {
    const count = this.counts.get(slug) ?? { parts: 0, sent: 0 };
    this.counts.set(slug, { parts: count.parts + 1, sent: count.sent + (isSender ? 1 : 0) });
  }
}

function messageOf(field: TableRow['field'], own: string | null): ReadRow {
  if (/^yes$/i.test(field('isDraft').trim())) return { skipped: 'The message is a draft, which was never sent.' };
  const occurredAt = instantOf(field('date').trim());
  if (occurredAt === null)
    return { skipped: `“${cutText(field('date').trim(), 60)}” is not a date such as 2023-05-01 12:34:56 UTC.` };
  const sender = profileSlug(field('sender'));
  if (sender === null) return { skipped: 'The sender has no profile: sponsored, or no member of LinkedIn any more.' };
  const isOutbound = sender === own;
  const others = isOutbound ? slugsIn(field('recipients')).filter((slug) => slug !== own) : [sender];
  if (others.length === 0) return { skipped: 'The file does not say the profile of the recipient.' };
  const problems =
    others.length > MOST_RECIPIENTS
      ? [`Only the first ${MOST_RECIPIENTS} of ${others.length} recipients were looked for.`]
      : [];
  const isMass =
    [field('folder'), field('title'), field('content')].some((text) => SPONSORED.test(text)) ||
    /^spam$/i.test(field('folder').trim());
  return {
    externalId: idOf(field, sender, occurredAt),
    name: cutText((isOutbound ? field('to') : field('from')).replace(/\s+/g, ' ').trim(), 200) || others[0] || sender,
    slugs: others.slice(0, MOST_RECIPIENTS),
    ...{ occurredAt, summary: summaryOf(field), problems },
    direction: isOutbound ? 'outbound' : 'inbound',
    countsAsTouch: !isMass && others.length <= MOST_ADDRESSED,
  };
}

function slugsIn(urls: string): string[] {
  return urls.split(/[,;\s]+/).flatMap((url) => profileSlug(url) ?? []);
}

/** Conversation, second, and who wrote what: a message has no name of its own in the export. */
function idOf(field: TableRow['field'], sender: string, occurredAt: string): ReadMessage['externalId'] {
  const text = [field('conversation').trim(), occurredAt, sender, field('content')].join('\n');
  return `message:${createHash('sha256').update(text).digest('hex')}`;
}

function instantOf(text: string): string | null {
  const [, day = '', hour = '', minute = '', second = '00'] = DATE.exec(text) ?? [];
  if (!isLocalDate(day) || hour > '23' || minute > '59' || second > '59') return null;
  return day >= '2003' && day < '2101' ? `${day}T${hour}:${minute}:${second}.000Z` : null;
}

function summaryOf(field: TableRow['field']): string | null {
  const text = field('content')
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[^<>]{0,500}>/g, '');
  const whole = [field('subject').trim(), cleanLines(text)].filter((part) => part !== '').join(': ');
  const short = cutText(cleanLines(whole), LONGEST_SUMMARY);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(short) ? short : null;
}
