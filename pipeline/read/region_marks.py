"""What class names and ids say of a part of a page: that it is none of the article, or that it is the article's text.

General vocabulary of page templates, in whole words or words joined by - or _. A mark alone takes nothing out: how
much of the page's text stands in the part is weighed too, because layouts are called "with-sidebar" and "no-comments".
"""

from __future__ import annotations

from pipeline.read.marks import MarkPattern

# Of a post of the common content systems: its classes name categories and tags, which say nothing of the element.
POST = MarkPattern(r"\b(?:hentry|type-post|status-publish)\b")
AROUND_TEXT = MarkPattern(
    r"(?:^|[\s_-])(?:newsletter|social|share|sharing|addtoany|addthis|related(?:posts)?"
    r"|read-?(?:more|also|next)|more-?on|recirc\w*|recommend\w*|outbrain|taboola|most-?(?:read|viewed|popular)"
    r"|trending|captions?|credits?|linkback|subscribe|subscription|promo|advert\w*"
    r"|ad-?(?:slot|container|wrapper|label)|breadcrumbs?|author-?(?:bio|box|card|info)|about-?(?:the-)?author"
    r"|comments?|disqus|respond|print-?only|cookie\w*|skip-?link|sr-only|visually-?hidden|screen-reader-text"
    r"|menu|tag-?(?:list|cloud)|tags|byline|dateline|teasers?|pagination|toolbar|popup|modal|copyright|consent"
    r"|error-message)(?:$|[\s_-])"
    r"|(?:^|\s)(?:sidebar|footer|hidden|hide|d-none|is-hidden|ads?|prev[-_]?next|bio)(?:$|[\s_-])"
    r"|(?:^|\s)(?:toc|table-of-contents?|widget|widget-area)(?:$|\s)"
)
COMMENTS = MarkPattern(r"(?:^|[\s_-])(?:comments?|disqus)(?:$|[\s_-])")
NEVER_TEXT = MarkPattern(
    r"(?:^|\s)(?:sidebar|footer)(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:related(?:posts)?|cookie\w*|consent|modal|popup|outbrain|taboola|recirc\w*)(?:$|[\s_-])"
)
ARTICLE_TEXT = MarkPattern(
    r"(?:^|[\s_-])(?:article-?_{0,2}(?:body|content|text)|story-?(?:body|content|text)|entry-?content"
    r"|post-?(?:body|content)|body-?(?:text|copy))(?:-?(?:wrapper|container|inner))?(?:$|\s)"
)
AROUND_TAGS = frozenset(
    {"div", "section", "aside", "p", "ul", "ol", "li", "span", "nav", "table", "details", "small", "header", "dl"}
    | {"center", "address", "blockquote"}
)
ARTICLE_TEXT_TAGS = frozenset({"div", "section", "article", "td", "main", "span"})
