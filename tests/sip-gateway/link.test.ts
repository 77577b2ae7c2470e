import { expect, test } from 'vitest';
import type {
  SrfClient,
  SrfHandler,
  SrfRequest,
  SrfResponse,
} from '../../sip-gateway/drachtio-shapes.ts';
import { Link } from '../../sip-gateway/link.ts';

/** drachtio-srf's surface with nobody behind it: hands messages to the link that drachtio would. */
function unconnected() {
  const handlers = new Map<string, SrfHandler>();
  const use = (method: string | SrfHandler, handler?: SrfHandler) =>
    typeof method === 'string' && handler ? handlers.set(method, handler) : undefined;
  const faults: unknown[] = [];
  const link = new Link({ use } as unknown as SrfClient, {
    onCall: () => {
      throw new Error('ours');
    },
    onRequest: () => undefined,
    onFault: (error) => faults.push(error),
  });
  const deliver = (method: string, raw: string): number[] => {
    const answered: number[] = [];
    const req = { method, msg: { raw }, on: () => undefined } as unknown as SrfRequest;
    const res = { send: (status: number) => answered.push(status) } as unknown as SrfResponse;
    handlers.get(method.toLowerCase())?.(req, res, () => undefined);
    return answered;
  };
  return { link, faults, deliver };
}

const HEADERS = 'From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\r\n';

test('a Via that drachtio takes and we do not costs its own request only', () => {
  const { deliver, faults } = unconnected();
  expect(deliver('OPTIONS', `OPTIONS sip:b@x SIP/2.0\r\nVia: nonsense\r\n${HEADERS}`)).toEqual([
    400,
  ]);
  expect(deliver('INVITE', `INVITE sip:b@x SIP/2.0\r\nVia: nonsense\r\n${HEADERS}`)).toEqual([400]);
  expect(deliver('INVITE', 'nonsense')).toEqual([400]);
  expect(faults).toEqual([]);
});

test('a fault of ours is told, and answered with 500', () => {
  const { deliver, faults } = unconnected();
  const raw = `INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK1\r\n${HEADERS}`;
  expect(deliver('INVITE', raw)).toEqual([500]);
  expect(faults).toHaveLength(1);
});
