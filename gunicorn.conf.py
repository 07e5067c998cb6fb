"""How gunicorn serves the portal; docs/operations.md says what each variable does."""

import os

from unga_portal import environment

bind = environment.text("BIND", default="127.0.0.1:8000")
# Pages are short work: one process for each core, and a proxy in front that holds slow readers.
workers = environment.number("WEB_CONCURRENCY", default=os.cpu_count() or 1, least=1)
worker_class = "sync"
timeout = 30
# The most there is: a query that is too long is refused by the portal, in words and in its form.
limit_request_line = 8190
graceful_timeout = 20
# A worker retires now and then, at a moment of its own, so that a slow leak never adds up.
max_requests = 200_000
max_requests_jitter = 20_000
# Each worker loads the application itself, so that a reload brings in new code without a stop.
preload_app = False
control_socket_disable = True
accesslog = None
