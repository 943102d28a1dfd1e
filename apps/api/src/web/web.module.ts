import { Module } from '@nestjs/common';
import { WEB_FOLDER, findWebFolder } from './web-folder.js';
import { WebRoutes } from './web.routes.js';

/** The web app for people; the API needs nothing of it. */
@Module({ providers: [WebRoutes, { provide: WEB_FOLDER, useFactory: () => findWebFolder() }] })
export class WebModule {}
