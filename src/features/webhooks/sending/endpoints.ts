import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Config } from '../../../platform/config/config.js';
import { Log } from '../../../platform/config/log.js';
import { Database } from '../../../platform/database/database.js';
import type { Statement } from '../../../platform/database/tx.js';
import { opened } from '../secrets.js';
import type { OpenSecret, SealedSecret } from '../secrets.js';
import { openedHeaders } from '../webhook-headers.js';
import type { SealedHeader } from '../webhook-headers.js';
import { urlRefusal } from '../webhook-url.js';
import type { Claimed } from './claim.sql.js';

/** The properties of a webhook that sending needs. */
export interface Endpoint {
  readonly version: number;
  readonly origin: string;
  readonly path: string;
  readonly secrets: readonly OpenSecret[];
  /** The headers that the caller has set. */
  readonly headers: Readonly<Record<string, string>>;
  /** The scopes of its key: an action is offered only if they allow it. */
  readonly scopes: readonly string[];
  /** Its key: what its links do ends with it. */
  readonly keyId: string | null;
  /** Why nothing may be sent to it, as the error code of the log; null if it may. */
  readonly refusal: string | null;
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly url: string;
  readonly secrets: readonly SealedSecret[];
  readonly headers: readonly SealedHeader[];
  readonly scopes: readonly string[];
  readonly keyId: string | null;
}

const REMEMBERED = 5_000;

/** Endpoints with decrypted secrets, read once for each version of a webhook. */
@Injectable()
export class Endpoints {
  private readonly known = new LRUCache<string, Endpoint>({ max: REMEMBERED });

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  /** The endpoints of a batch by webhook. A webhook that was deleted in the meantime has none. */
  async of(batch: readonly Claimed[]): Promise<ReadonlyMap<string, Endpoint>> {
    const versions = new Map(batch.map((claimed) => [claimed.webhookId, claimed]));
    const unknown = [...versions.values()].filter(({ webhookId, version }) => !this.remembers(webhookId, version));
    if (unknown.length > 0) {
      const rows = await this.database.system<Row>(endpointRows(unknown));
      for (const row of rows) this.known.set(row.id, this.open(row));
    }
    const found = new Map<string, Endpoint>();
    for (const { webhookId, version } of versions.values()) {
      const endpoint = this.known.get(webhookId);
      if (endpoint && endpoint.version >= version) found.set(webhookId, endpoint);
    }
    return found;
  }

  private remembers(webhookId: string, version: number): boolean {
    return this.known.get(webhookId)?.version === version;
  }

  /** The rules may have become stricter since the URL was accepted, and a key may be missing from the key ring. */
  private open({ id, version, url, scopes, keyId, ...sealed }: Row): Endpoint {
    const { origin, pathname, search } = new URL(url);
    const place = { version, origin, path: pathname + search, secrets: [], headers: {}, scopes, keyId };
    if (urlRefusal(url, this.config.webhooks)) return { ...place, refusal: 'address_not_allowed' };
    try {
      const secrets = opened(this.config.keyRing, id, sealed.secrets);
      const headers = openedHeaders(this.config.keyRing, id, sealed.headers);
      return { ...place, secrets, headers, refusal: null };
    } catch (error) {
      this.log.warn(`webhook ${id} cannot be signed`, 'Webhooks', error);
      return { ...place, refusal: 'failed' };
    }
  }
}

function endpointRows(claimed: readonly Claimed[]): Statement {
  return {
    text: `select w.id, w.version, w.url, w.secrets, w.headers, w.scopes, w.key_id as "keyId" from unnest($1::uuid[], $2::uuid[]) k(account_id, id)
      join webhooks w on w.account_id = k.account_id and w.id = k.id and w.deleted_at is null`,
    values: [claimed.map(({ accountId }) => accountId), claimed.map(({ webhookId }) => webhookId)],
  };
}
