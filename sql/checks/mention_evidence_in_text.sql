-- severity: error
-- says: evidence and trigger lie within the text, are not blank, and the trigger lies within the evidence
SELECT m.mention_id, m.evidence_start, m.evidence_end, m.trigger_start, m.trigger_end, length(r.body) AS text_length
FROM event_mentions AS m JOIN article_revisions AS r USING (article_id, revision)
WHERE m.run_id = getvariable('run_id')
  AND (m.evidence_start < 0 OR m.evidence_end > length(r.body) OR m.evidence_start >= m.evidence_end
       OR m.trigger_start < m.evidence_start OR m.trigger_end > m.evidence_end OR m.trigger_start >= m.trigger_end
       OR trim(substring(r.body, m.trigger_start + 1, m.trigger_end - m.trigger_start)) = '');
