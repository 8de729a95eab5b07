"""Names and numbers for Scrapy; what they are chosen on stands in docs/operations.md."""

BOT_NAME = "hemero"
SPIDER_MODULES = ["crawler.spiders"]
SPIDER_LOADER_CLASS = "crawler.spiderloader.SourceLoader"
COMMANDS_MODULE = "crawler.commands"

# Politeness: one request at a time to a host, at the source's pace
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # a pace is a floor: a random half of it would fall below
PACE_MARGIN = 0.2  # seconds added to a pace: requests leave on time and arrive with the network's jitter
CRAWL_DELAY_MAX = 60.0  # seconds; a Crawl-delay beyond this makes no sense for an hourly crawl
LATENCY_FACTOR = 1.0  # of a server's latency, between two requests to it: it works at most half of the time
PACE_MAX = 30.0  # seconds; latency alone makes no pace slower than this
BACKOFF = 2.0  # seconds before a failed request is sent again, then twice as many, …
BACKOFF_MAX = 60.0  # seconds; the longest pause of an origin that says nothing of how long
RETRY_TIMES = 2  # in one run, of an address that fails without a Retry-After
RETRY_AFTER_MAX = 86_400.0  # seconds; a server that asks for more is asked again the next day
ORIGIN_PATIENCE = 120.0  # seconds that a run waits for an origin; longer pauses are left to a later run
BREAKER_FAILURES = 8  # in a row; then the origin is left alone
BREAKER_PAUSE = 3600.0  # seconds, doubled each time that it fails again, up to a day
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr",
}

# The wire
CONCURRENT_REQUESTS = 16
COOKIES_ENABLED = False
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "http": "crawler.middlewares.handler.BoundedHandler",
    "https": "crawler.middlewares.handler.BoundedHandler",
    "s3": None,
}
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # of a body, packed and unpacked
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_WARNSIZE = 2 * 1024 * 1024
HTTPPROXY_ENABLED = False  # it obeys http_proxy of the environment; HEMERO_PROXY is explicit
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 5
REFERER_ENABLED = False
RETRY_ENABLED = False  # middlewares/backoff.py waits between two tries
ROBOTSTXT_OBEY = False  # Scrapy's own is not RFC 9309; middlewares/robots.py is

TWISTED_DNS_RESOLVER = "crawler.middlewares.wall.WallResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.wall.WallMiddleware": 50,
    "crawler.middlewares.erased.ErasedMiddleware": 55,
    "crawler.middlewares.traps.TrapMiddleware": 57,
    "crawler.middlewares.backoff.BackoffMiddleware": 60,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.tdm.TdmMiddleware": 110,
    "crawler.middlewares.identity.IdentityMiddleware": 500,
    "crawler.middlewares.conditional.ConditionalMiddleware": 520,
    "crawler.middlewares.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "crawler.middlewares.redirect.SameSiteRedirectMiddleware": 600,
    "crawler.middlewares.backoff.LastLookMiddleware": 890,  # after all that waits
    "crawler.middlewares.pace.PaceMiddleware": 900,
    "crawler.middlewares.archive.ArchiveMiddleware": 950,  # nearest the wire: hops, bodies still compressed
}

# The spider's side
HTTPERROR_ALLOW_ALL = True  # the spider records every answer
PRESELECT_SAMPLE = (
    0.02  # of the articles that are passed over by their headlines, asked for to know what is missed
)
PATTERN_PAGES = 200  # lists whose addresses look alike, of one source in one run
SITEMAPS = 500  # of one source in one run
LISTING_PAGES = 20  # of one listing in one run, unless the run asks for articles since a day
URLLENGTH_LIMIT = 2048

SPIDER_MIDDLEWARES = {
    "crawler.middlewares.frontier.FrontierMiddleware": 100,
}

# The steps
CONCURRENT_ITEMS = 2  # each costs a task an answer; with one, a list's links would wait for its record
STORE_BATCH = 50
STORE_WAIT = 0.5  # seconds that an article waits for others of its batch

ITEM_PIPELINES = {
    "crawler.pipelines.comments.CommentsPipeline": 100,
    "crawler.pipelines.archive.ArchivePipeline": 150,
    "crawler.pipelines.boilerplate.BoilerplatePipeline": 200,
    "crawler.pipelines.read.ReadPipeline": 300,
    "crawler.pipelines.relevance.RelevancePipeline": 400,
    "crawler.pipelines.reservation.ReservationPipeline": 450,
    "crawler.pipelines.duplicates.DuplicatesPipeline": 500,
    "crawler.pipelines.store.StorePipeline": 600,
}

# The run
EXTENSIONS = {
    "crawler.extensions.accounts.Accounts": 100,
    "crawler.extensions.archive.Archive": 0,
    "crawler.extensions.database.Database": 0,
    "crawler.extensions.health.Health": 200,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
LOG_FORMATTER = "crawler.logformatter.QuietLogFormatter"
LOG_INSTALL_ROOT_HANDLER = False  # crawler/logs.py has its own
LOG_JSON = False  # every record of the log a JSON object
LOG_LEVEL = "INFO"
MEMUSAGE_LIMIT_MB = 1024
REMOTE_CONTROL_ENABLED = False
RUN_MAX_BYTES = 0  # of answers, as they came over the wire; 0: no limit
RUN_MAX_SECONDS = 0.0  # of a whole run; 0: no limit
RUN_REPORT = ""  # the file that the run's report is written to
STOP_WAIT = 20.0  # seconds that a run which is told to stop waits for what is in flight
TELNETCONSOLE_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False  # it would parse the spider's source again for every answer
