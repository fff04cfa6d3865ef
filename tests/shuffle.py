#!/usr/bin/env python3
"""The same case in another order: the files that each file includes, the sections of each file, the things of each section
and the keys of each thing, shuffled by a seed.      usage: shuffle.py FROM TO SEED

Works on the text, by its margins, so that values, comments and lists stay as they are written: a block is a line at a margin
and all the deeper lines after it; comments before a block go with it. Rows of tables stay in their order."""
import os
import random
import re
import shutil
import sys

DEPTHS = 3  # sections, things, keys


def is_noise(line):
    return not line.strip() or line.lstrip().startswith("#")


def margin(line):
    return len(line) - len(line.lstrip(" "))


def blocks_at(lines, at):
    """[lines of a block, …], and what follows the last of them."""
    found, noise = [], []
    for line in lines:
        if is_noise(line):
            noise.append(line)
        elif margin(line) == at:
            found.append(noise + [line])
            noise = []
        else:
            found[-1] += noise + [line]
            noise = []
    return found, noise


def head_of(block):
    return next(k for k, line in enumerate(block) if not is_noise(line))


def shuffled(block, depth, dice):
    head = head_of(block) + 1
    body = block[head:]
    solid = [line for line in body if not is_noise(line)]
    is_list = bool(solid) and solid[0].lstrip().startswith("- ")
    opens = re.match(r" *[^#]*:\s*(#.*)?$", block[head - 1])
    if not solid or depth == DEPTHS or not opens or (is_list and not block[head - 1].startswith("include:")):
        return block
    return block[:head] + reordered(body, margin(solid[0]), depth, dice)


def reordered(lines, at, depth, dice):
    found, rest = blocks_at(lines, at)
    found = [shuffled(block, depth + 1, dice) for block in found]
    dice.shuffle(found)
    return sum(found, []) + rest


def main(source, target, seed):
    shutil.copytree(source, target)
    for folder, _, names in sorted(os.walk(target)):
        for name in sorted(names):
            if not name.endswith(".yaml"):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
            dice = random.Random(f"{seed} {name}")
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(reordered(lines, 0, 0, dice)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
