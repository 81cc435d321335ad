"""Which classes of the jar are in Spark's own too: there Spark's come first, in other versions."""
import glob
import os
import zipfile


def none(jar, home, failure):
    """Raises a failure if there is one."""
    spark = {name: file for file in glob.glob(os.path.join(home, "jars", "*.jar")) for name in classes(file)}
    found = [f"{name} ({os.path.basename(spark[name])})" for name in classes(jar) if name in spark]
    if found:
        raise failure(f"{len(found)}: {', '.join(found[:5])}; relocate them in the pom")
    return f"{len(spark):,} classes in Spark's"


def classes(file):
    with zipfile.ZipFile(file) as archive:
        return [name for name in archive.namelist()
                if name.endswith(".class") and not name.endswith("module-info.class")]
