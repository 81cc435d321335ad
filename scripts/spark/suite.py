"""Which checks there are."""
import glob
import json
import os

import clashes
import made
from checks import Checks, Failed, moments
from cluster import Cluster
from fmviz import Fmviz

FORTY = {"spark.fmviz.partitions": 40}


def all(args, work, scratch):
    count, side = (200, 64) if args.small else (2000, 128)
    photos = os.path.join(work, f"photographs-{count}")
    made.photographs(photos, count, 320, 240)
    model = os.path.join(work, "squeezenet.onnx")
    names = made.network(model, "squeezenet1_1", side)
    cluster = Cluster(args.home, scratch, args.java)
    try:
        checks = Checks(args, cluster, scratch)
        checks.attempt("no class of the jar is in Spark's jars too", lambda: clashes.none(args.jar, args.home, Failed))
        compared(checks, args, commands(args, model, photos, names))
        elsewhere(checks, work, model, photos)
        killed(checks, args, model, photos)
        failing(checks, args, scratch, model, photos)
        return checks
    finally:
        cluster.close()


def commands(args, model, photos, names):
    """Each by name."""
    images = ["--model", model, "--image", photos, "--class-names", names]
    few = "20" if args.small else "100"
    return {
        "dead": ["dead", *images],
        "top": ["top", *images, "--layers", "ReLU_1,ReLU_8,ReLU_15,ReLU_25"],
        "evaluate": ["evaluate", *images],
        "ablate": ["ablate", *images, "--samples", few, "--layers", "ReLU_1,ReLU_8,ReLU_20"],
        "dead of digits": ["dead", "--dataset", "synthetic", "--checkpoint", checkpoint(args, os.path.dirname(model)),
                           "--limit", "2000"],
    }


def checkpoint(args, work):
    """The built-in classifier, trained for a moment."""
    file = os.path.join(work, "save_model", "epoch_0.safetensors")
    if not os.path.exists(file):
        Fmviz(args.single, args.java, work).text("train", "--dataset", "synthetic", "--limit-train", "640",
                                                 "--limit-test", "100", "--seed", "0", "--quiet")
    return file


def compared(checks, args, all_commands):
    checks.cluster.start(2)
    for name, command in all_commands.items():
        checks.alone(name, command)
        if args.small and name != "dead":
            # One way each is enough for the gate; the next has another.
            ways = {"top": [(2, FORTY)], "evaluate": [(1, ())]}.get(name, [(2, ())])
        else:
            ways = [(1, ()), (2, ()), (2, FORTY)]
        for executors, conf in ways:
            checks.equal(name, command, executors, conf)


def killed(checks, args, model, photos):
    name, command = "dead", ["dead", "--model", model, "--image", photos]
    command += ["--class-names", os.path.join(os.path.dirname(model), "classes.txt")]
    longest = checks.seconds.get(name, 5)
    chance = moments(args.seed)
    for i in range(args.kills or (2 if args.small else 10)):
        checks.killed(name, command, FORTY, ("executor", "worker")[i % 2], chance, longest)


def elsewhere(checks, work, model, photos):
    """Network and photographs on a file system of Hadoop's: ViewFS, which needs no server."""
    mount = "spark.hadoop.fs.viewfs.mounttable.default.link."
    conf = {f"{mount}/nets": f"file://{work}", f"{mount}/photos": f"file://{photos}"}
    expected, pictures = checks.expected["dead"]
    text = json.dumps(expected).replace(photos, "viewfs:///photos").replace(work, "viewfs:///nets")
    checks.expected["dead on ViewFS"] = json.loads(text), pictures
    checks.equal("dead on ViewFS", ["dead", "--model", f"viewfs:///nets/{os.path.basename(model)}",
                                    "--image", "viewfs:///photos",
                                    "--class-names", f"viewfs:///nets/classes.txt"], 2, conf)


def failing(checks, args, scratch, model, photos):
    dead = ["dead", "--model", model, "--image", photos]
    checks.refused("too small an overhead", dead, 1, "set spark.executor.memoryOverhead=",
                   {"spark.executor.memoryOverhead": "100m"})
    checks.refused("another command", ["kernels", "--model", model], 2, "a cluster does evaluate, dead, top, ablate")
    checks.refused("an executor that can't load the engine", [*dead, "--out", os.path.join(scratch, "none")], 1,
                   "ONNX Runtime can't be started",
                   {**FORTY, "spark.executor.extraJavaOptions": "-Donnxruntime.native.path=/nowhere"})
    checks.attempt("it is tried by few tasks of forty", lambda: few(scratch))
    if not args.small:
        checks.attempt("deploy mode cluster", lambda: refused_there(checks, dead))
        hanging(checks, scratch, model, photos)


def few(scratch):
    """How many tasks failed in the run before."""
    tried = 0
    logs = glob.glob(os.path.join(scratch, "worker-*", "app-*", "*", "stderr"))
    last = max(log.split(os.sep)[-3] for log in logs)
    for log in glob.glob(os.path.join(scratch, "worker-*", last, "*", "stderr")):
        with open(log) as file:
            tried += sum("Exception in task" in line for line in file)
    if not 1 <= tried <= 6:
        raise Failed(f"{tried} tasks failed")
    return f"{tried} tasks failed"


def refused_there(checks, dead):
    """Spark begins the driver on a worker, which says it in its log."""
    checks.cluster.start(2)
    checks.cluster.submit(checks.args.jar, dead, 2, {"spark.submit.deployMode": "cluster"}).communicate(timeout=120)
    for log in glob.glob(os.path.join(checks.scratch, "worker-*", "driver-*", "stderr")):
        with open(log) as file:
            found = [line.strip() for line in file if line.startswith("fmviz: ")]
        if found and "submit with --deploy-mode client" in found[0]:
            return found[0]
    raise Failed("no driver's log says so")


def hanging(checks, scratch, model, photos):
    """A picture that is never read to its end: a pipe that nobody writes into."""
    pipe = os.path.join(scratch, "hangs.jpg")
    os.mkfifo(pipe)
    folder = os.path.join(photos, "boat")
    command = ["dead", "--model", model, "--layers", "ReLU_1", "--image", folder, pipe]
    checks.cluster.start(2)
    checks.alone("dead with one that hangs", command)
    checks.equal("dead with one that hangs", command, 2)
