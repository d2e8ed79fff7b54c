import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { Failure } from '../../platform/jobs/failure.entity.js';
import { facesOf } from '../../platform/resources/faces.js';
import { AccountsController, InstallationController, KeysController, MeController } from './accounts.controller.js';
import { AccountsResolver } from './accounts.resolver.js';
import { AccountsService } from './accounts.service.js';
import { CheckupsService } from './checkups.service.js';
import { InstallationService } from './installation.service.js';
import { KeyAuthenticator } from './key-authenticator.js';
import { FailuresService } from './failures.service.js';
import { KeysService } from './keys.service.js';

const failures = facesOf(Failure, { scope: 'account', tag: 'Account', service: FailuresService });

@Global()
@Module({
  controllers: [AccountsController, MeController, InstallationController, KeysController, failures.controller],
  providers: [
    AccountsService,
    KeysService,
    InstallationService,
    CheckupsService,
    AccountsResolver,
    FailuresService,
    failures.resolver,
    { provide: Authenticator, useClass: KeyAuthenticator },
  ],
  exports: [Authenticator, AccountsService, InstallationService],
})
export class AccountsModule {}
