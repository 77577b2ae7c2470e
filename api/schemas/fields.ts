import { z } from 'zod';
import { isMeetingName, isPersonName } from '../../meetings/rules/names.ts';
import { LANGUAGES } from '../../protocol/call/language.ts';

export const meetingName = z
  .string()
  .trim()
  .refine(isMeetingName, 'must be 1 to 100 characters, without control characters')
  .meta({ description: '1 to 100 characters', examples: ['Standup'] });

export const personName = z
  .string()
  .trim()
  .refine(isPersonName, "must be 1 to 64 letters, digits, spaces, emoji or .,'-_()&@+#!?*:/")
  .meta({ description: '1 to 64 letters, digits, spaces or emoji', examples: ['Ada Lovelace'] });

export const extension = z
  .string()
  .regex(/^[0-9]{2,6}$/, 'must be 2 to 6 digits')
  .meta({ description: 'what desk phones dial', examples: ['701'] });

export const role = z.enum(['moderator', 'participant']);

export const level = z.int().min(-4).max(4);

export const language = z.enum(LANGUAGES);

export const time = z.iso.datetime();

export const dialIn = z.array(
  z.strictObject({
    label: z.string(),
    number: z.string(),
    uri: z.string(),
    language: language.optional(),
  }),
);

export const nothing = z.strictObject({});
