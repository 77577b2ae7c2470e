import type { Scope } from '../../../meetings/rules/scopes.ts';

/** By a link of the meeting: which feed tokens open it. `own`: where it is about themselves. */
type Links = 'none' | 'moderators' | 'people' | 'own';

/** Who may use an operation; written by hand, so that a slip in the table of rights is seen. */
export type Expected =
  | { readonly kind: 'anybody' }
  | {
      readonly kind: 'known';
      /** Of those with accounts. `seated`: moderators whose meeting it is. */
      readonly roles: readonly ('owner' | 'moderator' | 'seated' | 'participant' | 'observer')[];
      /** What a key must be for; `none`: no key but the administrator's. */
      readonly scope: Scope | 'none';
      readonly links: Links;
      /** With the administrator's key, or a console opened by it. */
      readonly admin: boolean;
    };

type Known = Extract<Expected, { kind: 'known' }>;

const ANYBODY: Expected = { kind: 'anybody' };

function known(roles: string, scope: Known['scope'], links: Links = 'none'): Expected {
  const named = roles.split(' ') as Known['roles'];
  return { kind: 'known', roles: named, scope, links, admin: true };
}

/** What only somebody with an account has. */
function own(roles: string): Expected {
  return { ...(known(roles, 'none') as Known), admin: false };
}

const SEE = known('owner seated observer', 'meetings:read');
const RUN = known('owner seated', 'meetings:write');
const WATCH = known('owner seated observer', 'meetings:read', 'people');
const MODERATE = known('owner seated', 'rooms:control', 'moderators');
const OWN_ROW = known('owner seated', 'rooms:control', 'own');
const SEE_HOUSE = known('owner observer', 'system:read');
const RUN_HOUSE = known('owner', 'system:write');
const AUDIT = known('owner observer', 'audit:read');
const SEE_PEOPLE = known('owner moderator observer', 'people:read');
const RUN_PEOPLE = known('owner', 'people:admin');
const OWN_KEYS = known('owner moderator observer', 'none');
const MYSELF = own('owner moderator participant observer');
const MY_MEETINGS = own('owner moderator participant');

