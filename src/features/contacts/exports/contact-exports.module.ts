import { Module } from '@nestjs/common';
import { ContactExportsController } from './contact-exports.controller.js';
import { ContactExportsResolver } from './contact-exports.resolver.js';
import { ContactExports } from './contact-exports.service.js';

@Module({ controllers: [ContactExportsController], providers: [ContactExports, ContactExportsResolver] })
export class ContactExportsModule {}
