"""A feed whose entries are short and whose pages have the whole texts."""

from loopback import Loopback, rss

from reader.intake.fetch import FetchOptions
from reader.intake.http import HttpLimits
from reader.library import Library
from reader.model import Subscription

QUICK = FetchOptions(http=HttpLimits(total=60, per_host=50), stories=False)
PAGE = """<html lang="en"><head><title>{0} - The Orrin Herald</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{0}</h1>
<p>The text of {0}. The ferry between Orrin and Tolm sails again after two weeks in the dock.</p>
<p>Its new engine was tested on Monday in calm water, and the harbour master was content.</p>
<p>The first passengers were forty pupils, who had taken the long way over the bridge until now.</p>
</article><footer>All rights reserved</footer></body></html>"""


def subscribe(
    library: Library, server: Loopback, *titles: str, full_text: str = ""
) -> Subscription:
    """Serve entries with these titles and their pages, and subscribe to the feed."""
    server.page("/feed", rss(*titles, link=server.url("/n")))
    for number, title in enumerate(titles):
        server.page(f"/n{number}", PAGE.format(title).encode(), Content_Type="text/html")
    feed = Subscription(server.url("/feed"), server.url("/feed"), full_text=full_text)
    library.feeds.put([feed], "subscribed")
    return feed
