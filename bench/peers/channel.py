"""How fast compneurovis 0.4.0a1 brings new values of a field from one process to another,
through its own pipe transport.

channel.py FLOATS SECONDS      a JSON object: messages per second
"""

import json
import multiprocessing
import sys
import time

import numpy as np

from compneurovis.core.messages import FieldReplace, update_message
from compneurovis.transports.pipe import make_pipe_pair


def take_all(endpoint):
    """Until the other side ends; answers "count" with how many messages have come."""
    count = 0
    while not endpoint.dead:
        for message in endpoint.poll():
            if message == "count":
                endpoint.send(count)
            else:
                count += 1


def main(floats, seconds):
    pair = make_pipe_pair()
    process = multiprocessing.get_context("fork").Process(target=take_all, args=(pair.right,), daemon=True)
    process.start()
    values = np.full(floats, -65, np.float32)
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        pair.left.send(update_message(FieldReplace("v", values)))  # waits while the pipe is full
    pair.left.send("count")
    while not (arrived := pair.left.poll()):
        pass
    print(json.dumps({"per_s": arrived[0] / (time.perf_counter() - start)}), flush=True)
    process.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
