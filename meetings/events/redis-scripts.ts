/** How far the stream of a log reaches: Redis remembers its last number when it is empty. */
const LAST = `
local function last(stream)
  if redis.call('EXISTS', stream) == 0 then return 0 end
  local info = redis.call('XINFO', 'STREAM', stream)
  for at = 1, #info, 2 do
    if info[at] == 'last-generated-id' then return tonumber(string.match(info[at + 1], '^%d+')) end
  end
end`;

/**
 * Keeps notes in the stream of everything (KEYS[1]) and in their meeting's (KEYS[2], absent where
 * they are of none), under ids that are the numbers. ARGV: the time, what is kept of the first and
 * of the second stream, the meeting, for how many ms a meeting's stream lives on that is gone (0: it
 * is there), and the notes. Answers the number of the first in each.
 */
export const APPEND = `${LAST}
local all, own = last(KEYS[1]), KEYS[2] and last(KEYS[2]) or 0
for at = 6, #ARGV do
  local n = at - 5
  local fields = {'m', ARGV[4], 't', ARGV[1], 'n', ARGV[at]}
  if KEYS[2] then
    redis.call('XADD', KEYS[2], 'MAXLEN', '=', ARGV[3], (own + n) .. '-0', unpack(fields))
  end
  redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], (all + n) .. '-0',
    's', tostring(own + n), unpack(fields))
end
if KEYS[2] then
  if ARGV[5] == '0' then redis.call('PERSIST', KEYS[2]) else redis.call('PEXPIRE', KEYS[2], ARGV[5]) end
end
return {all + 1, own + 1}`;

/**
 * Of the stream KEYS[1] from ARGV[1] on, ARGV[2] at most: first and last number, the entries, and the
 * last number of the stream of everything, KEYS[2].
 */
export const READ = `${LAST}
local upto = last(KEYS[1])
local oldest = upto > 0 and redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
local first = oldest and tonumber(string.match(oldest[1], '^%d+')) or upto + 1
return {first, upto, redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2]), last(KEYS[2])}`;

/** Throws away what in the stream KEYS[1] is from before ARGV[1] ms, ARGV[2] at most. */
export const SWEEP = `
local gone = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[2])) do
  local fields = entry[2]
  for at = 1, #fields, 2 do
    if fields[at] == 't' and tonumber(fields[at + 1]) >= tonumber(ARGV[1]) then return gone end
  end
  redis.call('XDEL', KEYS[1], entry[1])
  gone = gone + 1
end
return gone`;
