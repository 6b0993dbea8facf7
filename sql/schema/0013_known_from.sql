-- Names are known from two places besides the article.

COMMENT ON COLUMN event_mentions.actor_known_from IS 'How country and sector of the actor are known where the article does not tell: from the archive, since when and from how many articles, or from the list of office holders. NULL: from the article itself, or not at all.';
