#!/usr/bin/python3
"""Writes src/test/resources/torch.safetensors: what PyTorch and torchvision make of a small network.

Needs Debian's python3-torch and python3-torchvision. The tests compare fmviz with its content:

  before.*  the parameters of a network of 2, 4 and 8 channels, drawn by PyTorch
  images    12 images, uint8 [12, 28, 28]; labels, float32 [12]
  out.*     every layer's output for the first image; logits for all
  grid.*    torchvision's picture of these, 3 per row, padding 1, pad value 0.25
  losses    of three steps of Adam (learning rate 0.01), each on four images,
            epsilon placed as DJL places it
  after.*   the parameters after these
"""
import math, os
import torch
import torch.nn as nn
import torchvision.utils as vutils
import safetensors_file

PLOTTED = (nn.Conv2d, nn.ReLU, nn.MaxPool2d, nn.AdaptiveAvgPool2d)

class Classifier(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, base, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(base, base * 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(base * 2, base * 4, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d((1, 1)))
        self.fc = nn.Linear(base * 4, 10)

    def forward(self, x):
        return self.fc(self.net(x).flatten(1))


def pixels(maps):
    """What torchvision's save_image hands to the PNG writer, one channel of three equal ones."""
    grid = vutils.make_grid(maps, nrow=3, padding=1, pad_value=0.25)
    return grid.mul(255).add_(0.5).clamp_(0, 255).to(torch.uint8)[0].contiguous()


def main():
    torch.manual_seed(7)
    torch.set_num_threads(1)
    model, tensors = Classifier(2), {}
    tensors.update({"before." + k: v.clone() for k, v in model.state_dict().items()})
    tensors["images"] = torch.randint(0, 256, (12, 28, 28), dtype=torch.uint8)
    tensors["labels"] = torch.randint(0, 10, (12,)).float()
    x = tensors["images"][:, None].float().div(255)
    y = tensors["labels"].long()

    seen, hooks = {}, []
    for module in model.modules():
        if isinstance(module, PLOTTED):
            kind = type(module).__name__
            seen[kind] = seen.get(kind, 0) + 1
            name = f"{kind}_{seen[kind]}"

            def save(module, inputs, output, name=name):
                tensors["out." + name] = output.clone()
                tensors["grid." + name] = pixels(output.permute(1, 0, 2, 3))
            hooks.append(module.register_forward_hook(save))
    with torch.no_grad():
        model(x[:1])
        for hook in hooks:
            hook.remove()
        tensors["logits"] = model(x)
        tensors["mean_loss"] = nn.CrossEntropyLoss()(tensors["logits"], y).reshape(1)

    adam, losses = torch.optim.Adam(model.parameters(), lr=0.01), []
    for i in range(0, 12, 4):
        # DJL adds epsilon before it corrects the bias of the second moment, torch.optim after.
        adam.param_groups[0]["eps"] = 1e-8 / math.sqrt(1 - 0.999 ** (i // 4 + 1))
        adam.zero_grad()
        loss = nn.CrossEntropyLoss()(model(x[i:i + 4]), y[i:i + 4])
        loss.backward()
        adam.step()
        losses.append(loss.item())
    tensors["losses"] = torch.tensor(losses)
    tensors.update({"after." + k: v.clone() for k, v in model.state_dict().items()})
    safetensors_file.write(tensors, os.path.join(os.path.dirname(__file__), "../src/test/resources/torch.safetensors"))


if __name__ == "__main__":
    main()
