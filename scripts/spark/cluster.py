"""A standalone cluster of Spark's on this machine's loopback: a master, workers of one core, and spark-submit."""
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

# As Spark's own launcher gives them to JDK 17 and newer.
OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in (
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "jdk.internal.ref", "sun.nio.ch", "sun.nio.cs",
    "sun.security.action", "sun.util.calendar")]
HOST = "127.0.0.1"
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def on_core(i, pinned):
    """What stands before a command so that its process, and those that it starts, have one core and no other."""
    return ("taskset", "-c", str(i)) if pinned else ()


class Cluster:
    """Started by start(), which can be called again for workers that were killed."""

    def __init__(self, home, scratch, java="java", memory="1g", pinned=False):
        self.home, self.scratch, self.java, self.memory, self.pinned = home, scratch, java, memory, pinned
        self.port, self.page = free_port(), free_port()
        self.workers = []
        self.started = 0
        self.master = self.begin("master", "deploy.master.Master", "--host", HOST, "--port", str(self.port),
                                 "--webui-port", str(self.page))

    def environment(self):
        return dict(os.environ, SPARK_HOME=self.home, SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP=HOST,
                    SPARK_LOCAL_DIRS=os.path.join(self.scratch, "local"))

    def begin(self, name, main, *options, before=()):
        log = open(os.path.join(self.scratch, f"{name}.log"), "ab")
        return subprocess.Popen(
            [*before, self.java, "-cp", os.path.join(self.home, "jars", "*"), "-Xmx256m", *OPENS,
             f"org.apache.spark.{main}", *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment(), start_new_session=True)

    @property
    def address(self):
        return f"spark://{HOST}:{self.port}"

    def start(self, count):
        """Has so many workers, of a core each, and waits until the master knows them."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < count:
            self.started += 1
            folder = os.path.join(self.scratch, f"worker-{self.started}")
            os.makedirs(folder)
            self.workers.append(self.begin(
                f"worker-{self.started}", "deploy.worker.Worker", "-c", "1", "-m", self.memory, "--host", HOST,
                "--webui-port", "0", "--work-dir", folder, self.address,
                before=on_core(len(self.workers), self.pinned)))
        end = time.time() + PATIENCE
        while self.alive() != count:
            if time.time() > end:
                raise RuntimeError(f"the master has {self.alive()} workers, not {count}: see {self.scratch}")
            time.sleep(0.3)

    def alive(self):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.page}/json/", timeout=5) as answer:
                return json.load(answer)["aliveworkers"]
        except OSError:
            return -1

    def executors(self):
        """The processes of executors, by worker: children of our workers, and of nobody else."""
        parents = {worker.pid for worker in self.workers}
        found = []
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{entry}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    line = file.read()
            except OSError:
                continue
            if parent in parents and b"CoarseGrainedExecutorBackend" in line:
                found.append(int(entry))
        return found

    def submit(self, jar, arguments, executors, conf=(), memory="512m"):
        """spark-submit's process, with pipes."""
        settings = {"spark.executor.cores": 1, "spark.executor.memory": memory, "spark.cores.max": executors,
                    "spark.driver.host": HOST, "spark.ui.enabled": "false", **dict(conf)}
        command = [self.java, "-cp", os.path.join(self.home, "jars", "*"), "-Xmx512m", *OPENS,
                   "org.apache.spark.deploy.SparkSubmit", "--master", self.address]
        for name, value in settings.items():
            command += ["--conf", f"{name}={value}"]
        command += ["--class", "io.fmviz.spark.Main", jar, *arguments]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env=self.environment(), cwd=self.scratch)

    def close(self):
        for process in [*self.workers, self.master]:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in [*self.workers, self.master]:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
