/** FreeSWITCH's hang-up causes: Q.850 below 128, its own above (switch_types.h, switch_channel.c). */
const CAUSES: Readonly<Record<string, number>> = {
  NONE: 0,
  UNALLOCATED_NUMBER: 1,
  NO_ROUTE_TRANSIT_NET: 2,
  NO_ROUTE_DESTINATION: 3,
  CHANNEL_UNACCEPTABLE: 6,
  CALL_AWARDED_DELIVERED: 7,
  NORMAL_CLEARING: 16,
  USER_BUSY: 17,
  NO_USER_RESPONSE: 18,
  NO_ANSWER: 19,
  SUBSCRIBER_ABSENT: 20,
  CALL_REJECTED: 21,
  NUMBER_CHANGED: 22,
  REDIRECTION_TO_NEW_DESTINATION: 23,
  EXCHANGE_ROUTING_ERROR: 25,
  DESTINATION_OUT_OF_ORDER: 27,
  INVALID_NUMBER_FORMAT: 28,
  FACILITY_REJECTED: 29,
  RESPONSE_TO_STATUS_ENQUIRY: 30,
  NORMAL_UNSPECIFIED: 31,
  NORMAL_CIRCUIT_CONGESTION: 34,
  NETWORK_OUT_OF_ORDER: 38,
  NORMAL_TEMPORARY_FAILURE: 41,
  SWITCH_CONGESTION: 42,
  ACCESS_INFO_DISCARDED: 43,
  REQUESTED_CHAN_UNAVAIL: 44,
  PRE_EMPTED: 45,
  FACILITY_NOT_SUBSCRIBED: 50,
  OUTGOING_CALL_BARRED: 52,
  INCOMING_CALL_BARRED: 54,
  BEARERCAPABILITY_NOTAUTH: 57,
  BEARERCAPABILITY_NOTAVAIL: 58,
  SERVICE_UNAVAILABLE: 63,
  BEARERCAPABILITY_NOTIMPL: 65,
  CHAN_NOT_IMPLEMENTED: 66,
  FACILITY_NOT_IMPLEMENTED: 69,
  SERVICE_NOT_IMPLEMENTED: 79,
  INVALID_CALL_REFERENCE: 81,
  INCOMPATIBLE_DESTINATION: 88,
  INVALID_MSG_UNSPECIFIED: 95,
  MANDATORY_IE_MISSING: 96,
  MESSAGE_TYPE_NONEXIST: 97,
  WRONG_MESSAGE: 98,
  IE_NONEXIST: 99,
  INVALID_IE_CONTENTS: 100,
  WRONG_CALL_STATE: 101,
  RECOVERY_ON_TIMER_EXPIRE: 102,
  MANDATORY_IE_LENGTH_ERROR: 103,
  PROTOCOL_ERROR: 111,
  INTERWORKING: 127,
  SUCCESS: 142,
  ORIGINATOR_CANCEL: 487,
  CRASH: 700,
  SYSTEM_SHUTDOWN: 701,
  LOSE_RACE: 702,
  MANAGER_REQUEST: 703,
  BLIND_TRANSFER: 800,
  ATTENDED_TRANSFER: 801,
  ALLOTTED_TIMEOUT: 802,
  USER_CHALLENGE: 803,
  MEDIA_TIMEOUT: 804,
  PICKED_OFF: 805,
  USER_NOT_REGISTERED: 806,
  PROGRESS_TIMEOUT: 807,
  INVALID_GATEWAY: 808,
  GATEWAY_DOWN: 809,
  INVALID_URL: 810,
  INVALID_PROFILE: 811,
  NO_PICKUP: 812,
  SRTP_READ_ERROR: 813,
  BOWOUT: 814,
  BUSY_EVERYWHERE: 815,
  DECLINE: 816,
  DOES_NOT_EXIST_ANYWHERE: 817,
  NOT_ACCEPTABLE: 818,
  UNWANTED: 819,
  NO_IDENTITY: 820,
  BAD_IDENTITY_INFO: 821,
  UNSUPPORTED_CERTIFICATE: 822,
  INVALID_IDENTITY: 823,
  STALE_DATE: 824,
  REJECT_ALL: 825,
};

