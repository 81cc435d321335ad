#!/usr/bin/python3
"""Writes src/test/resources/channels.safetensors: what PyTorch finds out about channels.

Needs Debian's python3-torch and python3-torchvision. The network is that of make-test-fixture.py, but
some biases are so low that the channels never rise above zero. The images are noise, each brighter than
the one before. Labels are 0 0 0 1 1 1 2 2 2 3 3 3.

  images               uint8 [12, 28, 28]
  weights.*            the parameters, with dead channels 1 in Conv2d_1, 0 and 2 in Conv2d_2,
                       0, 3, 6 and 7 in Conv2d_3
  stats.<layer>.*      max, min, mean, imageShare, pixelShare of each channel, and
                       classImageShare, classPixelShare of each channel and class
  logits               of the network for all images
  pruned.*             the parameters without the dead channels; pruned.logits of that network
  ablated.<layer>      (channels, 12, 10): the logits with one channel of the layer set to zero
"""
import importlib.util, os
import torch
import torch.nn as nn
import safetensors_file

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("base", os.path.join(HERE, "make-test-fixture.py"))
base = importlib.util.module_from_spec(spec)
spec.loader.exec_module(base)

DEAD = {0: [1], 3: [0, 2], 6: [0, 3, 6, 7]}  # by the position of the convolution in net
CLASSES = 4


def named(net):
    seen = {}
    for module in net:
        kind = type(module).__name__
        seen[kind] = seen.get(kind, 0) + 1
        yield f"{kind}_{seen[kind]}", module


def forward(model, x, change=lambda name, output: output):
    for name, module in named(model.net):
        x = change(name, module(x))
    return model.fc(x.flatten(1))


def statistics(maps, y):
    active, stats = maps > 0, {}
    stats["max"] = maps.amax(dim=(0, 2, 3))
    stats["min"] = maps.amin(dim=(0, 2, 3))
    stats["mean"] = maps.double().mean(dim=(0, 2, 3)).float()
    stats["imageShare"] = active.flatten(2).any(2).double().mean(0).float()
    stats["pixelShare"] = active.double().mean(dim=(0, 2, 3)).float()
    by_class = [active[y == c].double() for c in range(CLASSES)]
    stats["classImageShare"] = torch.stack([a.flatten(2).amax(2).mean(0) for a in by_class], 1).float()
    stats["classPixelShare"] = torch.stack([a.mean(dim=(0, 2, 3)) for a in by_class], 1).float()
    return stats


def prune(model):
    kept = {p: [c for c in range(model.net[p].out_channels) if c not in d] for p, d in DEAD.items()}
    pruned, before = nn.Sequential(), [0]
    for position, module in enumerate(model.net):
        if isinstance(module, nn.Conv2d):
            after = kept[position]
            small = nn.Conv2d(len(before), len(after), 3, padding=1)
            small.weight.data = module.weight.data[after][:, before].clone()
            small.bias.data = module.bias.data[after].clone()
            module, before = small, after
        pruned.add_module(str(position), module)
    small = base.Classifier(2)
    small.net, small.fc = pruned, nn.Linear(len(before), 10)
    small.fc.weight.data = model.fc.weight.data[:, before].clone()
    small.fc.bias.data = model.fc.bias.data.clone()
    return small


def main():
    torch.manual_seed(7)
    torch.set_num_threads(1)
    model, tensors = base.Classifier(2), {}
    tensors["images"] = torch.stack(
        [torch.randint(0, 20 + 19 * i, (28, 28), dtype=torch.uint8) for i in range(12)])
    x = tensors["images"][:, None].float().div(255)
    y = torch.arange(12) // 3
    for position, channels in DEAD.items():
        model.net[position].bias.data[channels] = -20.0
    model.net[3].bias.data[3] += 0.05  # drawn so that it is dead
    tensors.update({"weights." + k: v.clone() for k, v in model.state_dict().items()})

    with torch.no_grad():
        outputs = {}
        tensors["logits"] = forward(model, x, lambda name, o: outputs.setdefault(name, o))
        for name, maps in outputs.items():
            tensors.update({f"stats.{name}.{k}": v.contiguous() for k, v in statistics(maps, y).items()})
        pruned = prune(model)
        tensors.update({"pruned." + k: v.clone() for k, v in pruned.state_dict().items()})
        tensors["pruned.logits"] = pruned(x)
        assert torch.allclose(tensors["pruned.logits"], tensors["logits"], atol=1e-6)
        for name, maps in outputs.items():
            def ablate(here, output, channel):
                if here != name:
                    return output
                output = output.clone()
                output[:, channel] = 0
                return output
            tensors["ablated." + name] = torch.stack(
                [forward(model, x, lambda n, o: ablate(n, o, c)) for c in range(maps.shape[1])])
    for position, channels in enumerate(DEAD.values()):
        maximum = tensors[f"stats.Conv2d_{position + 1}.max"]
        assert (maximum <= 0).nonzero().flatten().tolist() == channels, maximum
    safetensors_file.write(tensors, os.path.join(HERE, "../src/test/resources/channels.safetensors"))


if __name__ == "__main__":
    main()
