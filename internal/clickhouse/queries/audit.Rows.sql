-- Rows that a filter chooses ('' and the ends of time choose all), newest first, from the one after the cursor on. A row
-- that came twice is shown once; one that was put beside it is not, but reported by verify.
SELECT chain, seq, recorded_at, request, actor, role, entity, action, object, before, after, detail, outcome, reason, previous, hash
FROM audit
WHERE recorded_at BETWEEN fromUnixTimestamp64Micro({from:Int64}, 'UTC') AND fromUnixTimestamp64Micro({to:Int64}, 'UTC')
  AND ({actor:String} = '' OR positionCaseInsensitiveUTF8(actor, {actor:String}) > 0)
  AND ({object:String} = '' OR positionCaseInsensitiveUTF8(object, {object:String}) > 0)
  AND ({action:String} = '' OR action = {action:String})
  AND ({outcome:String} = '' OR outcome = {outcome:String})
  AND ({entity:String} = '' OR entity = {entity:String})
  AND ({chain:String} = '' OR (recorded_at, chain, seq) <
      (fromUnixTimestamp64Micro({at:Int64}, 'UTC'), {chain:String}, {seq:UInt64}))
ORDER BY recorded_at DESC, chain DESC, seq DESC
LIMIT 1 BY chain, seq
LIMIT {limit:UInt32}