/** mod_sofia's `hangup_cause_to_sip`; what is not listed is 480. */
const TO_SIP: Readonly<Record<number, string>> = {
  403: 'OUTGOING_CALL_BARRED INCOMING_CALL_BARRED BEARERCAPABILITY_NOTAUTH STALE_DATE',
  404: 'UNALLOCATED_NUMBER NO_ROUTE_TRANSIT_NET NO_ROUTE_DESTINATION',
  408: 'NO_USER_RESPONSE',
  410: 'NUMBER_CHANGED REDIRECTION_TO_NEW_DESTINATION',
  428: 'NO_IDENTITY',
  429: 'BAD_IDENTITY_INFO',
  437: 'UNSUPPORTED_CERTIFICATE',
  438: 'INVALID_IDENTITY',
  483: 'EXCHANGE_ROUTING_ERROR',
  484: 'INVALID_NUMBER_FORMAT INVALID_URL INVALID_GATEWAY',
  486: 'USER_BUSY',
  487: 'ORIGINATOR_CANCEL',
  488: 'BEARERCAPABILITY_NOTIMPL INCOMPATIBLE_DESTINATION',
  501: 'FACILITY_REJECTED FACILITY_NOT_IMPLEMENTED SERVICE_NOT_IMPLEMENTED',
  502: 'DESTINATION_OUT_OF_ORDER INVALID_PROFILE',
  503:
    'REQUESTED_CHAN_UNAVAIL NORMAL_CIRCUIT_CONGESTION NETWORK_OUT_OF_ORDER ' +
    'NORMAL_TEMPORARY_FAILURE SWITCH_CONGESTION GATEWAY_DOWN BEARERCAPABILITY_NOTAVAIL',
  504: 'RECOVERY_ON_TIMER_EXPIRE',
  600: 'BUSY_EVERYWHERE',
  603: 'CALL_REJECTED DECLINE REJECT_ALL',
  604: 'DOES_NOT_EXIST_ANYWHERE',
  606: 'NOT_ACCEPTABLE',
  607: 'UNWANTED',
};

/** mod_sofia's `sofia_glue_sip_cause_to_freeswitch`; what is not listed is NORMAL_UNSPECIFIED. */
const FROM_SIP: Readonly<Record<string, readonly number[]>> = {
  NORMAL_CLEARING: [200],
  CALL_REJECTED: [401, 402, 403, 407, 603, 608],
  UNWANTED: [607],
  UNALLOCATED_NUMBER: [404],
  NO_ROUTE_DESTINATION: [485, 604],
  RECOVERY_ON_TIMER_EXPIRE: [408, 504],
  NUMBER_CHANGED: [410],
  INTERWORKING: [413, 414, 416, 420, 421, 423, 505, 513],
  NO_USER_RESPONSE: [480],
  NORMAL_TEMPORARY_FAILURE: [400, 481, 500, 503],
  USER_BUSY: [486, 600],
  INVALID_NUMBER_FORMAT: [484],
  INCOMPATIBLE_DESTINATION: [488, 606],
  NETWORK_OUT_OF_ORDER: [502],
  SERVICE_UNAVAILABLE: [405],
  SERVICE_NOT_IMPLEMENTED: [406, 415, 501],
  EXCHANGE_ROUTING_ERROR: [482, 483],
  ORIGINATOR_CANCEL: [487],
  NO_IDENTITY: [428],
  BAD_IDENTITY_INFO: [429],
  UNSUPPORTED_CERTIFICATE: [437],
  INVALID_IDENTITY: [438],
};

const NAMES = new Map(Object.entries(CAUSES).map(([name, number]) => [number, name]));
const STATUSES = new Map(
  Object.entries(TO_SIP).flatMap(([status, names]) =>
    names.split(' ').map((name) => [name, Number(status)] as const),
  ),
);
const BY_STATUS = new Map(
  Object.entries(FROM_SIP).flatMap(([name, statuses]) =>
    statuses.map((status) => [status, name] as const),
  ),
);

/** The cause that a word or number means; NORMAL_CLEARING where it means none, as FreeSWITCH has it. */
export function toCause(text: string | undefined): string {
  if (text === undefined) return 'NORMAL_CLEARING';
  if (/^\d/.test(text)) return NAMES.get(Number.parseInt(text, 10)) ?? 'UNKNOWN';
  const name = text.toUpperCase();
  return name in CAUSES ? name : 'NORMAL_CLEARING';
}

/** The number of a cause: Q.850's where it is below 128. */
export function causeNumber(cause: string): number {
  return CAUSES[cause] ?? 0;
}

/** What ISDN knows of a cause: FreeSWITCH's own are normal clearing there. */
export function toQ850(cause: string): number {
  const number = causeNumber(cause);
  return number < 128 ? number : causeNumber('NORMAL_CLEARING');
}

/** The status with which an unanswered call is refused for this cause. */
export function causeToStatus(cause: string): number {
  return STATUSES.get(cause) ?? 480;
}

/** The cause for a final answer to our INVITE. */
export function statusToCause(status: number): string {
  return BY_STATUS.get(status) ?? 'NORMAL_UNSPECIFIED';
}

/** The SIP `Reason` header of a BYE, CANCEL or refusal (RFC 3326, mod_sofia's `sofia_on_hangup`). */
export function causeToReason(cause: string): string {
  const number = causeNumber(cause);
  const protocol = number > 0 && number < 128 ? 'Q.850' : 'SIP';
  return `${protocol};cause=${number};text="${cause}"`;
}

/** The cause that a peer's `Reason` header names, where it names one of Q.850's. */
export function reasonToCause(reason: string): string | undefined {
  const number = /^\s*Q\.850\s*;(?:.*;)?\s*cause\s*=\s*(\d{1,3})/i.exec(reason)?.[1];
  return number === undefined ? undefined : NAMES.get(Number(number));
}
