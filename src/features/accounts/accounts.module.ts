import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { AccountsController, InstallationController, KeysController, MeController } from './accounts.controller.js';
import { AccountsResolver } from './accounts.resolver.js';
import { AccountsService } from './accounts.service.js';
import { CheckupsService } from './checkups.service.js';
import { InstallationService } from './installation.service.js';
import { KeyAuthenticator } from './key-authenticator.js';
import { KeysService } from './keys.service.js';

@Global()
@Module({
  controllers: [AccountsController, MeController, InstallationController, KeysController],
  providers: [
    AccountsService,
    KeysService,
    InstallationService,
    CheckupsService,
    AccountsResolver,
    { provide: Authenticator, useClass: KeyAuthenticator },
  ],
  exports: [Authenticator, AccountsService, InstallationService],
})
export class AccountsModule {}
