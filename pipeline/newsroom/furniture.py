"""What stands around the articles: advertisements, newsletter lines, captions, static pages. All ours.

Real pages are mostly furniture; a reader that takes it for text must fail here first.
"""

from __future__ import annotations

ADVERTISEMENTS = (
    "Overnight ferries from 29.90 a cabin. Book by Sunday and sail in spring.",
    "Your broadband, only faster. First three months half price with Lumenet.",
    "Wool that lasts. The Fairholm winter catalogue is out now.",
    "Switch your business account in seven days. Orrin Bank, member of the deposit scheme.",
    "Hearing test in ten minutes, no appointment. Audika-Plus on the High Street.",
    "Learn Portuguese in fifteen minutes a day. Try Parlanda free.",
    "Four rooms, one price: Kestrel paints all of them. Ask for a quote.",
    "The new Veltra estate. Test drives every weekend at your local dealer.",
)
NEWSLETTERS = (
    "Sign up to the morning briefing: the five stories that matter, in your inbox at seven.",
    "Get our weekly newsletter. No spam, unsubscribe at any time.",
    "Like what you read? Join 40,000 readers of our evening letter.",
    "Never miss a story. Subscribe to our daily email.",
)
SUBSCRIPTIONS = (
    "Support independent journalism: become a subscriber today.",
    "You have 4 free articles left this month. Subscribe for unlimited access.",
    "Already a member? Log in to read without advertisements.",
    "Download our app for breaking news alerts.",
)
CAPTIONS = (
    "File photo. Photograph: {name} archive",
    "A view of the city in an earlier year. Picture: {name}",
    "Illustration: {name} graphics desk",
    "The scene as it looked last season. (Photo: {name})",
)
COPYRIGHT = "All rights reserved. No part of this site may be reproduced without written permission."
STATIC_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "about": (
        "About us",
        (
            "{name} is a newspaper from {place}. {slogan}.",
            "Our editors decide alone what we print. Corrections are published on the day we learn of a mistake.",
        ),
    ),
    "contact": (
        "Contact",
        ("Write to the newsdesk of {name} in {place}. Letters to the editor should be short and signed.",),
    ),
    "privacy": (
        "Privacy policy",
        ("{name} keeps server logs for fourteen days and sells no personal data.",),
    ),
    "newsletter": (
        "Newsletters",
        ("Choose which letters of {name} you would like to receive.",),
    ),
}
CONSENT_PARAGRAPHS = (
    (
        "We and our 214 partners store and access information on your device, such as cookies and unique "
        "identifiers, to select personalised advertising and to measure our audience."
    ),
    (
        "With your permission we and our partners may use precise location data. You may click to consent to the "
        "processing, or manage your preferences. You can withdraw your consent at any time."
    ),
)
