"""A standalone master and workers on this machine, as plain processes that end with the caller, however that ends."""

import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1

#: Programs that run for seconds: compile at once and simply, and collect with one thread.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A master and workers of one processor each."""

    def __init__(self, folder, memory="1g"):
        self.folder = folder
        self.memory = memory
        self.processes = []
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self._start("master", "master.Master", "--port", self.port, "--webui-port", free_port())
        self._wait_for(self.port)
        self.workers = [self.add_worker(), self.add_worker()]

    def _start(self, name, kind, *arguments):
        import pyspark

        program = pathlib.Path(pyspark.__file__).parent / "bin" / "spark-class"
        log = open(self.folder / f"{name}.log", "wb")
        process = subprocess.Popen(
            [program, f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", *map(str, arguments)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={
                **os.environ,
                "SPARK_DAEMON_MEMORY": "256m",
                "SPARK_DAEMON_JAVA_OPTS": SHORT_LIVED,
                "SPARK_LOCAL_IP": "127.0.0.1",
            },
            preexec_fn=die_with_parent,
        )
        self.processes.append(process)
        return process

    def _wait_for(self, port):
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"no master: see {self.folder}")

    def add_worker(self):
        name = f"worker-{len(self.processes)}"
        arguments = ("--cores", 1, "--memory", self.memory, "--webui-port", 0, "--work-dir", self.folder / name)
        return self._start(name, "worker.Worker", *arguments, self.url)

    def kill_worker(self):
        """Kills one worker at once, and its executor with it; another one comes."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()
        self.workers.append(self.add_worker())

    def stop(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
