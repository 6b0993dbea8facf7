"""The names of meta elements that hold an article's dates, lower case, the most trusted first."""

# Made for the publication of an article.
PUBLISHED_META = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "article:published:time",
    "og:article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date.published",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "published_time",
    "published_at",
)
# Of a document in general, or of one system: trusted after microdata.
OTHER_PUBLISHED_META = (
    "datepublished",
    "date",
    "dc.date",
    "dc.date.created",
    "dc.created",
    "date.created",
    "date.available",
    "date_published",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publisheddate",
    "publication_date",
    "publication-date",
    "publish_time",
    "pdate",
    "article.published",
    "article.created",
    "displaydate",
    "originalpublicationdate",
    "release_date",
    "rnews:datepublished",
    "bt:pubdate",
    "vr:published_time",
    "shareaholic:article_published_time",
    "timestamp",
    "citation_publication_date",
    "citation_date",
    "article_date_original",
    "cxenseparse:publishtime",
    "og:pubdate",
)
MODIFIED_META = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:modified_time",
    "article:updated_time",
    "article:modified:time",
    "datemodified",
    "date_modified",
    "dcterms.modified",
    "dc.date.modified",
    "date.modified",
    "article.updated",
    "last-modified",
    "last_modified",
    "lastmod",
    "modified_time",
    "updated_time",
    "revised",
)

# XPath of attributes that hand the article's date to scripts; asked only where nothing else says a date.
_DATA_NAMES = ("publish", "pubdate", "pub-date", "deploy-d", "create-d", "created-", "regist-d", "reg-d", "issue-d")
DATA_ATTRIBUTES = "//@*[starts-with(name(), 'data-') and not(contains(name(), 're-')) and ({})]".format(
    " or ".join(f"contains(name(), '{name}')" for name in _DATA_NAMES)
)
