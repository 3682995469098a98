#!/usr/bin/env python3
"""The sketch kernels side by side: nanoseconds a document for m = 128 on the same random hashes, one
thread, turn by turn, the best of each.

    kernel.py .build-micro/release/refrain-micro

rensa's is the one that looks at every hash, not its sampled "rho" sketch, which is another function;
64 documents a call, so that the call itself does not count.
"""
import array, os, subprocess, sys, time

os.environ["RAYON_NUM_THREADS"] = "1"
from rensa import RMinHash

SIZES = [8, 25, 64, 128, 256, 512, 1024, 4096]


def random_hashes(count, state):
    """SplitMix64, as the other side draws them."""
    mask, out = (1 << 64) - 1, array.array("Q")
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
        out.append(z ^ z >> 31)
    return out, state


def rensa(sets):
    best = {}
    for n, hashes in sets.items():
        offsets = [n * i for i in range(65)]
        for _ in range(30):
            start = time.perf_counter_ns()
            RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, 128, 42)
            best[n] = min(best.get(n, 1 << 60), (time.perf_counter_ns() - start) / 64)
    return best


def refrain(program):
    out = subprocess.run([program, "sketch"], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in out.splitlines() if line.startswith("sketch"))
    return {int(row[2].split("=")[1]): float(row[3]) for row in rows}


def main():
    state, sets = 1, {}
    for n in SIZES:
        sets[n], state = random_hashes(64 * n, state)
    theirs, ours = {}, {}
    for _ in range(5):
        for known, new in ((theirs, rensa(sets)), (ours, refrain(sys.argv[1]))):
            for n, value in new.items():
                known[n] = min(known.get(n, value), value)
    print("   n     rensa   refrain   ratio")
    for n in SIZES:
        print(f"{n:4d} {theirs[n]:9.0f} {ours[n]:9.0f} {ours[n] / theirs[n]:7.3f}")


main()
