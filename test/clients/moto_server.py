"""Serves moto's backends on a free port of 127.0.0.1, and tells the port in its first line.

One request at a time: moto's own server is threaded, and loses updates of racing writers.
"""

import json
import logging
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=False)
    print(json.dumps({"port": server.server_port}), flush=True)
    # Ends with the test that started it, even where that test was killed.
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()


main()
