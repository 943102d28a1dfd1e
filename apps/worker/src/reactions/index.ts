import type { DynamicModule, Type } from '@nestjs/common';
import type { Delivery, Reaction } from '#platform';

/** The contexts whose services the reactions below call. */
export const contextModules: (Type | DynamicModule)[] = [];

/** What one context's event makes another do, in one transaction with the mark that it was done. */
export const reactionClasses: Type<Reaction>[] = [];

/** What leaves the database: tickets, mails, pushes. */
export const deliveryClasses: Type<Delivery>[] = [];