/** Every operation of the API. One that is not here fails the test: decide who may use it. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'get /meetings': known('owner moderator observer', 'meetings:read'),
  'post /meetings': known('owner moderator', 'meetings:write'),
  'get /meetings/{id}': SEE,
  'patch /meetings/{id}': RUN,
  'delete /meetings/{id}': RUN,
  'post /meetings/{id}/end': RUN,
  'post /meetings/{id}/restore': RUN,
  'get /meetings/{id}/occurrences': SEE,
  'patch /meetings/{id}/occurrences/{at}': RUN,
  'post /meetings/{id}/tickets': RUN,
  'get /meetings/{id}/invitation': SEE,
  'get /meetings/{id}/breakouts': WATCH,
  'post /meetings/{id}/breakouts': MODERATE,
  'post /meetings/{id}/breakouts/{breakoutId}/move': MODERATE,
  'post /meetings/{id}/breakouts/close': MODERATE,
  'get /events': known('owner observer', 'meetings:read'),
  'get /meetings/{id}/events': SEE,
  'get /recordings': SEE_HOUSE,
  'get /recordings/{recordingId}': SEE_HOUSE,
  'patch /recordings/{recordingId}': RUN_HOUSE,
  'delete /recordings/{recordingId}': RUN_HOUSE,
  'get /recordings/{recordingId}/audio': SEE_HOUSE,
  'get /tickets/{ticket}': ANYBODY,
  'post /tickets/{ticket}/softphone': ANYBODY,
  'get /meetings/{id}/participants': WATCH,
  'patch /meetings/{id}/participants/{pid}': OWN_ROW,
  'delete /meetings/{id}/participants/{pid}': MODERATE,
  'get /meetings/{id}/bans': MODERATE,
  'delete /meetings/{id}/bans/{banId}': MODERATE,
  'post /meetings/{id}/mute-all': MODERATE,
  'post /meetings/{id}/lock': MODERATE,
  'post /meetings/{id}/unmute-all': MODERATE,
  'post /meetings/{id}/lobby': MODERATE,
  'post /meetings/{id}/recording': MODERATE,
  'post /meetings/{id}/announce': MODERATE,
  'get /announcements': known('owner moderator observer', 'meetings:read'),
  'get /meetings/{id}/calls': WATCH,
  'post /meetings/{id}/calls': MODERATE,
  'delete /meetings/{id}/calls/{callId}': OWN_ROW,
  'get /meetings/{id}/history': SEE,
  'get /meetings/{id}/history/{sessionId}': SEE,
  'delete /meetings/{id}/history/{sessionId}': RUN,
  'get /meetings/{id}/history/{sessionId}/export': SEE,
  'get /history': SEE_HOUSE,
  'get /history/export': SEE_HOUSE,
  'delete /history/people/{person}': RUN_HOUSE,
  'get /accounts': SEE_HOUSE,
  'post /accounts': RUN_HOUSE,
  'get /accounts/{username}': SEE_HOUSE,
  'patch /accounts/{username}': RUN_HOUSE,
  'delete /accounts/{username}': RUN_HOUSE,
  'post /accounts/{username}/rotate': RUN_HOUSE,
  'post /accounts/{username}/restore': RUN_HOUSE,
  'get /trunks': SEE_HOUSE,
  'post /trunks': RUN_HOUSE,
  'get /trunks/{name}': SEE_HOUSE,
  'patch /trunks/{name}': RUN_HOUSE,
  'delete /trunks/{name}': RUN_HOUSE,
  'post /trunks/{name}/test': RUN_HOUSE,
  'get /nodes': SEE_HOUSE,
  'get /system': SEE_HOUSE,
  'post /nodes/{nodeId}/drain': RUN_HOUSE,
  'post /nodes/{nodeId}/undrain': RUN_HOUSE,
  'get /bans': RUN_HOUSE,
  'post /bans': RUN_HOUSE,
  'delete /bans/{banId}': RUN_HOUSE,
  'get /alarms': SEE_HOUSE,
  'delete /alarms/{alarmId}': RUN_HOUSE,
  'get /audit': AUDIT,
  'get /audit/export': AUDIT,
  'get /audit/verify': AUDIT,
  'get /webhooks': RUN_HOUSE,
  'post /webhooks': RUN_HOUSE,
  'get /webhooks/{webhookId}': RUN_HOUSE,
  'patch /webhooks/{webhookId}': RUN_HOUSE,
  'delete /webhooks/{webhookId}': RUN_HOUSE,
  'post /webhooks/{webhookId}/rotate': RUN_HOUSE,
  'post /webhooks/{webhookId}/test': RUN_HOUSE,
  'post /webhooks/{webhookId}/replay': RUN_HOUSE,
  'get /webhooks/{webhookId}/deliveries': RUN_HOUSE,
  'post /webhooks/{webhookId}/deliveries/{deliveryId}/replay': RUN_HOUSE,
  'get /session': ANYBODY,
  'post /session': ANYBODY,
  'delete /session': ANYBODY,
  'post /setup': ANYBODY,
  'get /people': SEE_PEOPLE,
  'post /people': RUN_PEOPLE,
  'get /people/{personId}': SEE_PEOPLE,
  'patch /people/{personId}': RUN_PEOPLE,
  'delete /people/{personId}': RUN_PEOPLE,
  'post /people/{personId}/reset': RUN_PEOPLE,
  'get /keys': OWN_KEYS,
  'post /keys': OWN_KEYS,
  'delete /keys/{keyId}': OWN_KEYS,
  'post /me/password': MYSELF,
  'get /me/sessions': MYSELF,
  'delete /me/sessions/{sessionId}': MYSELF,
  'post /me/phone': MYSELF,
  'get /me/phone/people': MYSELF,
  'get /me/meetings': MY_MEETINGS,
  'post /me/meetings/{id}/ticket': MY_MEETINGS,
};
