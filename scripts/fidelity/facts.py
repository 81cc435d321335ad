"""What PyTorch finds out about a network and some pictures: the numbers that fmviz's are held against."""
from dataclasses import dataclass

import torch

import hooks

TOP = 5
# Of a layer's largest value: as much as two engines may differ.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Facts:
    """By path, over all pictures: maps (picture, channel, height, width), and what follows from them.

    folded: convolutions to the BatchNorm that a default export makes one with them.
    """

    maps: dict
    logits: torch.Tensor
    folded: dict
    readers: hooks.Readers

    @staticmethod
    def of(model, images, double):
        readers = hooks.Readers(model)
        maps, logits = hooks.listen(model, images, double)
        return Facts(maps, logits, readers.folded(), readers)

    def of_export(self, preserve):
        """The maps that the nodes of an export are to have, by their paths; and which of them are folded.

        By default a convolution's tensor holds its BatchNorm's output, which has no node of its own.
        """
        if preserve:
            return self.maps, set()
        gone = set(self.folded.values())
        maps = {path: self.maps[self.folded.get(path, path)] for path in self.maps if path not in gone}
        return maps, set(self.folded)

    def silent(self, path, preserve):
        """Whether channels at a path can be dead at all: an activation's, its pooling's, or what one alone reads."""
        name = path if preserve else self.folded.get(path, path)
        return self.readers.makes_zeros(name) or self.readers.before_activation(name)


def dead(maps):
    """The channels that are nowhere above zero, and those of which rounding decides."""
    highest, slack = maps.amax((0, 2, 3)), TOLERANCE * maps.abs().max()
    near = (highest.abs() <= slack) & (highest != 0)
    return channels(highest <= 0), channels(near)


def constant(maps):
    """The channels with one value everywhere, and those of which rounding decides."""
    spread, slack = maps.amax((0, 2, 3)) - maps.amin((0, 2, 3)), TOLERANCE * maps.abs().max()
    return channels(spread == 0), channels((spread <= slack) & (spread != 0))


def channels(mask):
    return set(torch.nonzero(mask).flatten().tolist())


def top(maps, count=TOP):
    """Each channel's highest responses above zero, one a picture, descending."""
    return [[value for value in channel.tolist() if value > 0]
            for channel in maps.amax((2, 3)).t().sort(1, descending=True).values[:, :count]]
