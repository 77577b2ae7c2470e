import { z } from 'zod';

const inputFault = z.strictObject({
  pointer: z
    .string()
    .optional()
    .meta({ description: 'where in the body (RFC 6901)', examples: ['#/volume/in'] }),
  parameter: z.string().optional().meta({ description: 'which parameter of the query' }),
  detail: z.string(),
});

export const problemView = z.strictObject({
  type: z.string().meta({ examples: ['urn:partyline:problem:bad-input'] }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'what to do' }),
  field: z.string().optional().meta({ description: 'the first part of the input at fault' }),
  errors: z
    .array(inputFault)
    .optional()
    .meta({ description: 'everything that is wrong with the input' }),
});
