"""Which checks there are."""
import os

import clashes
import made
from checks import Checks, Failed, moments
from cluster import Cluster

FORTY = {"spark.fmviz.partitions": 40}


def all(args, work, scratch):
    count, side = (200, 128) if args.small else (2000, 128)
    photos = os.path.join(work, f"photographs-{count}")
    made.photographs(photos, count, 320, 240)
    model = os.path.join(work, "squeezenet.onnx")
    names = made.network(model, "squeezenet1_1", side)
    cluster = Cluster(args.home, scratch, args.java)
    try:
        checks = Checks(args, cluster, scratch)
        checks.attempt("no class of the jar is in Spark's jars too", lambda: clashes.none(args.jar, args.home, Failed))
        compared(checks, args, commands(args, model, photos, names))
        killed(checks, args, model, photos)
        failing(checks, scratch, model, photos)
        return checks
    finally:
        cluster.close()


def commands(args, model, photos, names):
    """Each by name."""
    images = ["--model", model, "--image", photos, "--class-names", names]
    few = "20" if args.small else "100"
    return {
        "dead": ["dead", *images],
        "top": ["top", *images],
        "evaluate": ["evaluate", *images],
        "ablate": ["ablate", *images, "--samples", few, "--layers", "ReLU_1,ReLU_8,ReLU_20"],
        "dead of digits": ["dead", "--dataset", "synthetic", "--checkpoint", checkpoint(args, os.path.dirname(model)),
                           "--limit", "2000"],
    }


def checkpoint(args, work):
    """The built-in classifier, trained for a moment."""
    import subprocess
    file = os.path.join(work, "save_model", "epoch_0.safetensors")
    if not os.path.exists(file):
        subprocess.run([args.java, "-jar", args.single, "train", "--dataset", "synthetic", "--limit-train", "640",
                        "--limit-test", "100", "--seed", "0", "--quiet"],
                       check=True, cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
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
    checks.cluster.start(2)
    longest, _, _ = checks.together(name, command, 2, FORTY)
    chance = moments(args.seed)
    for i in range(args.kills or (2 if args.small else 10)):
        checks.killed(name, command, FORTY, ("executor", "worker")[i % 2], chance, longest)


def failing(checks, scratch, model, photos):
    dead = ["dead", "--model", model, "--image", photos]
    checks.refused("deploy mode cluster", dead, 1, "submit with --deploy-mode client",
                   {"spark.submit.deployMode": "cluster"})
    checks.refused("too small an overhead", dead, 1, "set spark.executor.memoryOverhead=",
                   {"spark.executor.memoryOverhead": "100m"})
    checks.refused("another command", ["kernels", "--model", model], 2, "a cluster does dead, top, evaluate, ablate")
