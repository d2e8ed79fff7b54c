/** What everyone builds: Nest on Express, a repository, a DTO judged by class-validator. Rows 1, 2 and 4; no keys, no events. */
import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  Inject,
  Module,
  NotFoundException,
  Param,
  Post,
  Query,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule, getRepositoryToken } from '@nestjs/typeorm';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsNull, LessThan, Repository } from 'typeorm';
import { v7 } from 'uuid';
import { decorateClass, decorateMethod, decorateProperties } from './decorated.mjs';
import { Contact, connection } from './entities.mjs';

class CreateContact {}
decorateProperties(CreateContact, {
  name: [IsString(), MaxLength(200)],
  company: [IsOptional(), IsString(), MaxLength(200)],
  tags: [IsOptional(), IsArray(), ArrayMaxSize(50), IsString({ each: true }), MaxLength(50, { each: true })],
});

class ContactsController {
  constructor(contacts) {
    this.contacts = contacts;
  }

  async one(id) {
    const found = await this.contacts.findOneBy({ id, accountId: account, deletedAt: IsNull() });
    if (!found) throw new NotFoundException();
    return shown(found);
  }

  async page(first = '50', after = undefined) {
    const where = { accountId: account, deletedAt: IsNull(), ...(after ? { id: LessThan(after) } : {}) };
    const found = await this.contacts.find({ where, order: { id: 'DESC' }, take: Number(first) + 1 });
    const data = found.slice(0, Number(first));
    return {
      data: data.map(shown),
      page: { endCursor: data.at(-1)?.id ?? null, hasNextPage: found.length > data.length },
    };
  }

  async create(input) {
    const now = new Date();
    const made = this.contacts.create({
      ...EMPTY,
      ...input,
      id: v7(),
      accountId: account,
      createdAt: now,
      updatedAt: now,
    });
    await this.contacts.save(made);
    const { accountId, deletedAt, ...contact } = made;
    return shown(contact);
  }
}
decorateMethod(ContactsController, 'one', [Get(':id')], [Param('id')], [String]);
decorateMethod(ContactsController, 'page', [Get()], [Query('first'), Query('after')], [String, String]);
decorateMethod(ContactsController, 'create', [Post()], [Body()], [CreateContact]);
Inject(getRepositoryToken(Contact))(ContactsController, undefined, 0);
decorateClass(ContactsController, [Controller('v1/contacts')], [Repository]);

/** What the database gives a new contact when nobody says. */
const EMPTY = Object.fromEntries([
  ...['givenName', 'familyName', 'pronouns', 'company', 'title', 'location', 'timeZone', 'birthday'].map(nothing),
  ...['howWeMet', 'metOn', 'notes', 'tier', 'keepInTouchEvery', 'lastTouchAt', 'nextTouchAt'].map(nothing),
  ...['emails', 'phones', 'links', 'tags'].map((name) => [name, []]),
  ...['favourite', 'archived', 'doNotContact'].map((name) => [name, false]),
  ['relation', 'other'],
  ['custom', {}],
  ['version', 1],
]);

function nothing(name) {
  return [name, null];
}

/** The seeded contacts have no cadence, so what is derived from it is null. */
function shown(contact) {
  return { ...contact, urgency: null, level: null };
}

class Program {}
decorateClass(Program, [
  Module({
    imports: [TypeOrmModule.forRoot(connection), TypeOrmModule.forFeature([Contact])],
    controllers: [ContactsController],
  }),
]);

const app = await NestFactory.create(Program, { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
const [{ id: account }] = await app.get(getRepositoryToken(Contact)).query('select id from accounts');
await app.listen(Number(process.env.PORT), '127.0.0.1');
